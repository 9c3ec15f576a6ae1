"""Bring together what is stored about a practice, a person of one, or a supporter of the house."""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from laverma_desk.documents.filename import safe_file_name
from laverma_desk.domain.customer import Contact, Customer
from laverma_desk.domain.disclosure import Entry, Section
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.i18n import gettext_in
from laverma_desk.services.privacy.connection_tables import connection_table
from laverma_desk.services.privacy.invoice_tables import Billing
from laverma_desk.services.privacy.tables import Table, Words, record_section, section_of
from laverma_desk.storage import agreements, customer_records, customers, disclosing, former_ids
from laverma_desk.storage.customer_history import customer_changes_of
from laverma_desk.storage.database import Connection
from laverma_desk.storage.disclosed_connections import disclosed_connections
from laverma_desk.storage.stored_documents import name_of


@dataclass(frozen=True)
class Dossier:
    """What there is about somebody: small tables at hand, sessions and mails by their rows.

    `files` are stored agreements, invoices and reminders by document with their names in the archive;
    `machine` is the same as the tables, for programs.
    """

    name: str
    reference: str
    language: str
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    machine: dict[str, Any]
    sessions: tuple[int, ...]
    mails: tuple[int, ...]
    files: dict[int, str]


def of_customer(connection: Connection, customer_id: int) -> Dossier:
    """Collect a practice with the records merged into it. Raises RuleBroken CUSTOMER_UNKNOWN."""
    head = customers.survivor(connection, customer_id)
    family = customers.family(connection, head)
    records = [one for one in (customers.find(connection, number) for number in family) if one is not None]
    records.sort(key=lambda one: one.id != head)
    if not records:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
    words = Words(records[0].language)
    people = [one for number in family for one in customers.contacts_of(connection, number)]
    machines = [one for number in family for one in customer_records.all_workstations(connection, number)]
    former = former_ids.former_ids_of(connection, [one.id for one in machines])
    tariffs = [one for number in family for one in customers.tariffs_of(connection, number)]
    contracts = agreements.agreements_of(connection, head)
    changes = [line for number in family for line in customer_changes_of(connection, number)]
    files = {
        one.document_id: f"vereinbarungen/{one.id}_{safe_file_name(name_of(connection, one.document_id))}"
        for one in contracts
        if one.document_id is not None
    }
    billing = Billing(connection, family, words.language)
    logged = disclosed_connections(connection, family)
    master = words.records(records)
    others = (
        words.contacts(people),
        words.workstations(machines, former),
        words.tariffs(tariffs),
        words.agreements(contracts, files),
        words.changes(changes),
        *((connection_table(logged, words.language),) if logged else ()),
        *billing.tables(),
    )
    return Dossier(
        name=records[0].name,
        reference=records[0].number,
        language=records[0].language,
        tables=(master, *others),
        sections=(record_section(master), *(section_of(one) for one in others if one.rows)),
        machine={
            "customers": [plain(one) for one in records],
            "contacts": [plain(one) for one in people],
            "workstations": [plain(one) for one in machines],
            "former_partner_ids": [plain(one) for one in former],
            "tariffs": [plain(one) for one in tariffs],
            "agreements": [plain(one) for one in contracts],
            "changes": [plain(one) for one in changes],
            "connections": [plain(one) for one in logged],
            **billing.machine(),
        },
        sessions=tuple(disclosing.sessions_of(connection, family)),
        mails=tuple(disclosing.mails_of(connection, family)),
        files=files | billing.files,
    )


def of_contact(connection: Connection, contact_id: int) -> Dossier:
    """Collect a person of a practice: their record, the sessions they asked for, the mails they got.

    Raises RuleBroken CUSTOMER_UNKNOWN for an unknown person.
    """
    head = disclosing.owner_of_contact(connection, contact_id)
    owner = customers.find(connection, head)
    if owner is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=contact_id)
    found = next(one for one in customers.contacts_of(connection, head) if one.id == contact_id)
    words = Words(owner.language)
    people = words.contacts([found])
    family = customers.family(connection, head)
    return Dossier(
        name=found.name,
        reference=owner.number,
        language=owner.language,
        tables=(people,),
        sections=(_workplace(words, owner), section_of(people)),
        machine={"contacts": [plain(found)], "works_at": {"number": owner.number, "name": owner.name}},
        sessions=tuple(disclosing.sessions_of(connection, family, found.name)),
        mails=_mails_to(connection, family, found),
        files={},
    )


def _workplace(words: Words, owner: Customer) -> Section:
    row = (gettext_in(words.language, "Practice"), f"{owner.number} {owner.name}")
    return Section(gettext_in(words.language, "Master data"), (Entry("", (row,)),))


def _mails_to(connection: Connection, family: list[int], one: Contact) -> tuple[int, ...]:
    return tuple(disclosing.mails_of(connection, family, one.email)) if one.email else ()


def plain(value: Any) -> Any:
    """Return a record as JSON can say it: instants in UTC and days in ISO 8601, codes by their value."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if is_dataclass(value):
        return {name: plain(one) for name, one in vars(value).items()}
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
