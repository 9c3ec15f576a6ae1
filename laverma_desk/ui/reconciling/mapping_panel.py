"""What the columns of a console's table mean, beside the first values of each; then it is read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.log_table import TableField, TablePreview, missing_fields
from laverma_desk.i18n import _
from laverma_desk.ui.customers.exchange.step_head import Step
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.mapping_table import Column, MappingRow, MappingTable


def field_name(one: TableField) -> str:
    """Return what a column can hold, in words."""
    return {
        TableField.PARTNER_ID: _("Partner ID"),
        TableField.PARTNER_NAME: _("Name of the machine"),
        TableField.BEGIN: _("Begin"),
        TableField.END: _("End"),
        TableField.DURATION: _("Duration"),
        TableField.USER: _("Technician"),
        TableField.NOTE: _("Note"),
        TableField.KEY: _("Number of the connection"),
    }[one]


class MappingPanel(Step):
    """A row for each heading; a meaning goes to one heading alone. Emits `left` and `accepted`."""

    left = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What do the columns mean?"), parent)
        self._back = Button(_("Back"), shortcut_text=_("Esc"), parent=self)
        self.go = Button(_("Read"), "primary", shortcut_text=key_name("Ctrl+Return"), parent=self)
        self.problem = HintLine(self)
        self._table = MappingTable(self)
        self.body.addWidget(self._table, 1)
        self.body.addWidget(self.problem)
        self.body.setSpacing(4)
        self.add_ways(self._back, self.go)
        self._back.clicked.connect(self.left)
        self.go.clicked.connect(self.accept)
        self._table.changed.connect(self._judge)

    def show_table(self, file_name: str, preview: TablePreview) -> None:
        """Show the columns of a file with what they probably mean."""
        proposed = _("Proposed from the headings and what stands below them. Change what is wrong.")
        zone = _("Times without a zone are UTC, as the consoles write them.")
        self.head.show_words(file_name, f"{proposed} {zone}")
        columns = [
            Column(
                heading,
                [cells[place] for cells in preview.rows if cells[place].strip()],
                preview.mapping.get(heading, ""),
            )
            for place, heading in enumerate(preview.headings)
        ]
        self._table.show_columns(columns, [(one.value, field_name(one)) for one in TableField])
        self._judge()

    def mapping(self) -> dict[str, str]:
        """Return heading → meaning as chosen."""
        return self._table.mapping()

    def rows(self) -> list[MappingRow]:
        """Return the rows in the order of the file."""
        return self._table.rows()

    def accept(self) -> None:
        """Go on, unless a column is missing."""
        if not self.go.is_blocked():
            self.accepted.emit()

    def take_focus(self) -> None:
        """Put the focus onto the way on, or onto the first choice where that is blocked."""
        if self.go.is_blocked():
            self._table.take_focus()
        else:
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        missing = [field_name(one) for one in missing_fields(self.mapping())]
        sentence = _("Not found yet: %(fields)s.") % {"fields": ", ".join(missing)} if missing else ""
        self.problem.show_words("", sentence)
        self.go.set_blocked(sentence or None)
