"""What the desk holds of somebody as tables in words: each is a CSV file and a section on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from laverma_desk import text
from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.customer import Contact, Customer, FormerPartnerId, Workstation
from laverma_desk.domain.disclosure import Entry, Section
from laverma_desk.domain.tariff import CustomerTariff
from laverma_desk.i18n import gettext_in
from laverma_desk.services.privacy.change_words import change_words, invoice_format_name
from laverma_desk.storage.session_history import Change

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A file name without its ending, a heading, the names of the columns, and the rows.

    `titled`: on paper the first cell of a row needs the name of its column before it.
    """

    file: str
    heading: str
    columns: Cells
    rows: tuple[Cells, ...] = ()
    titled: bool = False


class Words:
    """Says in one language what the record of somebody holds."""

    def __init__(self, language: str) -> None:
        """Speak a language, "de" or "en"."""
        self.language = language

    def records(self, records: Sequence[Customer]) -> Table:
        """Return the master data of a practice, one column a record."""
        tongue = self.language
        rows = [
            (gettext_in(tongue, "Customer number"), *(one.number for one in records)),
            (gettext_in(tongue, "Name"), *(one.name for one in records)),
            (gettext_in(tongue, "Street"), *(one.street for one in records)),
            (
                gettext_in(tongue, "Town"),
                *(" ".join(filter(None, (one.postcode, one.city))) for one in records),
            ),
            (gettext_in(tongue, "Country"), *(text.country(one.country, tongue) for one in records)),
            (gettext_in(tongue, "Phone"), *(text.phone(one.phone) if one.phone else "" for one in records)),
            (gettext_in(tongue, "Reports to"), *(one.email_report for one in records)),
            (gettext_in(tongue, "Invoices to"), *(one.email_invoice for one in records)),
            (gettext_in(tongue, "VAT ID"), *(one.vat_id for one in records)),
            (gettext_in(tongue, "Leitweg-ID"), *(one.leitweg_id for one in records)),
            (gettext_in(tongue, "Electronic address"), *(one.electronic_address for one in records)),
            (gettext_in(tongue, "Software"), *(one.software for one in records)),
            (gettext_in(tongue, "Customer since"), *(self._day(one.since) for one in records)),
            (gettext_in(tongue, "Days to pay"), *(self._count(one.payment_days) for one in records)),
            (gettext_in(tongue, "Visit, flat"), *(self._money(one.on_site_cents) for one in records)),
            (
                gettext_in(tongue, "Visit, travel"),
                *(self._money(one.on_site_travel_cents) for one in records),
            ),
            (
                gettext_in(tongue, "Visit, hourly"),
                *(self._money(one.on_site_hourly_cents) for one in records),
            ),
            (gettext_in(tongue, "Distance in km"), *(self._count(one.on_site_km) for one in records)),
            (
                gettext_in(tongue, "Kind of invoice"),
                *(invoice_format_name(one.invoice_format, tongue) for one in records),
            ),
            (gettext_in(tongue, "Debtor account"), *(str(one.debtor_account or "") for one in records)),
        ]
        stated = tuple(row for row in rows if any(row[1:]))
        columns = (gettext_in(tongue, "Field"), *(one.number for one in records))
        return Table("stammdaten", gettext_in(tongue, "Master data"), columns, stated)

    def contacts(self, contacts: Iterable[Contact]) -> Table:
        """Return people."""
        tongue = self.language
        columns = (
            gettext_in(tongue, "Name"),
            gettext_in(tongue, "Role"),
            gettext_in(tongue, "Phone"),
            gettext_in(tongue, "Mobile"),
            gettext_in(tongue, "E-mail"),
            gettext_in(tongue, "Gets"),
        )
        rows = tuple(
            (
                one.name,
                one.role,
                text.phone(one.phone) if one.phone else "",
                text.phone(one.mobile) if one.mobile else "",
                one.email,
                ", ".join(self._duties(one)),
            )
            for one in contacts
        )
        return Table("ansprechpartner", gettext_in(tongue, "Contacts"), columns, rows)

    def _duties(self, one: Contact) -> list[str]:
        tongue = self.language
        duties = (
            (one.gets_reports, gettext_in(tongue, "reports")),
            (one.gets_invoices, gettext_in(tongue, "invoices")),
        )
        return [
            word for does, word in (*duties, (one.signs_agreement, gettext_in(tongue, "signs DPAs"))) if does
        ]

    def workstations(self, machines: Iterable[Workstation], former: Sequence[FormerPartnerId]) -> Table:
        """Return machines with their IDs of today and of before."""
        tongue = self.language
        columns = (
            gettext_in(tongue, "Workstation"),
            gettext_in(tongue, "Place"),
            gettext_in(tongue, "Program"),
            gettext_in(tongue, "Partner ID"),
            gettext_in(tongue, "Former IDs"),
        )
        rows = tuple(
            (
                one.name,
                one.place,
                text.tool(one.tool, self.language),
                text.partner_id(one.partner_id),
                ", ".join(text.partner_id(old.partner_id) for old in former if old.workstation_id == one.id),
            )
            for one in machines
        )
        return Table("arbeitsplaetze", gettext_in(tongue, "Workstations"), columns, rows)

    def tariffs(self, tariffs: Iterable[CustomerTariff]) -> Table:
        """Return own prices."""
        tongue = self.language
        rows = tuple(
            (
                self._day(one.valid_from),
                self._money(one.price_cents),
                text.rounding_name(one.rounding, self.language) if one.rounding else "",
            )
            for one in tariffs
        )
        columns = (
            gettext_in(tongue, "Valid from"),
            gettext_in(tongue, "Price per minute"),
            gettext_in(tongue, "Rounding"),
        )
        return Table("tarife", gettext_in(tongue, "Own tariffs"), columns, rows)

    def agreements(self, agreements: Iterable[Agreement], files: Mapping[int, str]) -> Table:
        """Return agreements; `files` are the names of the stored ones in the archive, by document."""
        tongue = self.language
        columns = (
            gettext_in(tongue, "Valid from"),
            gettext_in(tongue, "Valid until"),
            gettext_in(tongue, "Ended on"),
            gettext_in(tongue, "Version"),
            gettext_in(tongue, "Customer's signature"),
            gettext_in(tongue, "Customer signed on"),
            gettext_in(tongue, "Signed by us"),
            gettext_in(tongue, "House signed on"),
            gettext_in(tongue, "§ 203 StGB, on"),
            gettext_in(tongue, "File"),
        )
        rows = tuple(
            (
                self._day(one.valid_from),
                self._day(one.valid_until) or gettext_in(tongue, "open-ended"),
                self._day(one.ended_on),
                one.version,
                one.signed_by_customer,
                self._day(one.signed_on),
                one.signed_by_house,
                self._day(one.signed_on_house),
                self._day(one.secrecy_on),
                files.get(one.document_id or 0, ""),
            )
            for one in agreements
        )
        heading = gettext_in(tongue, "Data processing agreements")
        return Table("vereinbarungen", heading, columns, rows, titled=True)

    def changes(self, changes: Iterable[Change]) -> Table:
        """Return the log of the record."""
        tongue = self.language
        rows = tuple(
            (
                text.date_time(one.at, tongue),
                *change_words(one, tongue),
                one.who,
                one.reason,
            )
            for one in changes
        )
        columns = (
            gettext_in(tongue, "When"),
            gettext_in(tongue, "Field"),
            gettext_in(tongue, "Before"),
            gettext_in(tongue, "After"),
            gettext_in(tongue, "By"),
            gettext_in(tongue, "Reason"),
        )
        return Table("aenderungen", gettext_in(tongue, "Changes of the record"), columns, rows)

    def _day(self, day: date | None) -> str:
        return "" if day is None else text.date(day, self.language)

    def _money(self, cents: int | None) -> str:
        return "" if cents is None else text.money(cents, self.language)

    def _count(self, count: int | None) -> str:
        return "" if count is None else text.number(count, self.language)


def section_of(table: Table) -> Section:
    """Return a table for paper: the first column is the title of an entry, what is empty is left out."""
    entries = tuple(
        Entry(
            f"{table.columns[0]} {row[0]}" if table.titled else row[0],
            tuple((name, cell) for name, cell in zip(table.columns[1:], row[1:], strict=True) if cell),
        )
        for row in table.rows
    )
    return Section(table.heading, entries)


def record_section(table: Table) -> Section:
    """Return the master data for paper: a label and its value; a second record follows the first."""
    entries = tuple(
        Entry(
            number if len(table.columns) > 2 else "",
            tuple((row[0], row[place]) for row in table.rows if row[place]),
        )
        for place, number in enumerate(table.columns[1:], start=1)
    )
    return Section(table.heading, entries)
