"""One way to read, show and watch each kind of field, so that a form need not know the kinds."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.tariff import Rounding
from laverma_desk.i18n import _
from laverma_desk.ui.settings.rounding_choice import RoundingChoice
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.segmented import SegmentedControl
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField


class Input(QObject):
    """A named field. Emits its name: `edited` when a person changed it, `left` when the focus has gone."""

    edited = Signal(str)
    left = Signal(str)

    def __init__(self, name: str, widget: QWidget) -> None:
        super().__init__(widget)
        self.name, self.widget = name, widget

    @abstractmethod
    def value(self) -> object:
        """Return what the field holds."""

    @abstractmethod
    def show_value(self, value: object) -> None:
        """Show a value without a signal."""

    def words(self, value: object) -> str:
        """Return a value of the field in words, "" for an empty one."""
        return "" if value is None else str(value)

    def _on_edited(self, *_what: object) -> None:
        self.edited.emit(self.name)

    def _on_left(self) -> None:
        self.left.emit(self.name)


class TextInput(Input):
    """A line or several lines of text."""

    def __init__(self, name: str, widget: TextField | TextArea) -> None:
        super().__init__(name, widget)
        self._text = widget
        if isinstance(widget, TextField):
            widget.textEdited.connect(self._on_edited)
        else:
            widget.edited.connect(self._on_edited)
        widget.left.connect(self._on_left)

    def value(self) -> object:
        """Return the text as typed."""
        return self._text.text()

    def show_value(self, value: object) -> None:
        """Show a text from its beginning; the same one leaves the caret alone."""
        words = str(value)
        if words == self._text.text():
            return
        if isinstance(self._text, TextField):
            blocked = QSignalBlocker(self._text)
            self._text.setText(words)
            self._text.setCursorPosition(0)
            blocked.unblock()
        else:
            self._text.set_text(words)


class DayInput(Input):
    """A day; the value is a date, or the text that is none."""

    def __init__(self, name: str, widget: DateField) -> None:
        super().__init__(name, widget)
        self._field = widget
        widget.textEdited.connect(self._on_edited)
        widget.day_chosen.connect(self._on_edited)
        widget.left.connect(self._on_left)

    def value(self) -> object:
        """Return the date, or what was typed instead of one."""
        return self._field.day() or self._field.text().strip()

    def show_value(self, value: object) -> None:
        """Show a date, or the text again that is none."""
        if isinstance(value, str):
            self._field.set_day(None)
            self._field.setText(value)
        else:
            self._field.set_day(value)  # type: ignore[arg-type]

    def words(self, value: object) -> str:
        """Return the day as people write it."""
        return text.date(value) if isinstance(value, date) else super().words(value)


class ChoiceInput(Input):
    """One of a list; the value is the item's data."""

    def __init__(self, name: str, widget: ComboBox) -> None:
        super().__init__(name, widget)
        self._combo = widget
        widget.activated.connect(self._on_edited)
        widget.left.connect(self._on_left)

    def value(self) -> object:
        """Return the data of the chosen item."""
        return self._combo.currentData()

    def show_value(self, value: object) -> None:
        """Choose an item."""
        self._combo.choose(value)

    def words(self, value: object) -> str:
        """Return the item's words."""
        place = self._combo.findData(value)
        return self._combo.itemText(place) if place >= 0 else super().words(value)


class CheckInput(Input):
    """Yes or no."""

    def __init__(self, name: str, widget: CheckBox) -> None:
        super().__init__(name, widget)
        self._box = widget
        widget.clicked.connect(self._on_edited)

    def value(self) -> object:
        """Return whether the box is ticked."""
        return self._box.isChecked()

    def show_value(self, value: object) -> None:
        """Tick the box or take the tick away."""
        self._box.setChecked(bool(value))

    def words(self, value: object) -> str:
        """Return yes or no."""
        return _("yes") if value else _("no")


class SegmentInput(Input):
    """One of a few; the value is the part's key."""

    def __init__(self, name: str, widget: SegmentedControl) -> None:
        super().__init__(name, widget)
        self._control = widget
        widget.segment_chosen.connect(self._on_edited)

    def value(self) -> object:
        """Return the chosen key."""
        return self._control.current()

    def show_value(self, value: object) -> None:
        """Choose a part."""
        self._control.set_current(str(value))

    def words(self, value: object) -> str:
        """Return the part's words."""
        return self._control.words(str(value))


class RoundingInput(Input):
    """The rounding rule; the value is a `Rounding`."""

    def __init__(self, name: str, widget: RoundingChoice) -> None:
        super().__init__(name, widget)
        self._choice = widget
        widget.rounding_chosen.connect(self._on_edited)

    def value(self) -> object:
        """Return the chosen rule."""
        return self._choice.current()

    def show_value(self, value: object) -> None:
        """Choose a rule."""
        self._choice.set_current(value)  # type: ignore[arg-type]

    def words(self, value: object) -> str:
        """Return the rule's words."""
        return text.rounding_name(value) if isinstance(value, Rounding) else super().words(value)


def input_for(name: str, widget: QWidget) -> Input:
    """Return the input for a field. Raises TypeError for a widget that is none."""
    kinds: tuple[tuple[type[QWidget], type[Input]], ...] = (
        (DateField, DayInput),
        (TextField, TextInput),
        (TextArea, TextInput),
        (ComboBox, ChoiceInput),
        (CheckBox, CheckInput),
        (SegmentedControl, SegmentInput),
        (RoundingChoice, RoundingInput),
    )
    for kind, made in kinds:
        if isinstance(widget, kind):
            return made(name, widget)
    raise TypeError(widget)
