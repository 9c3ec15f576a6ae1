"""The technicians, and who of them sits at this desk."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.company import FiguresSettings
from laverma_desk.i18n import _
from laverma_desk.services import checks
from laverma_desk.services.changes import Done
from laverma_desk.services.setup.house import House
from laverma_desk.services.setup.setup_keys import SECTIONS
from laverma_desk.services.setup.supporters import Person, save_supporters
from laverma_desk.ui.settings.entry_list import Entry
from laverma_desk.ui.settings.form import Values
from laverma_desk.ui.settings.list_form import ROWS, ListForm, Row
from laverma_desk.ui.settings.list_section import ListSection
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.text_field import TextField

PER_SUPPORTER = "per_supporter"


class SupportersForm(ListForm):
    """Name and address of each technician; one of them sits here.

    Below the list stands what belongs to nobody alone: `per_supporter`, whether figures tell them apart.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, name=_("Supporters"), add=_("New supporter"), movable=False, visible_rows=6)
        self._here = CheckBox(_("Sits at this desk; new sessions are in this name"), self)
        name = self.labeled("name", _("Name"), TextField(self), _("As it stands on reports."))
        email = self.labeled("email", _("E-mail"), TextField(self))
        self.add_row((name, 1), (email, 1), above=24)
        self.column.addSpacing(16)
        self.column.addWidget(self._here)
        self.take("here", self._here)
        self.add_heading(_("Statistics"))
        self.per_supporter = CheckBox(_("Show figures for each supporter"), self)
        self.column.addSpacing(8)
        self.column.addWidget(self.per_supporter)
        self.column.addSpacing(4)
        words = _("Without it no page, file or paper of the statistics tells people apart.")
        self.per_supporter.setAccessibleDescription(words)
        self.column.addWidget(Prose(words, self, px=13, tone="muted"))
        self.edited.connect(self._on_self_edited)
        self.per_supporter.clicked.connect(self._on_per_supporter_clicked)

    def entry_of(self, row: Row, place: int) -> Entry:  # noqa: ARG002 (supporters have no keys)
        """Show name and address, and who sits here."""
        name = str(row["name"]).strip() or _("New supporter")
        return Entry(name, str(row["email"]), _("sits here") if row["here"] else "")

    def values(self) -> dict[str, object]:
        """Return the people that count, and the switch."""
        return {**super().values(), PER_SUPPORTER: self.per_supporter.isChecked()}

    def show_values(self, values: Values) -> None:
        """Show other people and the switch as it is kept."""
        super().show_values(values)
        if PER_SUPPORTER in values:
            self.per_supporter.setChecked(bool(values[PER_SUPPORTER]))

    def blank(self) -> Row:
        """Return a technician without a name."""
        return {"number": None, "name": "", "email": "", "here": False}

    def is_left_out(self, row: Row) -> bool:
        """Leave out a new technician of whom nothing is known."""
        return row["number"] is None and not str(row["name"]).strip() and not str(row["email"]).strip()

    def removable(self) -> str | None:
        """Keep the one who sits here: somebody has to."""
        if self.rows()[self.current()]["here"]:
            return _("First say who else sits at this desk.")
        return None

    def choose(self, place: int) -> None:
        """Show a technician; who sits here can only be changed to somebody else."""
        super().choose(place)
        self._here.setEnabled(place >= 0 and not self.rows()[place]["here"])

    def _on_per_supporter_clicked(self) -> None:
        self.rows_changed.emit()

    def _on_self_edited(self, name: str) -> None:
        if name == "here":
            for place, row in enumerate(self.rows()):
                row["here"] = place == self.current()
            self.show_rows()


class SupportersSection(ListSection):
    """The technicians by name."""

    def stored(self, house_: House) -> dict[str, Any]:
        """Return everybody who works."""
        rows = [
            {
                "number": one.id,
                "name": one.name,
                "email": one.email,
                "here": one == house_.supporter,
            }
            for one in house_.supporters
        ]
        return {ROWS: rows, PER_SUPPORTER: house_.figures.per_supporter}

    def changes(self) -> int:
        """Return how many people are not saved, and one more for the switch."""
        kept = self._kept.get(PER_SUPPORTER)
        switched = kept is not None and kept != self.form.values()[PER_SUPPORTER]
        return super().changes() + int(switched)

    def checked(self, name: str, typed: Any) -> Any:
        """Check by the same rules as a setup file."""
        rules = SECTIONS["supporter"]
        return rules[name](typed, name) if name in rules else typed

    def together(self, values: dict[str, Any]) -> Any:
        """Refuse a name that stands twice, and add the switch."""
        checks.each_once([row["name"] for row in values[ROWS]], "name")
        return values | {PER_SUPPORTER: self.form.values()[PER_SUPPORTER]}

    def write(self, prepared: dict[str, Any]) -> Done[Any]:
        """Keep the technicians and the switch."""
        people = [Person(**row) for row in prepared[ROWS]]
        return save_supporters(self.surroundings.desk, people, FiguresSettings(prepared[PER_SUPPORTER]))


def supporters_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for technicians."""
    return SupportersSection("supporters", SupportersForm(), surroundings, parent)
