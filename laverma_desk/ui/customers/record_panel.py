"""The record of one customer: its head, and everything that is known in cards."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.services.customers.customer_record import CustomerRecord
from laverma_desk.ui.agreement_badge import agreement_badge
from laverma_desk.ui.customers import record_facts
from laverma_desk.ui.customers.contacts_card import ContactsCard
from laverma_desk.ui.customers.fact_rows import FactRows
from laverma_desk.ui.customers.invoice_form import InvoiceForm
from laverma_desk.ui.customers.invoices_card import InvoicesCard
from laverma_desk.ui.customers.master_form import MasterForm
from laverma_desk.ui.customers.record_card import RecordCard
from laverma_desk.ui.customers.record_head import NARROW, RecordHead
from laverma_desk.ui.customers.terms_form import TermsForm
from laverma_desk.ui.customers.typed_store import TypedStore
from laverma_desk.ui.customers.workstations_card import WorkstationsCard
from laverma_desk.ui.settings.error_line import ErrorLine
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea

SIDE = 24
GAP = 16


class RecordPanel(OverlayScrollArea):
    """All cards in two columns, the workstations below them. `agreement` is the place of the AVV's card."""

    def __init__(self, agreement: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport().setAutoFillBackground(False)
        self.head = RecordHead(self)
        self.problem = ErrorLine(self)
        self.master = RecordCard(_("Master data"), MasterForm(), self, foot=24)
        self.contacts = ContactsCard(self)
        self.agreement = agreement
        self.terms = RecordCard(_("Tariff and travel"), TermsForm(), self)
        self.invoice = RecordCard(_("E-invoice"), InvoiceForm(), self)
        self.invoices = InvoicesCard(self)
        self.workstations = WorkstationsCard(self)
        self.facts: dict[str, FactRows] = {}
        for key, card in (("master", self.master), ("terms", self.terms), ("invoice", self.invoice)):
            card.set_action("pencil", _("Edit"))
            self.facts[key] = FactRows(card)
            card.content.addWidget(self.facts[key])
        for card, name in (
            (self.master, _("Edit master data")),
            (self.terms, _("Edit tariff and travel")),
            (self.invoice, _("Edit e-invoice")),
        ):
            if card.action is not None:
                card.action.setAccessibleName(name)
                card.action.setToolTip(name)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget(self)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (self.master, self.contacts)),
            (right, (self.agreement, self.terms, self.invoice, self.invoices)),
        ):
            column.setSpacing(GAP)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addLayout(left, 1)
        across.addLayout(right, 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.problem)
        column.addSpacing(16)
        column.addLayout(across)
        column.addSpacing(GAP)
        column.addWidget(self.workstations)
        column.addStretch(1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.setFocusProxy(self.head.edit)

    def show_record(self, record: CustomerRecord, store: TypedStore) -> None:
        """Show a customer, with dots where something typed is not saved."""
        one = record.customer
        badge, tone = agreement_badge(record.agreement)
        number, short = record_facts.head_line(record), record_facts.short_line(record)
        self.head.show_words(one.name, number, short, badge, tone)
        self.facts["master"].show_facts(record_facts.master_facts(record))
        self.facts["terms"].show_facts(record_facts.terms_facts(record))
        self.facts["invoice"].show_facts(record_facts.invoice_facts(one))
        self.invoices.show_invoices(record.last_invoices)
        for card in (self.master, self.terms, self.invoice):
            card.set_editable(record.editable)
        self.contacts.show_contacts(
            record.contacts, store.subjects(one.id, "contact"), editable=record.editable
        )
        self.workstations.show_workstations(
            record.workstations,
            store.subjects(one.id, "workstation"),
            editable=record.editable,
            startable=record.editable and not one.archived,
        )
        self.head.edit.setEnabled(record.editable)
        self.head.start.set_blocked(self._why_not(record))
        self.show_unsaved(record, store)

    def show_unsaved(self, record: CustomerRecord, store: TypedStore) -> None:
        """Show which cards hold something typed that is not saved."""
        forms = store.forms(record.customer.id)
        for form, card in (
            ("master", self.master), ("terms", self.terms), ("invoice", self.invoice),
            ("contact", self.contacts), ("workstation", self.workstations),
        ):  # fmt: skip
            card.set_unsaved(form in forms)
        for row in self.contacts.rows:
            row.set_unsaved(row.contact.id in store.subjects(record.customer.id, "contact"))
        for machine in self.workstations.rows:
            number = machine.record.workstation.id
            machine.set_unsaved(number in store.subjects(record.customer.id, "workstation"))

    def reveal(self, widget: QWidget) -> None:
        """Bring a field into view."""
        self.ensureWidgetVisible(widget, 0, 80)

    def show_problem(self, sentence: str) -> None:
        """Say what could not be done; an empty sentence takes it back."""
        self.problem.show_error("", sentence, _("Not done"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the head follow the width."""
        super().resizeEvent(event)
        narrow = self.width() - 2 * SIDE < NARROW
        self.head.fit(narrow=narrow)
        for rows in self.facts.values():
            rows.set_narrow(narrow)
        self.invoices.set_narrow(narrow)

    def sizeHint(self) -> QSize:
        """Return what the stage gives."""
        return QSize(816, 720)

    def _why_not(self, record: CustomerRecord) -> str | None:
        if not record.editable:
            return _("This record is locked for data protection and can only be read.")
        if record.customer.archived:
            return _("The customer is archived. Take it back from the archive first.")
        if all(one.workstation.archived for one in record.workstations):
            return _("Create a workstation first.")
        return None
