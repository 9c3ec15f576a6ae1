"""The tables of customers, remote sessions, changes, rates and numbers. German, as the audit is."""

from __future__ import annotations

from collections.abc import Iterator

from laverma_desk import text
from laverma_desk.domain.document_number import NumberKind
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.tariff import Rounding
from laverma_desk.services.tax_audit import change_fields
from laverma_desk.services.tax_audit.change_fields import AuditChange
from laverma_desk.services.tax_audit.described import AuditTable, Column, Kind, Reference
from laverma_desk.services.tax_audit.invoice_tables import (
    CLOCK,
    CUSTOMER,
    CUSTOMERS,
    DOCUMENTS,
    NUMBER,
    SESSION,
    SESSIONS,
    WITHIN,
    clock,
    day_of,
    yes_or_no,
)
from laverma_desk.storage import tax_audit
from laverma_desk.storage.database import Connection
from laverma_desk.storage.tax_audit_rows import AuditedChange, AuditedSession
from laverma_desk.storage.tax_audit_scope import Scope

_GERMAN = "de"
_RANGES = {
    NumberKind.INVOICE: "Rechnungen",
    NumberKind.CANCELLATION: "Stornorechnungen",
    NumberKind.REMINDER: "Zahlungserinnerungen",
    NumberKind.DUNNING: "Mahnungen",
}

RECORDS = AuditTable(
    CUSTOMERS,
    "kunden.csv",
    "Stammdaten der Kunden, die in den anderen Tabellen genannt sind, nach heutigem Stand; frühere Werte "
    "stehen im Änderungsprotokoll. Gelöschte Kunden (Art. 17 DSGVO, nach Ablauf der Aufbewahrung) stehen nur "
    "noch mit ihrer Nummer hier.",
    (
        Column(CUSTOMER, Kind.TEXT, lambda one: one.number),
        Column("Name", Kind.TEXT, lambda one: one.name),
        Column("Strasse", Kind.TEXT, lambda one: one.street),
        Column("PLZ", Kind.TEXT, lambda one: one.postcode),
        Column("Ort", Kind.TEXT, lambda one: one.city),
        Column("Land", Kind.TEXT, lambda one: one.country, "ISO 3166"),
        Column("USt_IdNr", Kind.TEXT, lambda one: one.vat_id),
        Column("Debitorenkonto", Kind.TEXT, lambda one: one.debtor_account),
        Column("Aufgegangen_in", Kind.TEXT, lambda one: one.merged_into, "Kunde, der ihn fortführt"),
        Column("Erfasst_am", Kind.DAY, lambda one: day_of(one.created_at)),
        Column("Gesperrt_am", Kind.DAY, lambda one: day_of(one.restricted_at), "Art. 18 DSGVO"),
        Column("Geloescht_am", Kind.DAY, lambda one: day_of(one.erased_at), "Art. 17 DSGVO"),
    ),
    tax_audit.customers,
    references=(Reference("Aufgegangen_in", CUSTOMERS, CUSTOMER),),
    of_period=False,
)


def _reason(one: AuditedSession) -> str:
    return "" if one.billable or one.not_possible else one.free_reason or ""


def _not_possible(one: AuditedSession) -> str:
    return text.not_possible_reason(NotPossible(one.not_possible), _GERMAN) if one.not_possible else ""


def _rounding(one: AuditedSession) -> str:
    return text.rounding_name(Rounding(one.rounding), _GERMAN) if one.rounding else ""


SESSIONS_HELD = AuditTable(
    SESSIONS,
    "fernwartungen.csv",
    "Die Grundaufzeichnungen: jede beendete Fernwartung, auch unentgeltliche und solche, die nicht möglich "
    "waren. Maßgeblich ist der Tag des Beginns. Fernwartungen anderer Tage stehen nur hier, wenn ein Beleg "
    "des Zeitraums sie abrechnet oder storniert; in der Spalte Im_Zeitraum steht dann nein. Notizen gehören "
    "nicht zur Ausgabe: was auf der Rechnung steht, steht in den Rechnungspositionen.",
    (
        Column(SESSION, Kind.TEXT, lambda one: one.number),
        Column(WITHIN, Kind.TEXT, lambda one: yes_or_no(one.within), "ja: im Zeitraum begonnen"),
        Column(CUSTOMER, Kind.TEXT, lambda one: one.customer_number),
        Column("Kunde", Kind.TEXT, lambda one: one.customer_name, "Name am Ende der Fernwartung"),
        Column("Arbeitsplatz", Kind.TEXT, lambda one: one.workstation_name),
        Column("Tag", Kind.DAY, lambda one: one.day),
        Column("Beginn", Kind.TEXT, lambda one: clock(one.begin), CLOCK),
        Column("Ende_Tag", Kind.DAY, lambda one: day_of(one.end)),
        Column("Ende", Kind.TEXT, lambda one: clock(one.end) if one.end else "", CLOCK),
        Column("Dauer_Sekunden", Kind.WHOLE, lambda one: one.seconds, "ohne Unterbrechungen"),
        Column(
            "Berechnete_Sekunden",
            Kind.WHOLE,
            lambda one: one.billed_seconds if one.billable else 0,
            "nach der Rundung; 0: nicht berechnet",
        ),
        Column("Minutenpreis", Kind.MONEY, lambda one: one.price_cents, "EUR netto"),
        Column("Rundung", Kind.TEXT, _rounding),
        Column(
            "Netto",
            Kind.MONEY,
            lambda one: one.net_cents if one.billable else 0,
            "EUR; 0,00: nicht berechnet",
        ),
        Column("Steuersatz", Kind.RATE, lambda one: one.vat_rate, "Prozent"),
        Column("Abrechnen", Kind.TEXT, lambda one: yes_or_no(one.billable)),
        Column("Grund_ohne_Berechnung", Kind.TEXT, _reason),
        Column("Nicht_moeglich", Kind.TEXT, _not_possible, "warum sie nicht stattfinden konnte"),
        Column("Supporter", Kind.TEXT, lambda one: one.supporter_name),
        Column(NUMBER, Kind.TEXT, lambda one: one.invoice_number, "die Rechnung, die sie abrechnet"),
        Column("Herkunft", Kind.TEXT, lambda one: change_fields.ORIGINS.get(one.origin, one.origin)),
        Column("Erfasst_am", Kind.DAY, lambda one: day_of(one.created_at)),
        Column("Erfasst_um", Kind.TEXT, lambda one: clock(one.created_at), CLOCK),
    ),
    tax_audit.sessions,
    references=(Reference(CUSTOMER, CUSTOMERS), Reference(NUMBER, DOCUMENTS)),
)


def _changes(connection: Connection, scope: Scope) -> Iterator[AuditChange]:
    return map(change_fields.of, tax_audit.changes(connection, scope))


def _key(line: AuditedChange) -> str:
    kind = "F" if line.session_number is not None else "E" if line.customer_number is None else "K"
    return f"{kind}{line.id}"


CHANGES = AuditTable(
    "Aenderungsprotokoll",
    "aenderungsprotokoll.csv",
    "Jede Änderung an den Fernwartungen und Kunden dieser Ausgabe und an den Einstellungen des Hauses, wann "
    "immer sie vorgenommen wurde. "
    "Rechnungen, ihre Positionen, Zahlungen und Mahnungen kommen nicht vor: sie werden nie geändert. Werte, "
    "die für die Besteuerung ohne Bedeutung sind (Notizen, Ansprechpartner, Rufnummern, Partner-IDs, "
    "Mailkonto), werden nicht ausgegeben; in der Spalte Werte_ausgegeben steht dann nein.",
    (
        Column(
            "Protokollnummer",
            Kind.TEXT,
            lambda one: _key(one.line),
            "F: Fernwartung, K: Kunde, E: Einstellung",
        ),
        Column(SESSION, Kind.TEXT, lambda one: one.line.session_number, "leer: Kunde oder Einstellung"),
        Column(CUSTOMER, Kind.TEXT, lambda one: one.line.customer_number, "leer: Einstellung"),
        Column("Datum", Kind.DAY, lambda one: day_of(one.line.at)),
        Column("Uhrzeit", Kind.TEXT, lambda one: clock(one.line.at), CLOCK),
        Column("Wer", Kind.TEXT, lambda one: one.line.who),
        Column("Feld", Kind.TEXT, lambda one: one.field),
        Column("Alt", Kind.TEXT, lambda one: one.old),
        Column("Neu", Kind.TEXT, lambda one: one.new),
        Column("Grund", Kind.TEXT, lambda one: one.reason),
        Column("Werte_ausgegeben", Kind.TEXT, lambda one: yes_or_no(one.shown)),
    ),
    _changes,
    references=(Reference(SESSION, SESSIONS), Reference(CUSTOMER, CUSTOMERS)),
    of_period=False,
)

RATES = AuditTable(
    "Steuersaetze",
    "steuersaetze.csv",
    "Der allgemeine Steuersatz, jeweils ab einem Tag; es gilt der Satz des Leistungstages.",
    (
        Column("Gueltig_ab", Kind.DAY, lambda one: one.valid_from),
        Column("Steuersatz", Kind.RATE, lambda one: one.rate, "Prozent"),
    ),
    tax_audit.rates,
    of_period=False,
)

RANGES = AuditTable(
    "Nummernkreise",
    "nummernkreise.csv",
    "Die zuletzt vergebene Zahl jedes Nummernkreises der Jahre des Zeitraums, nach heutigem Stand. Nummern "
    "werden bei der Ausstellung fortlaufend und nur einmal vergeben; Entwürfe haben keine.",
    (
        Column("Art", Kind.TEXT, lambda one: _RANGES[NumberKind(one.kind)]),
        Column("Jahr", Kind.WHOLE, lambda one: one.year, "0: zählt über alle Jahre"),
        Column("Letzte_Zahl", Kind.WHOLE, lambda one: one.last),
    ),
    tax_audit.ranges,
    keys=2,
    of_period=False,
)
