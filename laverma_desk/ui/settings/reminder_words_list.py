"""The words of every level of payment reminders, in each language, from a day on."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from laverma_desk import text
from laverma_desk.domain.tariff import FIRST_DAY
from laverma_desk.i18n import _
from laverma_desk.ui.settings.entry_list import Entry
from laverma_desk.ui.settings.list_form import ListForm, Row
from laverma_desk.ui.settings.placeholder_row import PlaceholderRow
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField

_TEXTS = ("title", "opening", "request", "closing")


class ReminderWordsList(ListForm):
    """The dated words, the chosen ones below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            name=_("Words of the letters"),
            add=_("New words from a day on"),
            movable=False,
            visible_rows=6,
        )
        self.today = dt.date.max
        self._target = "opening"
        level, language = ComboBox(self), ComboBox(self)
        for number, name in level_names().items():
            level.addItem(name, number)
        for code, name in _languages().items():
            language.addItem(name, code)
        self.add_row(
            (self.labeled("level", _("Level of the letter"), level), 240),
            (self.labeled("language", _("Language"), language), 192),
            (self.labeled("valid_from", _("Valid from"), DateField(self)), 192),
        )
        self.add_row((self.labeled("title", _("Title"), TextField(self)), 1))
        for name, label, hint, height in (
            ("opening", _("Opening"), _("Stands between the salutation and the table."), 86),
            ("request", _("Request to pay"), _("Its first line is set in bold."), 106),
            ("closing", _("Closing"), "", 126),
        ):
            area = TextArea(self)
            area.setFixedHeight(height)
            self.add_row((self.labeled(name, label, area, hint), 1))
        self.placeholders = PlaceholderRow(
            _("Put in at the caret what is different in each letter:"),
            {
                "amount": _("Open amount"),
                "due": _("To be paid by"),
                "number": _("Number of the letter"),
                "date": _("Date"),
                "counted_until": _("Payments counted up to"),
                "customer": _("Customer"),
                "company": _("Company"),
                "phone": _("Phone"),
                "supporter": _("Supporter"),
            },
            self,
        )
        self.placeholders.placeholder_chosen.connect(self._on_placeholder_chosen)
        self.column.addSpacing(16)
        self.column.addWidget(self.placeholders)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def entry_of(self, row: Row, place: int) -> Entry:  # noqa: ARG002 (rows say themselves what they are)
        """Show level and language, from when on they count, and whether they count today."""
        words = (
            f"{level_names().get(_number(row['level']), '')} · {_languages().get(str(row['language']), '')}"
        )
        return Entry(words, _since(row["valid_from"]), _("counts today") if self._counts(row) else "")

    def blank(self) -> Row:
        """Return new words: those that are chosen, from today on."""
        place = self.current()
        if place < 0:
            return {"level": 1, "language": "de", "valid_from": self.today, **dict.fromkeys(_TEXTS, "")}
        return {**self.rows()[place], "valid_from": self.today}

    def is_left_out(self, row: Row) -> bool:  # noqa: ARG002 (words that were added are meant)
        """Leave out none."""
        return False

    def removable(self) -> str | None:
        """Keep the last words of a level and language: no letter is without any."""
        chosen = self.rows()[self.current()]
        same = [one for one in self.rows() if _kind(one) == _kind(chosen)]
        return _("Each level keeps words in each language.") if len(same) == 1 else None

    def _counts(self, row: Row) -> bool:
        days = [one["valid_from"] for one in self.rows() if _kind(one) == _kind(row)]
        known = sorted(day for day in days if isinstance(day, dt.date))
        begun = [day for day in known if day <= self.today]
        return bool(known) and row["valid_from"] == (begun[-1] if begun else known[0])

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        for name in _TEXTS:
            if self.field(name) is now:
                self._target = name

    def _on_placeholder_chosen(self, name: str) -> None:
        field, words = self.field(self._target), f"{{{name}}}"
        if isinstance(field, TextField):
            field.insert(words)
        elif isinstance(field, TextArea):
            field.textCursor().insertText(words)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_error(self._target, "")
        self.edited.emit(self._target)


def level_names() -> dict[int, str]:
    """Return the levels by their numbers, in the interface language."""
    return {1: _("Payment reminder"), 2: _("Dunning letter"), 3: _("Final dunning letter")}


def _languages() -> dict[str, str]:
    return {"de": _("German"), "en": _("English")}


def _kind(row: Row) -> tuple[object, object]:
    return row["level"], row["language"]


def _number(level: object) -> int:
    return level if isinstance(level, int) else 0


def _since(day: object) -> str:
    if not isinstance(day, dt.date):
        return _("No day yet")
    if day <= FIRST_DAY:
        return _("From the beginning")
    return _("From %(date)s on") % {"date": text.date(day)}
