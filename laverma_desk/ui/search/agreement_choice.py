"""Whether there is an agreement: until when, with its file, or why not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.search.typed_customer import TypedAgreement
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.radio import Radio
from laverma_desk.ui.widgets.text_field import TextField


class AgreementChoice(QWidget):
    """Two radio buttons with what belongs to each; errors stand beside the heading, so nothing moves.

    Emits `changed` when another button is on, `left(str)` with "agreement_until", `attach_requested`
    and `detach_requested`.
    """

    changed = Signal()
    left = Signal(str)
    attach_requested = Signal()
    detach_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Label(_("Data processing agreement (DPA)"), self, px=13, weight=500, line=16)
        self._line = HintLine(self)
        self.signed = Radio(_("signed, valid until"), self)
        self.until = DateField(self)
        self.until.setFixedWidth(168)
        self.until.setAccessibleName(_("DPA valid until"))
        self.open_ended = CheckBox(_("no end date"), self, gap=8)
        self.attach = Link(_("Attach file"), self, px=13, icon="attachment")
        self._file = Label("", self, px=13)
        self._detach = Button(_("Remove file"), "icon", "close", small=True, parent=self)
        self.missing = Radio(_("not signed, exception with reason"), self)
        self.reason = TextField(self)
        self.reason.setAccessibleName(_("Reason for the exception"))
        self.reason.setMaxLength(300)
        self.decided_by = ComboBox(self, prefix=_("Decided by"), placeholder=_("choose"))
        self._arrange()
        self.signed.setChecked(True)
        self.show_file("")
        self._connect()
        self._settle()

    def _arrange(self) -> None:
        heading = QHBoxLayout()
        heading.setSpacing(16)
        heading.addWidget(self._heading)
        heading.addWidget(self._line, 1)
        first = QHBoxLayout()
        first.setSpacing(16)
        first.addWidget(self.signed)
        self.signed.setMinimumWidth(112)
        for widget in (self.until, self.open_ended):
            first.addWidget(widget)
        first.addSpacing(8)
        file = QHBoxLayout()
        file.setSpacing(4)
        file.addWidget(self.attach)
        file.addWidget(self._file)
        file.addWidget(self._detach)
        first.addLayout(file)
        first.addStretch(1)
        second = QHBoxLayout()
        second.setSpacing(12)
        beside = QVBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.reason)
        beside.addWidget(self.decided_by)
        self.missing.setFixedHeight(40)
        second.addWidget(self.missing, 0, Qt.AlignmentFlag.AlignTop)
        second.addLayout(beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addLayout(first)
        column.addLayout(second)
        column.setStretch(0, 0)

    def _connect(self) -> None:
        self.signed.toggled.connect(self._on_choice_changed)
        self.open_ended.toggled.connect(self._on_choice_changed)
        self.until.left.connect(self._on_until_left)
        self.until.textEdited.connect(self._on_edited)
        self.reason.textEdited.connect(self._on_edited)
        self.decided_by.activated.connect(self._on_activated)
        self.attach.clicked.connect(self.attach_requested)
        self._detach.clicked.connect(self.detach_requested)

    def begin(self, supporters: Sequence[str], chosen: str, *, exception_allowed: bool, why_not: str) -> None:
        """Offer these names, and the exception only where it is possible."""
        self.decided_by.clear()
        for name in supporters:
            self.decided_by.addItem(name, name)
        self.decided_by.choose(chosen)
        if not exception_allowed:
            self.signed.setChecked(True)
        self.missing.setEnabled(exception_allowed)
        self.missing.setToolTip(why_not)
        self._settle()

    def clear(self) -> None:
        """Begin anew."""
        self.signed.setChecked(True)
        self.until.set_day(None)
        self.open_ended.setChecked(False)
        self.reason.clear()
        self.show_file("")
        self.clear_error()

    def typed(self) -> TypedAgreement:
        """Return what is chosen and typed."""
        return TypedAgreement(
            signed=self.signed.isChecked(),
            until=self.until.day(),
            wrong_day=self.until.is_wrong(),
            open_ended=self.open_ended.isChecked(),
            reason=self.reason.text(),
            decided_by=self.decided_by.currentText() if self.decided_by.currentIndex() >= 0 else "",
        )

    def show_file(self, name: str) -> None:
        """Show the attached file's name, or the link that attaches one."""
        had_focus = self.attach.hasFocus() or self._detach.hasFocus()
        self._file.setText(name)
        self._file.setVisible(bool(name))
        self._detach.setVisible(bool(name))
        self.attach.setVisible(not name)
        if had_focus:
            (self._detach if name else self.attach).setFocus(Qt.FocusReason.OtherFocusReason)

    def file_name(self) -> str:
        """Return the name of the attached file."""
        return self._file.text()

    def show_error(self, field: str, sentence: str) -> None:
        """Show an error of "agreement_until", "reason", "decided_by" or of the file ("")."""
        self.clear_error()
        self._line.show_words("", sentence)
        wrong = self._widgets().get(field)
        if wrong is not None:
            wrong.set_invalid(True)
            wrong.setAccessibleDescription(sentence)

    def error(self) -> str:
        """Return the error that is shown."""
        return self._line.error

    def clear_error(self) -> None:
        """Take the error back."""
        self._line.show_words("", "")
        for widget in self._widgets().values():
            widget.set_invalid(False)
            widget.setAccessibleDescription("")

    def focus(self, field: str) -> None:
        """Put the focus into the field of an error."""
        self._widgets()[field].setFocus(Qt.FocusReason.OtherFocusReason)

    def _widgets(self) -> dict[str, TextField | ComboBox]:
        return {"agreement_until": self.until, "reason": self.reason, "decided_by": self.decided_by}

    def _settle(self) -> None:
        signed = self.signed.isChecked()
        self.until.setEnabled(signed and not self.open_ended.isChecked())
        self.open_ended.setEnabled(signed)
        self.attach.setEnabled(signed)
        self._detach.setEnabled(signed)
        self.reason.setEnabled(not signed)
        self.reason.setPlaceholderText(_("Reason, only for an exception") if signed else _("Reason"))
        self.decided_by.setVisible(not signed)
        self.updateGeometry()

    def _on_choice_changed(self, _on: bool) -> None:
        self._settle()
        self.clear_error()
        self.changed.emit()

    def _on_until_left(self) -> None:
        self.left.emit("agreement_until")

    def _on_edited(self, _typed: str) -> None:
        self.clear_error()

    def _on_activated(self, _row: int) -> None:
        self.clear_error()
