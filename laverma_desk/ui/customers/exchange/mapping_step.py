"""The second step: what the headings of the file mean."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.services.importing.mapping import Heading, Mapping, names_customers
from laverma_desk.ui.customers.exchange.mapping_row import CHOICE, HEADING, MappingRow
from laverma_desk.ui.customers.exchange.step_head import Step
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card, Divider
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea


class MappingStep(Step):
    """A row for each heading; a meaning goes to one heading alone. Emits `back_requested`, `accepted`."""

    back_requested = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What do the columns mean?"), parent)
        self.other = Button(_("Other file"), "secondary", parent=self)
        self.preview = Button(_("Preview"), "primary", parent=self)
        self.problem = HintLine(self)
        self._rows: list[MappingRow] = []
        self._area = OverlayScrollArea(self)
        self.body.addWidget(self._titles())
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.problem)
        self.body.setSpacing(4)
        self.add_ways(self.other, self.preview)
        self.other.clicked.connect(self.back_requested)
        self.preview.clicked.connect(self._on_preview_clicked)

    def _titles(self) -> QWidget:
        titles = QWidget(self)
        row = QHBoxLayout(titles)
        row.setContentsMargins(17, 0, 33, 0)
        row.setSpacing(16)
        heading = Label(_("Heading in the file"), titles, px=12, weight=500, tone="muted")
        heading.setFixedWidth(HEADING)
        choice = Label(_("Meaning"), titles, px=12, weight=500, tone="muted")
        choice.setFixedWidth(CHOICE)
        row.addWidget(heading)
        row.addWidget(Label(_("First values"), titles, px=12, weight=500, tone="muted"), 1)
        row.addWidget(choice)
        return titles

    def show_headings(self, headings: tuple[Heading, ...], mapping: Mapping) -> None:
        """Show the columns of a file with what they probably mean."""
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 16, 0)
        card = Card(content)
        self._rows = []
        for heading in headings:
            if self._rows:
                card.body.addWidget(Divider(card))
            row = MappingRow(heading, mapping.get(heading.key, ""), card)
            row.chosen.connect(self._on_row_chosen)
            self._rows.append(row)
            card.body.addWidget(row)
        column.addWidget(card)
        column.addStretch(1)
        self._area.setWidget(content)
        self._judge()

    def mapping(self) -> Mapping:
        """Return what has been chosen."""
        return {row.key: row.target() for row in self._rows if row.target()}

    def rows(self) -> list[MappingRow]:
        """Return the rows in the order of the file."""
        return list(self._rows)

    def take_focus(self) -> None:
        """Put the focus onto the way on, or onto the first choice where that is blocked."""
        blocked = self.preview.is_blocked() and self._rows
        (self._rows[0].choice if blocked else self.preview).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row_chosen(self, chosen: MappingRow) -> None:
        # A meaning that goes to another heading leaves the one that had it.
        for row in self._rows:
            if row is not chosen and chosen.target() and row.target() == chosen.target():
                row.leave_out()
        self._judge()

    def _judge(self) -> None:
        named = names_customers(self.mapping())
        sentence = "" if named else _("No column holds the name of the practice. Choose one.")
        self.problem.show_words("", sentence)
        self.preview.set_blocked(sentence or None)

    def _on_preview_clicked(self) -> None:
        if not self.preview.is_blocked():
            self.accepted.emit()
