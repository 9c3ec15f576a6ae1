"""The people of the practice; each opens in place of them all, so that nothing jumps beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.customer import Contact
from laverma_desk.i18n import _
from laverma_desk.ui.customers.contact_form import ContactForm
from laverma_desk.ui.customers.contact_row import ContactRow
from laverma_desk.ui.customers.record_card import RecordCard
from laverma_desk.ui.widgets.card import Divider
from laverma_desk.ui.widgets.label import Label


class ContactsCard(RecordCard):
    """Emits `contact_chosen(row's number)` for a person, `edit_requested` for a new one."""

    contact_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.contact_form = ContactForm()
        super().__init__(_("Contacts"), self.contact_form, parent, foot=7)
        self.set_action("plus", _("New contact"))
        self.rows: list[ContactRow] = []
        self._none = Label(_("No contact yet."), self, px=13, tone="muted", line=32)
        self.content.addWidget(Divider(self))
        self.content.addWidget(self._none)

    def show_contacts(self, contacts: Sequence[Contact], unsaved: frozenset[int], *, editable: bool) -> None:
        """Show these people; `unsaved` are those with something typed that is not saved."""
        while len(self.rows) > len(contacts):
            row = self.rows.pop()
            self.content.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(contacts):
            row = ContactRow(self)
            row.clicked.connect(self._on_row_clicked)
            self.content.insertWidget(1 + len(self.rows), row)
            self.rows.append(row)
        for row, one in zip(self.rows, contacts, strict=True):
            row.show_contact(one)
            row.last = one is contacts[-1]
            row.setEnabled(editable)
            row.set_unsaved(one.id in unsaved)
        self._none.setVisible(not contacts)
        self.set_editable(editable)

    def focus_contact(self, number: int) -> None:
        """Put the focus onto a person's row, or onto the plus."""
        found = next((row for row in self.rows if row.contact.id == number), None)
        target = found or self.action
        if target is not None:
            target.setFocus()

    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, ContactRow):
            self.contact_chosen.emit(row.contact.id)
