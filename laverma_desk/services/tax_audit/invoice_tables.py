"""The tables of what was issued, paid and reminded of. Names and descriptions are German, as the audit is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from laverma_desk.domain.clock import local, local_day
from laverma_desk.domain.invoice import InvoiceKind, LineKind, Unit
from laverma_desk.domain.money import vat_on
from laverma_desk.services.tax_audit.described import AuditTable, Column, Kind, Reference
from laverma_desk.storage import tax_audit
from laverma_desk.storage.database import Connection
from laverma_desk.storage.tax_audit_rows import AuditedInvoice
from laverma_desk.storage.tax_audit_scope import Scope

WITHIN = "Im_Zeitraum"
DOCUMENTS = "Rechnungen"
NUMBER = "Rechnungsnummer"
CUSTOMERS, CUSTOMER = "Kunden", "Kundennummer"
SESSIONS, SESSION = "Fernwartungen", "Sitzungsnummer"
CLOCK = "hh:mm:ss, deutsche Zeit"

_KINDS: Mapping[str, str] = {InvoiceKind.INVOICE: "Rechnung", InvoiceKind.CANCELLATION: "Stornorechnung"}
_LINES: Mapping[str, str] = {
    LineKind.SESSION: "Fernwartung",
    LineKind.TRAVEL: "Anfahrt",
    LineKind.VISIT: "Vor-Ort-Termin",
    LineKind.FLAT: "Pauschale",
    LineKind.INCLUDED_MINUTES: "enthaltene Minuten",
    LineKind.OTHER: "Sonstiges",
}
_UNITS: Mapping[str, str] = {
    Unit.MINUTE: "Minute",
    Unit.SECOND: "Sekunde",
    Unit.HOUR: "Stunde",
    Unit.DAY: "Tag",
    Unit.KILOMETRE: "Kilometer",
    Unit.PIECE: "Stück",
    Unit.LUMP_SUM: "pauschal",
}
_FORMATS = {"pdf": "PDF", "zugferd": "ZUGFeRD (PDF mit XML)", "xrechnung": "XRechnung (XML) und PDF"}
VAT_KEYS = (
    "S: Steuersatz des Leistungstages; E: steuerfrei, § 19 UStG; AE: Steuerschuld des Empfängers, § 13b "
    "UStG; O: nicht steuerbar, § 3a UStG"
)


def yes_or_no(value: object) -> str:
    """Return ja or nein."""
    return "ja" if value else "nein"


def clock(instant: Any) -> str:
    """Return the house's time of day of an instant."""
    return f"{local(instant):%H:%M:%S}"


def day_of(instant: Any) -> date | None:
    """Return the house's day of an instant, nothing for none."""
    return None if instant is None else local_day(instant)


@dataclass(frozen=True)
class _Document:
    row: AuditedInvoice
    buyer: Mapping[str, Any]

    def said(self, name: str) -> str:
        """Return what the frozen record says of the buyer, nothing once it was erased."""
        return str(self.buyer.get(name) or "")


def _documents(connection: Connection, scope: Scope) -> Iterator[_Document]:
    for row in tax_audit.invoices(connection, scope):
        yield _Document(row, _buyer(row.record))


def _buyer(record: str) -> Mapping[str, Any]:
    """Return what a frozen record says of the buyer: nothing where it was erased, or is none any more.

    That it is none is for the check of all documents to say; an audit has a right to what is left.
    """
    try:
        buyer = json.loads(record)["buyer"]
    except (LookupError, TypeError, ValueError):
        return {}
    return buyer if isinstance(buyer, dict) else {}


INVOICES = AuditTable(
    DOCUMENTS,
    "rechnungen.csv",
    "Ausgangsrechnungen und Stornorechnungen mit den Angaben, die bei der Ausstellung festgeschrieben "
    "wurden. Maßgeblich ist das Rechnungsdatum. Belege außerhalb des Zeitraums stehen nur hier, wenn eine "
    "Zahlung, Mahnung, Fernwartung oder Stornorechnung auf sie verweist; in der Spalte Im_Zeitraum steht "
    "dann nein, und in Summen gehören sie nicht.",
    (
        Column(NUMBER, Kind.TEXT, lambda one: one.row.number, "eindeutig, bei der Ausstellung vergeben"),
        Column(WITHIN, Kind.TEXT, lambda one: yes_or_no(one.row.within), "ja: im Zeitraum ausgestellt"),
        Column("Laufende_Nummer", Kind.WHOLE, lambda one: one.row.place, "Stelle in der Kette aller Belege"),
        Column("Belegart", Kind.TEXT, lambda one: _KINDS.get(one.row.kind, one.row.kind)),
        Column("Rechnungsdatum", Kind.DAY, lambda one: one.row.issued_on),
        Column("Ausgestellt_am", Kind.DAY, lambda one: day_of(one.row.issued_at), "Tag der Speicherung"),
        Column("Ausgestellt_um", Kind.TEXT, lambda one: clock(one.row.issued_at), CLOCK),
        Column(CUSTOMER, Kind.TEXT, lambda one: one.row.customer_number, "heutige Nummer des Kunden"),
        Column("Empfaenger_Nummer", Kind.TEXT, lambda one: one.said("number"), "Kundennummer laut Beleg"),
        Column("Empfaenger", Kind.TEXT, lambda one: one.row.customer_name, "Name laut Beleg"),
        Column("Empfaenger_Strasse", Kind.TEXT, lambda one: one.said("street")),
        Column("Empfaenger_PLZ", Kind.TEXT, lambda one: one.said("postcode")),
        Column("Empfaenger_Ort", Kind.TEXT, lambda one: one.said("city")),
        Column("Empfaenger_Land", Kind.TEXT, lambda one: one.said("country"), "ISO 3166"),
        Column("Empfaenger_USt_IdNr", Kind.TEXT, lambda one: one.said("vat_id")),
        Column("Leistung_von", Kind.DAY, lambda one: one.row.first),
        Column("Leistung_bis", Kind.DAY, lambda one: one.row.last),
        Column("Faellig_am", Kind.DAY, lambda one: one.row.due_on),
        Column("Netto", Kind.MONEY, lambda one: one.row.net_cents, "EUR; Stornorechnungen sind negativ"),
        Column("Umsatzsteuer", Kind.MONEY, lambda one: one.row.vat_cents, "EUR"),
        Column("Brutto", Kind.MONEY, lambda one: one.row.gross_cents, "EUR"),
        Column("Storniert_Rechnung", Kind.TEXT, lambda one: one.row.cancels, "nur bei Stornorechnungen"),
        Column("Storno_Grund", Kind.TEXT, lambda one: one.row.reason),
        Column("Bearbeiter", Kind.TEXT, lambda one: one.row.supporter_name),
        Column("Format", Kind.TEXT, lambda one: _FORMATS.get(one.row.format, one.row.format)),
        Column("Datensatz_SHA256", Kind.TEXT, lambda one: one.row.record_sha256),
        Column("PDF_SHA256", Kind.TEXT, lambda one: one.row.pdf_sha256),
        Column("XML_SHA256", Kind.TEXT, lambda one: one.row.xml_sha256),
        Column(
            "Kette_SHA256",
            Kind.TEXT,
            lambda one: one.row.chain_sha256,
            "SHA-256 über fünf Zeilen: Kette des vorigen Belegs, Rechnungsnummer, Datensatz, PDF, XML",
        ),
        Column(
            "Inhalt_geloescht_am",
            Kind.DAY,
            lambda one: day_of(one.row.erased_at),
            "nach Ablauf der Aufbewahrung; Nummer, Tage, Beträge und Prüfsummen bleiben",
        ),
    ),
    _documents,
    references=(Reference(CUSTOMER, CUSTOMERS), Reference("Storniert_Rechnung", DOCUMENTS, NUMBER)),
)

VAT_SUMS = AuditTable(
    "Rechnungssteuern",
    "rechnungssteuern.csv",
    "Netto und Umsatzsteuer je Rechnung, Steuerschlüssel und Steuersatz; die Steuer ist je Satz einmal "
    "kaufmännisch gerundet. Nur Belege mit Rechnungsdatum im Zeitraum.",
    (
        Column(NUMBER, Kind.TEXT, lambda one: one.number),
        Column("Steuerschluessel", Kind.TEXT, lambda one: one.category, VAT_KEYS),
        Column("Steuersatz", Kind.RATE, lambda one: one.rate, "Prozent"),
        Column("Netto", Kind.MONEY, lambda one: one.net_cents, "EUR"),
        Column("Umsatzsteuer", Kind.MONEY, lambda one: vat_on(one.net_cents, one.rate), "EUR"),
    ),
    tax_audit.vat_sums,
    keys=3,
    references=(Reference(NUMBER, DOCUMENTS),),
)

LINES = AuditTable(
    "Rechnungspositionen",
    "rechnungspositionen.csv",
    "Die Zeilen der Belege, wie sie auf ihnen stehen; Zeilenumbrüche im Text sind durch einen Schrägstrich "
    "ersetzt. Nur Belege mit Rechnungsdatum im Zeitraum.",
    (
        Column(NUMBER, Kind.TEXT, lambda one: one.number),
        Column("Position", Kind.WHOLE, lambda one: one.position),
        Column("Art", Kind.TEXT, lambda one: _LINES.get(one.kind, one.kind)),
        Column(SESSION, Kind.TEXT, lambda one: one.session_number, "die abgerechnete Fernwartung"),
        Column("Leistungstag", Kind.DAY, lambda one: one.day),
        Column("Text", Kind.TEXT, lambda one: one.text),
        Column("Menge", Kind.QUANTITY, lambda one: Decimal(one.quantity)),
        Column("Einheit", Kind.TEXT, lambda one: _UNITS.get(one.unit, one.unit)),
        Column("Einzelpreis", Kind.MONEY, lambda one: one.price_cents, "EUR netto für die Preisbasis"),
        Column("Preisbasis", Kind.WHOLE, lambda one: one.base, "so viele Einheiten kosten den Einzelpreis"),
        Column("Netto", Kind.MONEY, lambda one: one.net_cents, "EUR"),
        Column("Steuerschluessel", Kind.TEXT, lambda one: one.category, VAT_KEYS),
        Column("Steuersatz", Kind.RATE, lambda one: one.rate, "Prozent"),
    ),
    tax_audit.lines,
    keys=2,
    references=(Reference(NUMBER, DOCUMENTS), Reference(SESSION, SESSIONS)),
)

PAYMENTS = AuditTable(
    "Zahlungen",
    "zahlungen.csv",
    "Eingegangene und zurückgezahlte Beträge. Maßgeblich ist der Zahltag. Ein Eintrag wird nie geändert: ein "
    "falscher wird durch einen Eintrag mit umgekehrtem Vorzeichen und demselben Zahltag zurückgenommen.",
    (
        Column("Zahlungsnummer", Kind.TEXT, lambda one: str(one.id)),
        Column(NUMBER, Kind.TEXT, lambda one: one.number),
        Column("Zahltag", Kind.DAY, lambda one: one.paid_on),
        Column("Betrag", Kind.MONEY, lambda one: one.cents, "EUR brutto; negativ: zurückgezahlt"),
        Column("Vermerk", Kind.TEXT, lambda one: one.note),
        Column("Erfasst_von", Kind.TEXT, lambda one: one.who),
        Column("Erfasst_am", Kind.DAY, lambda one: day_of(one.created_at)),
        Column("Erfasst_um", Kind.TEXT, lambda one: clock(one.created_at), CLOCK),
        Column("Nimmt_zurueck", Kind.TEXT, lambda one: one.takes_back_id, "Zahlungsnummer"),
    ),
    tax_audit.payments,
    references=(Reference(NUMBER, DOCUMENTS), Reference("Nimmt_zurueck", "Zahlungen", "Zahlungsnummer")),
)

REMINDERS = AuditTable(
    "Mahnungen",
    "mahnungen.csv",
    "Zahlungserinnerungen und Mahnungen mit Datum im Zeitraum.",
    (
        Column("Mahnungsnummer", Kind.TEXT, lambda one: one.number),
        Column(CUSTOMER, Kind.TEXT, lambda one: one.customer_number),
        Column("Stufe", Kind.WHOLE, lambda one: one.level, "1 Zahlungserinnerung, 2 Mahnung, 3 letzte"),
        Column("Datum", Kind.DAY, lambda one: one.issued_on),
        Column("Zahlungen_bis", Kind.DAY, lambda one: one.counted_until, "so weit sind sie berücksichtigt"),
        Column("Faellig_am", Kind.DAY, lambda one: one.due_on),
        Column("Offen", Kind.MONEY, lambda one: one.open_cents, "EUR brutto, nur die Rechnungen"),
        Column("Gebuehren", Kind.MONEY, lambda one: one.fee_cents, "EUR mit der Pauschale, § 288 V BGB"),
        Column("Zinsen", Kind.MONEY, lambda one: one.interest_cents, "EUR"),
        Column("Erfasst_am", Kind.DAY, lambda one: day_of(one.created_at)),
    ),
    tax_audit.reminders,
    references=(Reference(CUSTOMER, CUSTOMERS),),
)

REMINDER_LINES = AuditTable(
    "Mahnungspositionen",
    "mahnungspositionen.csv",
    "Die Rechnungen, die eine Mahnung des Zeitraums nennt.",
    (
        Column("Mahnungsnummer", Kind.TEXT, lambda one: one.number),
        Column(NUMBER, Kind.TEXT, lambda one: one.invoice_number),
        Column("Offen", Kind.MONEY, lambda one: one.open_cents, "EUR brutto am Tag der Mahnung"),
    ),
    tax_audit.reminder_lines,
    keys=2,
    references=(Reference("Mahnungsnummer", "Mahnungen"), Reference(NUMBER, DOCUMENTS)),
)
