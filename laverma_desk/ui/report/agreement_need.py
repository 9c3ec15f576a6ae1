"""Asks on the report page why a late session took place without an agreement, and who decided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.text_field import TextField


class AgreementNeed(QWidget):
    """A sentence, the reason, who decided, and a button. Emits `given` for the button and for Enter."""

    given = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = Label("", self, px=13, weight=500, tone="red", wrap=True)
        self.reason = TextField(self)
        self.reason.setMaxLength(300)
        self.decided_by = ComboBox(self, placeholder=_("choose"))
        self._reason_field = LabeledField(_("Reason"), self.reason, parent=self, reserve=True)
        self._by_field = LabeledField(_("Decided by"), self.decided_by, parent=self, reserve=True)
        self._keep = Button(_("Note down"), "tonal", parent=self)
        self._keep.setToolTip(_("Keep the reason on the session; it stays in its log"))
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addSpacing(24)
        beside.addWidget(self._keep)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._reason_field, 3)
        row.addWidget(self._by_field, 2)
        row.addLayout(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._sentence)
        column.addLayout(row)
        self.reason.textEdited.connect(self._on_reason_edited)
        self.reason.returnPressed.connect(self.given)
        self._keep.clicked.connect(self._on_keep_clicked)
        self.hide()

    def ask(self, sentence: str, names: Sequence[str], chosen: str) -> None:
        """Ask for reason and name; what was typed meanwhile stays."""
        self._sentence.setText(sentence)
        known = [self.decided_by.itemText(row) for row in range(self.decided_by.count())]
        if known != list(names):
            self.decided_by.clear()
            for name in names:
                self.decided_by.addItem(name, name)
            self.decided_by.choose(chosen)
        self.show()

    def forget(self) -> None:
        """Be gone, and empty: another session may need another reason."""
        self.reason.clear()
        self.show_error("reason", "")
        self.show_error("decided_by", "")
        self.hide()

    def asks(self) -> bool:
        """Tell whether a reason is asked for."""
        return not self.isHidden()

    def typed(self) -> tuple[str, str]:
        """Return the reason and the name."""
        return self.reason.text().strip(), str(self.decided_by.currentData() or "")

    def show_error(self, key: str, sentence: str) -> None:
        """Show an error at "decided_by", any other one at the reason; empty takes it back."""
        (self._by_field if key == "decided_by" else self._reason_field).set_error(sentence)

    def error(self) -> str:
        """Return the error shown at one of the fields."""
        return self._reason_field.error() or self._by_field.error()

    def focus_field(self) -> QWidget:
        """Return the field where something has to be done."""
        return self.decided_by if self.reason.text().strip() else self.reason

    def _on_reason_edited(self, _words: str) -> None:
        self.show_error("reason", "")

    def _on_keep_clicked(self) -> None:
        self.given.emit()
        if self.asks():
            self.focus_field().setFocus(Qt.FocusReason.OtherFocusReason)
