"""Chapter 1 of the paper: the house, what the program is for, the way of a case. German, as the law is."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.documents.procedures_parts import Blank, Chapter, Fact, Section, said, yes_or_no
from laverma_desk.domain.procedures import Procedures
from laverma_desk.domain.retention import YEARS, Law
from laverma_desk.domain.tariff import Tariff

LANGUAGE = "de"


def general(facts: Procedures) -> Chapter:
    """Return the general description."""
    return Chapter(
        "Allgemeine Beschreibung",
        (_house(facts), _purpose(facts), _people(facts), _way(), _prices(facts), _retention()),
    )


def _house(facts: Procedures) -> Section:
    house = facts.company
    town = f"{house.postcode} {house.city}".strip()
    return Section(
        "Das Haus",
        (
            Fact("Name", house.name),
            Fact("Anschrift", ", ".join(part for part in (house.street, town) if part)),
            Fact("Register", house.register),
            Fact("Steuernummer", house.tax_number),
            Fact("USt-IdNr.", house.vat_id),
            Fact("Finanzamt", house.tax_office),
            Fact("Kleinunternehmer, § 19 UStG", yes_or_no(house.small_business)),
            Fact("Ist-Versteuerung, § 20 UStG", yes_or_no(house.vat_on_receipt)),
            Blank("Rechtsform und Gegenstand des Unternehmens"),
            Blank("Gewinnermittlung (Bilanz oder EÜR), Wirtschaftsjahr"),
        ),
    )


def _purpose(facts: Procedures) -> Section:
    held = facts.holdings
    span = ""
    if held.first is not None and held.last is not None:
        span = f", vom {text.date(held.first, LANGUAGE)} bis zum {text.date(held.last, LANGUAGE)}"
    return Section(
        "Aufgabe des Programms und Abgrenzung",
        (
            *said(
                "Laverma Desk ist ein Vorsystem der Buchführung. Mit ihm zeichnet das Haus seine "
                "Fernwartungen auf (Grundaufzeichnungen), berichtet dem Kunden, stellt daraus Rechnungen, "
                "schreibt Zahlungen und Mahnungen dazu und übergibt das Ergebnis der Finanzbuchführung.",
                "Nicht in diesem Programm liegen: die Finanzbuchführung selbst, Eingangsrechnungen, Kasse, "
                "Bankauszüge, Lohn und Anlagen. Wo sie geführt werden, beschreibt das Haus an anderer "
                "Stelle.",
            ),
            Fact("Fernwartungen", f"{text.number(held.sessions, LANGUAGE)}{span}"),
            Fact("Kunden", text.number(held.customers, LANGUAGE)),
            Fact("Ausgestellte Belege", text.number(held.documents, LANGUAGE)),
            Fact("Zahlungseinträge", text.number(held.payments, LANGUAGE)),
            Fact("Mahnungen", text.number(held.reminders, LANGUAGE)),
            Blank("Finanzbuchführung: Programm, Ort, wer sie führt"),
            Blank("Weitere Systeme (Bank, Kasse, Eingangsrechnungen)", 2),
        ),
    )


def _people(facts: Procedures) -> Section:
    return Section(
        "Beteiligte",
        (
            Fact("Supporter", ", ".join(facts.supporters)),
            Blank("Verantwortlich für Fernwartung und Abrechnung"),
            Blank("Verantwortlich für Technik und Sicherung"),
            Blank("Vertretung"),
            Blank("Steuerberatung"),
        ),
    )


def _way() -> Section:
    return Section(
        "Weg eines Vorgangs",
        said(
            "Anruf, Fernwartung, Bericht, Rechnung, Versand, Zahlung, Übergabe: Jede Fernwartung hat eine "
            "Sitzungsnummer. Die Rechnungsposition nennt sie, die Fernwartung nennt die Rechnung, die "
            "Zahlung nennt die Rechnung, und die Buchung trägt die Rechnungsnummer als Belegnummer. So lässt "
            "sich jeder Vorgang von der Buchung bis zum Anruf und vom Anruf bis zur Buchung verfolgen "
            "(progressiv und retrograd).",
            "Zeitgerecht: Die Uhr läuft während des Anrufs, Beginn und Ende stehen also sofort fest. Was "
            "nachgetragen wird, trägt den Vermerk „nachgetragen“ und den Zeitpunkt der Erfassung. Unbare "
            "Vorgänge sollen innerhalb von zehn Tagen festgehalten sein (GoBD, Rz 47).",
        ),
    )


def _prices(facts: Procedures) -> Section:
    tariffs = [Fact(f"Preis ab {text.date(one.valid_from, LANGUAGE)}", _price(one)) for one in facts.tariffs]
    rates = [
        Fact(f"Steuersatz ab {text.date(one.valid_from, LANGUAGE)}", text.percent(one.rate, LANGUAGE))
        for one in facts.vat_rates
    ]
    free = [f"{one.name}{'' if one.on_invoice else ' (nur intern)'}" for one in facts.free_reasons]
    return Section(
        "Preise und Steuersätze",
        (
            *said(
                "Preis, Rundung und Steuersatz werden am Ende der Fernwartung festgeschrieben: spätere "
                "Änderungen der Preise wirken nicht zurück. Gerundet wird je Fernwartung, die Umsatzsteuer "
                "je Rechnung und Steuersatz einmal. Einzelne Kunden können eigene Preise haben; sie stehen "
                "mit ihrem ersten Tag beim Kunden.",
            ),
            *tariffs,
            *(rates if not facts.company.small_business else ()),
            Fact("Gründe ohne Berechnung", ", ".join(free)),
        ),
    )


def _price(one: Tariff) -> str:
    parts = [
        f"{text.money(one.price_cents, LANGUAGE)} je Minute netto",
        text.rounding_name(one.rounding, LANGUAGE),
        *(
            [f"mindestens {text.duration_words(one.minimum_seconds, LANGUAGE)}"]
            if one.minimum_seconds
            else []
        ),
        *([f"die ersten {text.duration_words(one.free_seconds, LANGUAGE)} frei"] if one.free_seconds else []),
    ]
    return ", ".join(parts)


def _retention() -> Section:
    return Section(
        "Aufbewahrung",
        (
            Fact("Rechnungen, Buchungsbelege", f"{YEARS[Law.BOOKING]} Jahre, § 147 Abs. 3 AO, § 14b UStG"),
            Fact("Berichte, Geschäftsbriefe", f"{YEARS[Law.LETTER]} Jahre, § 147 Abs. 3 AO, § 257 HGB"),
            Fact("Diese Dokumentation", "10 Jahre, § 147 Abs. 3 AO; jede frühere Fassung wird aufgehoben"),
            *said(
                "Die Frist beginnt mit dem Ende des Kalenderjahres. Das Programm löscht nichts von selbst: "
                "ein Kunde, der Löschung verlangt, wird gesperrt, und nach Ablauf der Frist nimmt ein Mensch "
                "die Angaben heraus. Nummern, Tage, Beträge und Prüfwerte bleiben. Ob eine Frist länger "
                "läuft (§ 147 Abs. 3 AO), entscheidet das Haus.",
            ),
        ),
    )
