"""Who helps on the phone: the one technician that a house is asked for at its first start."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.services.changes import Done
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house import House
from laverma_desk.services.setup.setup_keys import SECTIONS
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.text_field import TextField

_CHECKS = SECTIONS["supporter"]


class SupporterForm(Form):
    """Name and address of the one who sits here; `login` is what stands in for a name that is not given."""

    def __init__(self, login: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = _("Without a name it says “%(login)s” there.") % {"login": login}
        name = self.labeled("name", _("Name"), TextField(self), hint)
        email = self.labeled("email", _("E-mail"), TextField(self))
        self.add_row((name, 1), (email, 1), above=0)


class SupporterSection(Section):
    """The technician at this desk; more of them are added in the settings."""

    def __init__(self, form: SupporterForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("supporter", form, surroundings, parent)

    def stored(self, house_: House) -> dict[str, Any]:
        """Return who sits here, blanks where nobody does."""
        here = house_.supporter
        return {"name": here.name if here else "", "email": here.email if here else ""}

    def checked(self, name: str, typed: Any) -> Any:
        """Check by the same rules as a setup file."""
        return _CHECKS[name](typed, name)

    def write(self, prepared: dict[str, Any]) -> Done[Any]:
        """Keep the technician, under the number of the one who sits here."""
        desk = self.surroundings.desk
        here = house.read_house(desk).supporter
        return house.save_supporter(
            desk, prepared["name"], prepared["email"], known=here.id if here else None
        )
