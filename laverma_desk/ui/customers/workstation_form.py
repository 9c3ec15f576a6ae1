"""A machine of the practice: its name, how it is reached, and where it stands."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.domain.customer import Tool
from laverma_desk.i18n import _
from laverma_desk.ui.customers import words
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.customers.choice_field import choice_field
from laverma_desk.ui.customers.sure_button import SureButton
from laverma_desk.ui.settings.form import Values
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.partner_id_field import PartnerIdField


class WorkstationForm(CardForm):
    """The fields of a workstation. The button at the right archives it, or takes it back."""

    def __init__(self, parent: QWidget | None = None, *, foot: bool = True) -> None:
        super().__init__(parent)
        self.add_row(
            (self.text_field("name", _("Designation"), placeholder=_("Reception PC")), 1),
            (self.text_field("place", _("Location"), placeholder=_("Reception, ground floor")), 1),
            above=4,
        )
        tool = self.labeled("tool", _("Program"), choice_field(words.tools(), self, _("Program")))
        self._id = PartnerIdField(self, counter=True)
        partner_id = self.labeled("partner_id", _("Partner ID"), self._id)
        self.edited.connect(self._on_edited)
        self.add_row(
            (tool, 1),
            (partner_id, 1),
            above=12,
        )
        self._owner = Label("", self, px=13, tone="amber", wrap=True)
        self._former = Label("", self, px=13, tone="muted", wrap=True)
        for line in (self._owner, self._former):
            self.column.addSpacing(4)
            self.column.addWidget(line)
            line.hide()
        self.archiving = SureButton(_("Archive"), _("Archive workstation"), self)
        if foot:
            self.add_foot(self.archiving)
        else:
            self.archiving.hide()

    def show_values(self, values: Values) -> None:
        """Show values without a signal; the ID is one of the program that comes with it."""
        if "tool" in values:
            self._id.set_tool(Tool(str(values["tool"])))
        super().show_values(values)

    def show_owner(self, sentence: str) -> None:
        """Point out whose partner ID this is; an empty sentence takes it back."""
        self._owner.setText(sentence)
        self._owner.setVisible(bool(sentence))
        self._owner.updateGeometry()

    def owner(self) -> str:
        """Return what is pointed out about the partner ID."""
        return self._owner.text()

    def show_former(self, sentence: str) -> None:
        """Name the IDs that the machine had before."""
        self._former.setText(sentence)
        self._former.setVisible(bool(sentence))
        self._former.updateGeometry()

    def former(self) -> str:
        """Return the line about former IDs."""
        return self._former.text()

    def _on_edited(self, name: str) -> None:
        if name == "tool":
            self._id.set_tool(Tool(self.text("tool")))
