"""When the session began, and the place where that is mended without leaving the card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.call.passing_field import PassingField
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.link import Link


class StartLine(QWidget):
    """The line "Start … adjust", with what costs the minute above it and a remark below.

    `edit` puts a field in their place. Emits `start_typed(str)` when something else was typed, which the
    controller answers with `show_error` or `close_edit`, and `edit_closed` when the line is back.
    """

    start_typed = Signal(str)
    edit_closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._detail = Label("", self, px=13, tone="muted")
        self._begin = Label("", self, px=13)
        self._adjust = Link(_("adjust"), self, px=13)
        self._adjust.setToolTip(_("Adjust the start (F2)"))
        self._adjust.clicked.connect(self.edit)
        self._remark = Label("", self, px=12, tone="muted")
        self._field = PassingField(height=32)
        self._field.setAccessibleName(_("Start of the session"))
        self._field.setMaximumWidth(240)
        self._field.returnPressed.connect(self._on_field_returned)
        self._field.cancelled.connect(self.close_edit)
        self._field.left.connect(self._on_field_left)
        self._field.textEdited.connect(self._on_field_edited)
        self._hint = HintLine()
        self._arrange()
        self._swap(editing=False)

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 4, 0, 0)
        line.setSpacing(7)
        line.addWidget(self._begin)
        line.addWidget(self._adjust)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._detail)
        column.addLayout(line)
        column.addWidget(self._remark)
        column.addWidget(self._field)
        column.addWidget(self._hint)
        column.addStretch(1)

    def show_words(self, detail: str, begin: str, remark: str) -> None:
        """Show the lines; while the field is open they wait behind it."""
        self._detail.setText(detail)
        self._begin.setText(begin)
        self._remark.setText(remark)

    def words(self) -> tuple[str, str, str]:
        """Return detail, start and remark as shown."""
        return self._detail.text(), self._begin.text(), self._remark.text()

    def set_editable_text(self, shown: str) -> None:
        """Say how the start stands in the field when it opens."""
        self._shown = shown

    def edit(self) -> None:
        """Open the field with the start selected, or go back to it."""
        if not self.is_editing():
            self._field.setText(self._shown)
            self.show_error("")
            self._swap(editing=True)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def close_edit(self) -> None:
        """Bring the line back; what was typed is dropped."""
        if self.is_editing():
            self._swap(editing=False)
            self.edit_closed.emit()

    def is_editing(self) -> bool:
        """Tell whether the field is open."""
        return not self._field.isHidden()

    def typed(self) -> str:
        """Return what stands in the field."""
        return self._field.text()

    def is_changed(self) -> bool:
        """Tell whether something else than the start was typed."""
        return self.is_editing() and self._field.text().strip() != self._shown

    def show_error(self, sentence: str) -> None:
        """Show what is wrong below the field, or, empty, how a start can be typed."""
        self._hint.show_words(_("10:19, with a date, or “3 min ago”"), sentence)
        self._field.set_invalid(bool(sentence))
        self._field.setAccessibleDescription(sentence)

    def error(self) -> str:
        """Return the error shown, or an empty text."""
        return self._hint.error if self.is_editing() else ""

    def _swap(self, *, editing: bool) -> None:
        for widget in (self._detail, self._begin, self._adjust, self._remark):
            widget.setVisible(not editing)
        self._field.setVisible(editing)
        self._hint.setVisible(editing)

    def _on_field_returned(self) -> None:
        if self.is_changed():
            self.start_typed.emit(self._field.text())
        else:
            self.close_edit()

    def _on_field_left(self) -> None:
        if self.is_changed():
            self.start_typed.emit(self._field.text())
        elif self.is_editing():
            self._swap(editing=False)

    def _on_field_edited(self, _typed: str) -> None:
        if self.error():
            self.show_error("")
