"""The five forms of a record, each with what it keeps and how it is written."""

from __future__ import annotations

from typing import Any

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.connecting import is_id, plain_id
from laverma_desk.domain.customer import Contact, Tool
from laverma_desk.domain.errors import DeskError
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers import filled_forms
from laverma_desk.services.customers.customer_record import (
    CustomerRecord,
    DraftKind,
    WorkstationRecord,
    check_field,
)
from laverma_desk.services.customers.debtor_account import FIELD, checked_debtor_account
from laverma_desk.services.datev.settings import bookkeeping
from laverma_desk.ui.customers.contact_form import ContactForm
from laverma_desk.ui.customers.editor import Editor, problem_words, shown_values
from laverma_desk.ui.customers.terms_form import TARIFFS, TermsForm
from laverma_desk.ui.customers.typed_store import NEW, Values
from laverma_desk.ui.customers.workstation_form import WorkstationForm


class MasterEditor(Editor):
    """Name, address, and what goes where."""

    kind = DraftKind.MASTER

    def kept(self, record: CustomerRecord) -> Values:
        """Return the card's fields."""
        return shown_values(filled_forms.master_draft(record.customer))

    def write(self, customer_id: int, typed: dict[str, Any], version: int) -> Done[Any]:
        """Write the card."""
        return records.save_master(self.desk, customer_id, records.MasterDraft(**typed), version=version)


class InvoiceEditor(Editor):
    """What electronic invoices need."""

    kind = DraftKind.INVOICE

    def kept(self, record: CustomerRecord) -> Values:
        """Return the card's fields."""
        return shown_values(filled_forms.invoice_draft(record.customer))

    def write(self, customer_id: int, typed: dict[str, Any], version: int) -> Done[Any]:
        """Write the card."""
        return records.save_invoice_data(
            self.desk, customer_id, records.InvoiceDataDraft(**typed), version=version
        )


class TermsEditor(Editor):
    """Own tariffs, a visit, days to pay, and the debtor's account, which has the digits of the settings."""

    kind = DraftKind.TERMS

    def kept(self, record: CustomerRecord) -> Values:
        """Return the card's fields; a new tariff is offered from today on."""
        if isinstance(self.form, TermsForm):
            self.form.tariffs.set_today(text.date(local_day(self.desk.clock.now()), "de"))
        return shown_values(filled_forms.terms_draft(record.customer, record.tariffs))

    def write(self, customer_id: int, typed: dict[str, Any], version: int) -> Done[Any]:
        """Write the card."""
        return records.save_terms(self.desk, customer_id, records.TermsDraft(**typed), version=version)

    def check(self, name: str) -> None:
        """Check a field that was left, also one of a tariff."""
        if ":" in name:
            self.form.show_error(name, self._tariff_problems().get(name, ""))
        else:
            super().check(name)
            if name == FIELD:
                self.form.show_error(name, self._account_problem())

    def problems(self) -> dict[str, str]:
        """Return what is wrong, tariffs first."""
        found = self._tariff_problems() | super().problems()
        if sentence := self._account_problem():
            found[FIELD] = sentence
        return found

    def _account_problem(self) -> str:
        typed = self.form.text(FIELD)
        if self.record is None or typed == self.kept(self.record)[FIELD]:
            return ""
        try:
            checked_debtor_account(typed, bookkeeping(self.desk))
        except DeskError as error:
            return problem_words(error)
        return ""

    def _tariff_problems(self) -> dict[str, str]:
        found: dict[str, str] = {}
        drafts = self.form.value(TARIFFS)
        for place, draft in enumerate(drafts if isinstance(drafts, tuple) else ()):
            for name, typed in vars(draft).items():
                try:
                    check_field(DraftKind.TARIFF, name, typed)
                except DeskError as error:
                    found[f"{name}:{place}"] = problem_words(error)
        return found


class ContactEditor(Editor):
    """The people, one at a time."""

    kind = DraftKind.CONTACT

    def __init__(self, *given: Any) -> None:
        """Connect the button that takes a person out."""
        super().__init__(*given)
        if isinstance(self.form, ContactForm):
            self.form.removal.confirmed.connect(self.remove)

    def kept(self, record: CustomerRecord) -> Values:
        """Return the person's fields, empty ones for a new person."""
        found = next((one for one in record.contacts if one.id == self.subject), Contact(0, ""))
        return shown_values(filled_forms.contact_draft(found))

    def write(self, customer_id: int, typed: dict[str, Any], version: int) -> Done[Any]:
        """Write the person."""
        draft = records.ContactDraft(**typed)
        return records.save_contact(self.desk, customer_id, self.subject or None, draft, version=version)

    def follow(self) -> None:
        """Offer to remove only who is there."""
        if isinstance(self.form, ContactForm):
            self.form.removal.setVisible(self.subject != NEW)

    def remove(self) -> None:
        """Take the person out of the record."""
        if self.record is None:
            return
        place = self.place()
        try:
            result = records.remove_contact(self.desk, self.record.customer.id, self.subject)
        except DeskError as error:
            self.refuse(error)
            return
        self.finish(place, result)


class WorkstationEditor(Editor):
    """The machines, one at a time."""

    kind = DraftKind.WORKSTATION

    def __init__(self, *given: Any) -> None:
        """Connect the button that archives."""
        super().__init__(*given)
        if isinstance(self.form, WorkstationForm):
            self.form.archiving.confirmed.connect(self.toggle_archived)

    def kept(self, record: CustomerRecord) -> Values:
        """Return the machine's fields, empty ones for a new machine."""
        found = self._machine(record)
        draft = filled_forms.workstation_draft(found.workstation) if found else records.WorkstationDraft()
        return shown_values(draft)

    def write(self, customer_id: int, typed: dict[str, Any], version: int) -> Done[Any]:
        """Write the machine."""
        draft = records.WorkstationDraft(**typed)
        return records.save_workstation(self.desk, customer_id, self.subject or None, draft, version=version)

    def follow(self) -> None:
        """Point out whose partner ID is typed, name the former ones, and offer to archive."""
        form = self.form
        if not isinstance(form, WorkstationForm) or self.record is None:
            return
        found = self._machine(self.record)
        form.archiving.setVisible(found is not None)
        if found is not None and found.workstation.archived:
            form.archiving.set_words(_("Take back from the archive"), "")
        elif found is not None:
            form.archiving.set_words(_("Archive"), _("Archive workstation"))
        former = found.former_ids if found else ()
        ids = text.list_sentence([text.partner_id(old.partner_id) for old in former])
        form.show_former(_("formerly %(ids)s") % {"ids": ids} if ids else "")
        current = found.workstation.partner_id if found else ""
        form.show_owner(self._owner(form.text("partner_id"), current, [old.partner_id for old in former]))

    def toggle_archived(self) -> None:
        """Archive the machine, or take it back."""
        found = self._machine(self.record) if self.record else None
        if self.record is None or found is None:
            return
        archived = not found.workstation.archived
        try:
            result = records.archive_workstation(
                self.desk, self.record.customer.id, self.subject, archived=archived
            )
        except DeskError as error:
            self.refuse(error)
            return
        self.close_after(result)

    def _machine(self, record: CustomerRecord) -> WorkstationRecord | None:
        return next((one for one in record.workstations if one.workstation.id == self.subject), None)

    def _owner(self, typed: str, current: str, former: list[str]) -> str:
        tool = Tool(self.form.text("tool"))
        digits = plain_id(tool, typed)
        if not is_id(tool, digits):
            return ""
        owners = records.owners_of_partner_id(self.desk, digits, self.subject)
        if owners:
            values = {"name": owners[0].workstation_name, "customer": owners[0].customer_name}
            if owners[0].former:
                return _("%(name)s at %(customer)s had this ID before.") % values
            return _("%(name)s at %(customer)s has this ID.") % values
        again = digits != current and digits in former
        return _("This workstation had this ID before.") if again else ""
