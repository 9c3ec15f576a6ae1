"""The second step: what the headings of the file mean."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.services.importing.mapping import Heading, Mapping, names_customers, offered
from laverma_desk.ui.customers.exchange.step_head import Step
from laverma_desk.ui.customers.exchange.words import meaning
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.mapping_table import Column, MappingRow, MappingTable


class MappingStep(Step):
    """A row for each heading; a meaning goes to one heading alone. Emits `back_requested`, `accepted`."""

    back_requested = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What do the columns mean?"), parent)
        self.other = Button(_("Other file"), "secondary", parent=self)
        self.preview = Button(_("Preview"), "primary", parent=self)
        self.problem = HintLine(self)
        self._table = MappingTable(self)
        self.body.addWidget(self._table, 1)
        self.body.addWidget(self.problem)
        self.body.setSpacing(4)
        self.add_ways(self.other, self.preview)
        self.other.clicked.connect(self.back_requested)
        self.preview.clicked.connect(self._on_preview_clicked)
        self._table.changed.connect(self._judge)

    def show_headings(self, headings: tuple[Heading, ...], mapping: Mapping) -> None:
        """Show the columns of a file with what they probably mean."""
        columns = [Column(one.key, one.samples, mapping.get(one.key, "")) for one in headings]
        self._table.show_columns(columns, [(one, meaning(one)) for one in offered()])
        self._judge()

    def mapping(self) -> Mapping:
        """Return what has been chosen."""
        return self._table.mapping()

    def rows(self) -> list[MappingRow]:
        """Return the rows in the order of the file."""
        return self._table.rows()

    def take_focus(self) -> None:
        """Put the focus onto the way on, or onto the first choice where that is blocked."""
        if self.preview.is_blocked():
            self._table.take_focus()
        else:
            self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        named = names_customers(self.mapping())
        sentence = "" if named else _("No column holds the name of the practice. Choose one.")
        self.problem.show_words("", sentence)
        self.preview.set_blocked(sentence or None)

    def _on_preview_clicked(self) -> None:
        if not self.preview.is_blocked():
            self.accepted.emit()
