"""The full record of a customer, for the page that shows and edits it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laverma_desk.domain.agreement import Agreement, AgreementStatus, agreement_status
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Contact, Customer, FormerPartnerId, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice_register import InvoiceRow
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.domain.tariff import CustomerTariff, Tariff, tariff_on
from laverma_desk.services.customers.changing import (
    archive_customer,
    create_record,
    delete_customer,
    save_invoice_data,
    save_master,
    save_terms,
)
from laverma_desk.services.customers.fields import check_field, country_code
from laverma_desk.services.customers.forms import (
    ContactDraft,
    DraftKind,
    InvoiceDataDraft,
    MasterDraft,
    OwnTariffDraft,
    TermsDraft,
    VisitPrice,
    WorkstationDraft,
)
from laverma_desk.services.customers.people import remove_contact, save_contact
from laverma_desk.services.customers.places import (
    archive_workstation,
    owners_of_partner_id,
    save_workstation,
)
from laverma_desk.services.customers.trace import SUBJECT_END, record_history
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import customer_records, customers, invoice_lists, sessions
from laverma_desk.storage.agreements import agreements_of
from laverma_desk.storage.editions import customer_version
from laverma_desk.storage.former_ids import former_ids_of
from laverma_desk.storage.session_history import Change

__all__ = [
    "SUBJECT_END",
    "Change",
    "ContactDraft",
    "CustomerRecord",
    "DraftKind",
    "InvoiceDataDraft",
    "MasterDraft",
    "OwnTariffDraft",
    "TermsDraft",
    "VisitPrice",
    "WorkstationDraft",
    "WorkstationRecord",
    "archive_customer",
    "archive_workstation",
    "check_field",
    "country_code",
    "create_record",
    "delete_customer",
    "owners_of_partner_id",
    "read_record",
    "record_history",
    "remove_contact",
    "save_contact",
    "save_invoice_data",
    "save_master",
    "save_terms",
    "save_workstation",
]

LAST_SESSIONS = 3
LAST_INVOICES = 4


@dataclass(frozen=True)
class WorkstationRecord:
    """A machine with the IDs it had before, oldest first, and when it was last looked after."""

    workstation: Workstation
    former_ids: tuple[FormerPartnerId, ...] = ()
    last_day: date | None = None
    running: bool = False


@dataclass(frozen=True)
class CustomerRecord:
    """All that is known of a customer. `tariff` is what a minute costs `today`, `since` the first day.

    `house_payment_days` counts where the record has none of its own. `used`: it can only be archived.
    `version` counts every change of any part.
    """

    customer: Customer
    contacts: tuple[Contact, ...]
    workstations: tuple[WorkstationRecord, ...]
    tariffs: tuple[CustomerTariff, ...]
    tariff: Tariff
    agreements: tuple[Agreement, ...]
    agreement: AgreementStatus
    since: date
    last_sessions: tuple[SupportSession, ...]
    last_invoices: tuple[InvoiceRow, ...]
    house_payment_days: int
    used: bool
    today: date
    version: int = 0

    @property
    def editable(self) -> bool:
        """Return whether the record may be changed: not where data protection has locked it."""
        return self.customer.restricted_at is None and self.customer.erased_at is None


def read_record(desk: Desk, customer_id: int) -> CustomerRecord:
    """Return the record of a customer; that of a merged one is the record it went into.

    Raises RuleBroken CUSTOMER_UNKNOWN.
    """
    today = local_day(desk.clock.now())
    with desk.database.read() as connection:
        customer = customers.find(connection, customer_id)
        if customer is not None and customer.merged_into is not None:
            customer = customers.find(connection, customer.merged_into)
        if customer is None:
            raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
        house = house_on(connection)
        own = customers.tariffs_of(connection, customer.id)
        agreements = tuple(agreements_of(connection, customer.id))
        machines = customer_records.all_workstations(connection, customer.id)
        former = former_ids_of(connection, [one.id for one in machines])
        family = customers.family(connection, customer.id)
        uses = customer_records.last_uses(connection, family)
        made = local_day(customer_records.created_at(connection, customer.id))
        return CustomerRecord(
            customer=customer,
            contacts=customers.contacts_of(connection, customer.id),
            workstations=tuple(_machine(one, former, uses.get(one.id)) for one in machines),
            tariffs=own,
            tariff=tariff_on(today, house.tariffs, own, house.vat_rates),
            agreements=agreements,
            agreement=agreement_status(agreements, today),
            since=customer.since or made,
            last_sessions=tuple(sessions.last_of_customer(connection, customer.id, LAST_SESSIONS)),
            last_invoices=invoice_lists.last_of(connection, family, today, LAST_INVOICES),
            house_payment_days=house.invoice.payment_days,
            used=customer_records.is_used(connection, customer.id),
            today=today,
            version=customer_version(connection, customer.id),
        )


def _machine(
    one: Workstation, former: list[FormerPartnerId], use: customer_records.LastUse | None
) -> WorkstationRecord:
    return WorkstationRecord(
        workstation=one,
        former_ids=tuple(old for old in former if old.workstation_id == one.id),
        last_day=use.day if use else None,
        running=bool(use and use.running),
    )
