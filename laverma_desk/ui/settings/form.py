"""A form: named fields that can be read, shown and marked wrong together."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.ui.settings.error_line import ErrorLine
from laverma_desk.ui.settings.inputs import Input, input_for
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField

Values = Mapping[str, object]
WIDEST = 656
GAP = 16
_INDENT = 28


class Form(QWidget):
    """Fields in rows, at most 656 px wide unless `widest` says otherwise.

    Emits the name of the field: `edited` when a person changed it (what was wrong with it is gone then),
    `field_left` when the focus has gone.
    """

    edited = Signal(str)
    field_left = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, widest: int = WIDEST) -> None:
        super().__init__(parent)
        self._inputs: dict[str, Input] = {}
        self._labeled: dict[str, LabeledField] = {}
        self._errors: dict[str, str] = {}
        self._lines: dict[str, ErrorLine] = {}
        self.setMaximumWidth(widest)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def forbid(self, reason: str, *, free: Collection[str] = ()) -> None:
        """Let no field be changed but the free ones; everything can still be read."""
        if not free:
            self.setEnabled(False)
            self.setToolTip(reason)
            return
        for name, one in self._inputs.items():
            if name not in free:
                one.widget.setEnabled(False)
                one.widget.setToolTip(reason)

    # --- made by the subclasses

    def labeled(self, name: str, label: str, widget: QWidget, hint: str = "") -> LabeledField:
        """Return a field with its label; it belongs to the form from now on."""
        made = LabeledField(label, widget, hint, self)
        self._labeled[name] = made
        self.take(name, widget)
        return made

    def take(self, name: str, widget: QWidget) -> None:
        """Let a widget that stands without a label be a field of the form."""
        made = input_for(name, widget)
        made.edited.connect(self._on_input_edited)
        made.left.connect(self.field_left)
        self._inputs[name] = made
        if self.focusProxy() is None:
            self.setFocusProxy(widget)

    def add_heading(self, words: str, *, above: int = 24) -> None:
        """Put a heading over what follows."""
        self.column.addSpacing(above)
        self.column.addWidget(Label(words, self, weight=600, line=24))

    def add_row(self, *fields: tuple[QWidget, int], above: int = GAP) -> None:
        """Put fields side by side; each is as wide as its share."""
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for field, share in fields:
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self.column.addSpacing(above)
        self.column.addLayout(row)
        widgets = [field for field, _share in fields]
        self.add_error_line(*(name for name, one in self._labeled.items() if one in widgets))

    def add_box(self, name: str, words: str, meaning: str) -> None:
        """Put a box to tick below what is there, and below it what it means."""
        box = CheckBox(words, self)
        box.setAccessibleDescription(meaning)
        self.take(name, box)
        self.column.addSpacing(8)
        self.column.addWidget(box)
        beside = QHBoxLayout()
        beside.addSpacing(_INDENT)
        beside.addWidget(Prose(meaning, self, px=13, tone="muted"), 1)
        self.column.addLayout(beside)

    def add_prose(self, words: str) -> None:
        """Put a muted sentence below what is there."""
        self.column.addSpacing(4)
        self.column.addWidget(Prose(words, self, px=13, tone="muted"))

    def add_error_line(self, *names: str) -> None:
        """Make room below some fields for errors that are longer than their field is wide."""
        line = ErrorLine(self)
        self.column.addWidget(line)
        for name in names:
            self._lines[name] = line

    # --- used by who fills the form

    def names(self) -> tuple[str, ...]:
        """Return the names of the fields in the order in which they were made."""
        return tuple(self._inputs)

    def values(self) -> dict[str, object]:
        """Return what every field holds."""
        return {name: one.value() for name, one in self._inputs.items()}

    def value(self, name: str) -> object:
        """Return what a field holds. Raises KeyError for an unknown one."""
        return self._inputs[name].value()

    def text(self, name: str) -> str:
        """Return what is typed in a field."""
        return str(self._inputs[name].value())

    def label_of(self, name: str) -> str:
        """Return how a field is called."""
        if name in self._labeled:
            return self._labeled[name].label.text()
        return self._inputs[name].widget.accessibleName()

    def words_of(self, name: str, value: object) -> str:
        """Return a value of a field in words, "" for an empty one."""
        return self._inputs[name].words(value)

    def show_values(self, values: Values) -> None:
        """Show values without a signal; fields that are not named stay as they are."""
        for name, value in values.items():
            if name in self._inputs:
                self._inputs[name].show_value(value)

    def show_field(self, name: str, value: object) -> None:
        """Show a value in one field without a signal."""
        self._inputs[name].show_value(value)

    def show_error(self, name: str, sentence: str) -> None:
        """Show what is wrong at a field, or below its row where it is too long for the field.

        A field without a place for it keeps silent.
        """
        if name not in self._labeled:
            return
        labeled, line = self._labeled[name], self._lines.get(name)
        self._errors[name] = sentence
        fits = line is None or not sentence or ErrorLine.width_of(sentence) <= labeled.width()
        labeled.set_error(sentence if fits else "")
        if line is not None:
            line.show_error(name, "" if fits else sentence, labeled.label.text())
        if not fits:
            mark = getattr(labeled.field, "set_invalid", None)
            if mark is not None:
                mark(True)
            labeled.field.setAccessibleDescription(sentence)

    def error(self, name: str) -> str:
        """Return what is shown to be wrong at a field, or an empty text."""
        return self._errors.get(name, "")

    def clear_errors(self) -> None:
        """Take all errors away."""
        for name in self._labeled:
            self.show_error(name, "")

    def focus_field(self, name: str) -> None:
        """Put the focus into a field; an unknown name means the first one."""
        one = self._inputs.get(name) or next(iter(self._inputs.values()))
        one.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def field(self, name: str) -> QWidget:
        """Return the widget of a field. Raises KeyError for an unknown one."""
        return self._inputs[name].widget

    def labeled_field(self, name: str) -> LabeledField:
        """Return a field with its label. Raises KeyError for one without."""
        return self._labeled[name]

    def _on_input_edited(self, name: str) -> None:
        self.show_error(name, "")
        self.edited.emit(name)
