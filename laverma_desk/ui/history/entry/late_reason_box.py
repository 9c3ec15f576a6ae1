"""Why a session took place without an agreement, asked for inside the form but not insisted on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.history.entry.notice_box import NoticeBox
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.text_field import TextField


class LateReasonBox(NoticeBox):
    """A sentence, the reason and who decided. Emits `edited`."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, icon="shield-missing")
        self.reason = TextField(self, placeholder=_("can be given later"))
        self.reason.setMaxLength(300)
        self.decided_by = ComboBox(self, placeholder=_("choose"))
        self._reason_field = LabeledField(_("Reason"), self.reason, parent=self)
        self._by_field = LabeledField(_("Decided by"), self.decided_by, parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._reason_field, 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._by_field, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.reason.textEdited.connect(self._on_reason_edited)
        self.decided_by.activated.connect(self._on_decided_by_activated)

    def begin(self, names: Sequence[str], chosen: str) -> None:
        """Start empty, with these people to decide."""
        self.reason.clear()
        self.decided_by.clear()
        for name in names:
            self.decided_by.addItem(name, name)
        self.decided_by.choose(chosen)
        self.show_error("reason", "")
        self.show_error("decided_by", "")

    def given(self) -> tuple[str, str]:
        """Return the reason and the name; both empty while the box is not shown."""
        if self.isHidden():
            return "", ""
        return self.reason.text().strip(), str(self.decided_by.currentData() or "")

    def show_error(self, key: str, sentence: str) -> None:
        """Show an error at "reason" or "decided_by"."""
        (self._by_field if key == "decided_by" else self._reason_field).set_error(sentence)

    def field(self, key: str) -> QWidget:
        """Return a field by the name that errors use."""
        return self.decided_by if key == "decided_by" else self.reason

    def _on_reason_edited(self, _words: str) -> None:
        self.show_error("reason", "")
        self.edited.emit()

    def _on_decided_by_activated(self, _row: int) -> None:
        self.show_error("decided_by", "")
        self.edited.emit()
