"""Phrases for the notes: the first nine are on Ctrl+1 to Ctrl+9 during a call."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.services import checks
from laverma_desk.services.changes import Done
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house import House
from laverma_desk.ui.settings.entry_list import Entry
from laverma_desk.ui.settings.list_form import ROWS, ListForm, Row
from laverma_desk.ui.settings.list_section import ListSection
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField

_ON_KEYS = 9
_LONGEST_TEXT = 2000


class SnippetsForm(ListForm):
    """Label and text of each phrase."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, name=_("Snippets"), add=_("New snippet"), visible_rows=9)
        area = TextArea(self)
        area.setFixedHeight(86)
        label = self.labeled(
            "label", _("Words on the key"), TextField(self), _("Short, so that several fit.")
        )
        words = self.labeled(
            "text",
            _("Text for the notes"),
            area,
            _("One line for each piece of work. Empty: the same words."),
        )
        self.add_row((label, 256), (words, 384), above=24)

    def entry_of(self, row: Row, place: int) -> Entry:
        """Show the label, and the key that inserts it."""
        label = str(row["label"]).strip() or str(row["text"]).strip() or _("New snippet")
        return Entry(label, _("Ctrl+%(n)d") % {"n": place + 1} if place < _ON_KEYS else "")

    def blank(self) -> Row:
        """Return an empty phrase."""
        return {"label": "", "text": ""}


class SnippetsSection(ListSection):
    """The phrases in their order."""

    def stored(self, house_: House) -> dict[str, Any]:
        """Return the phrases."""
        rows = [{"label": one.label, "text": one.text} for one in house_.snippets]
        return {ROWS: rows}

    def checked(self, name: str, typed: Any) -> Any:
        """Let a text have several lines, a label one."""
        if name == "label":
            return checks.one_line(typed, name)
        return checks.several_lines(typed, name, _LONGEST_TEXT)

    def write(self, prepared: dict[str, Any]) -> Done[Any]:
        """Keep the phrases."""
        pairs = [(row["label"], row["text"]) for row in prepared[ROWS]]
        return house.save_snippets(self.surroundings.desk, pairs)


def snippets_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for phrases."""
    return SnippetsSection("snippets", SnippetsForm(), surroundings, parent)
