"""What the headings of a foreign file mean: a row for each, and a meaning goes to one heading alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.card import Card, Divider
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea

_HEADING, _CHOICE, _SAMPLES = 240, 280, 3


@dataclass(frozen=True)
class Column:
    """A heading, the first values below it, and what it probably means ("" for nothing)."""

    heading: str
    samples: Sequence[str]
    target: str


class MappingRow(QWidget):
    """Emits `chosen(self)` when another meaning is chosen."""

    chosen = Signal(object)

    def __init__(self, column: Column, meanings: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.heading = column.heading
        self.setFixedHeight(48)
        name = Label(column.heading, self, weight=500)
        name.setFixedWidth(_HEADING)
        samples = Label("  ·  ".join(column.samples[:_SAMPLES]) or _("empty"), self, px=13, tone="muted")
        spoken = _("Meaning of %(heading)s") % {"heading": column.heading}
        self.choice = ComboBox(self, height=32, name=spoken)
        self.choice.setFixedWidth(_CHOICE)
        self.choice.addItem(_("leave out"), "")
        for value, words in meanings:
            self.choice.addItem(words, value)
        self.choice.choose(column.target)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(name)
        row.addWidget(samples, 1)
        row.addWidget(self.choice)
        self.choice.currentIndexChanged.connect(self._on_choice_changed)

    def target(self) -> str:
        """Return the chosen meaning, "" for none."""
        return str(self.choice.currentData() or "")

    def leave_out(self) -> None:
        """Give the heading no meaning, without saying so."""
        self.choice.choose("")

    def _on_choice_changed(self, _index: int) -> None:
        self.chosen.emit(self)


class MappingTable(QWidget):
    """The rows below their titles. Emits `changed` when a heading means something else."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[MappingRow] = []
        self._area = OverlayScrollArea(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._titles())
        column.addWidget(self._area, 1)

    def _titles(self) -> QWidget:
        titles = QWidget(self)
        row = QHBoxLayout(titles)
        row.setContentsMargins(17, 0, 33, 0)
        row.setSpacing(16)
        heading = Label(_("Heading in the file"), titles, px=12, weight=500, tone="muted")
        heading.setFixedWidth(_HEADING)
        choice = Label(_("Meaning"), titles, px=12, weight=500, tone="muted")
        choice.setFixedWidth(_CHOICE)
        row.addWidget(heading)
        row.addWidget(Label(_("First values"), titles, px=12, weight=500, tone="muted"), 1)
        row.addWidget(choice)
        return titles

    def show_columns(self, columns: Sequence[Column], meanings: Sequence[tuple[str, str]]) -> None:
        """Show the columns of a file; `meanings` are what one can mean, each with its words."""
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 16, 0)
        card = Card(content)
        self._rows = []
        for one in columns:
            if self._rows:
                card.body.addWidget(Divider(card))
            row = MappingRow(one, meanings, card)
            row.chosen.connect(self._on_row_chosen)
            self._rows.append(row)
            card.body.addWidget(row)
        column.addWidget(card)
        column.addStretch(1)
        self._area.setWidget(content)

    def mapping(self) -> dict[str, str]:
        """Return heading → meaning as chosen."""
        return {row.heading: row.target() for row in self._rows if row.target()}

    def rows(self) -> list[MappingRow]:
        """Return the rows in the order of the file."""
        return list(self._rows)

    def take_focus(self) -> None:
        """Put the focus onto the first choice."""
        if self._rows:
            self._rows[0].choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row_chosen(self, chosen: MappingRow) -> None:
        # A meaning that goes to another heading leaves the one that had it.
        for row in self._rows:
            if row is not chosen and chosen.target() and row.target() == chosen.target():
                row.leave_out()
        self.changed.emit()
