"""Chapter 2 of the paper: what people do with the program, and what they have to agree on. In German."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.documents.procedures_general import LANGUAGE
from laverma_desk.documents.procedures_parts import Blank, Chapter, Fact, Section, said, yes_or_no
from laverma_desk.domain.clock import local
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.document_number import filled
from laverma_desk.domain.procedures import Procedures

_FORMATS = {
    InvoiceFormat.HOUSE: "PDF",
    InvoiceFormat.PDF: "PDF",
    InvoiceFormat.ZUGFERD: "ZUGFeRD (PDF mit XML)",
    InvoiceFormat.XRECHNUNG: "XRechnung (XML)",
}


def use(facts: Procedures) -> Chapter:
    """Return the user documentation."""
    return Chapter(
        "Anwenderdokumentation",
        (
            _recording(),
            _correcting(),
            _billing(facts),
            _cancelling(),
            _paying(facts),
            _privacy(),
            _duties(),
        ),
    )


def _recording() -> Section:
    return Section(
        "Fernwartung aufzeichnen",
        said(
            "Der Supporter wählt Kunde und Arbeitsplatz, startet die Uhr und schreibt Notizen, die von "
            "selbst gespeichert werden. Unterbrechungen (Standby, verstellte Uhr, beendetes Programm) werden "
            "erkannt und müssen entschieden werden; die Entscheidung wird festgehalten. Ohne gültigen "
            "Vertrag zur Auftragsverarbeitung beginnt keine Fernwartung, außer mit begründeter Ausnahme.",
            "Am Ende legt der Supporter fest, ob abgerechnet wird, sonst mit welchem Grund. Der Bericht geht "
            "als PDF per E-Mail an den Kunden; die gesendeten Bytes werden mit ihrem SHA-256-Prüfwert "
            "aufbewahrt. Was nicht möglich war, wird als Versuch ohne Minuten festgehalten.",
        ),
    )


def _correcting() -> Section:
    return Section(
        "Nachtragen und berichtigen",
        said(
            "Eine vergessene Fernwartung wird nachgetragen; das ist an ihr vermerkt. Eine beendete "
            "Fernwartung lässt sich nur mit Begründung berichtigen. Alter und neuer Wert, wer, wann und "
            "warum stehen danach im Änderungsprotokoll. Was eine Rechnung abrechnet, ist gesperrt, bis die "
            "Rechnung storniert ist.",
        ),
    )


def _billing(facts: Procedures) -> Section:
    settings, year = facts.invoice, local(facts.made_at).year
    return Section(
        "Abrechnen und versenden",
        (
            *said(
                "Aus den offenen Fernwartungen eines Kunden entsteht ein Entwurf ohne Nummer. Vor dem "
                "Stellen nennt das Programm, was fehlt oder sich widerspricht. Beim Stellen werden Nummer, "
                "Inhalt, PDF und gegebenenfalls XML in einem einzigen Schritt gespeichert und die "
                "Fernwartungen gesperrt. PDF und XML entstehen aus demselben festgeschriebenen Datensatz; "
                "die XML wird vorher nach den amtlichen Regeln geprüft.",
                "Versandt wird per E-Mail. „Übergeben“ heißt, dass der Mailserver die Nachricht angenommen "
                "hat, nicht dass sie gelesen wurde.",
            ),
            Fact("Rechnungsnummern", _example(settings.number_format, year)),
            Fact("Stornorechnungen", _example(settings.cancellation_format, year)),
            Fact("Zahlungserinnerungen", _example(settings.reminder_format, year)),
            Fact("Mahnungen", _example(settings.dunning_format, year)),
            Fact("Zahlungsziel", f"{settings.payment_days} Tage, wenn beim Kunden nichts anderes steht"),
            Fact("Format", f"{_FORMATS[settings.format]}, wenn beim Kunden nichts anderes steht"),
        ),
    )


def _example(pattern: str, year: int) -> str:
    return f"{pattern}, zum Beispiel {filled(pattern, year, 1)}"


def _cancelling() -> Section:
    return Section(
        "Stornieren",
        said(
            "Eine ausgestellte Rechnung wird nie geändert und nie gelöscht. Ist sie falsch, wird sie durch "
            "eine Stornorechnung mit eigener Nummer, Begründung und denselben Zeilen mit umgekehrtem "
            "Vorzeichen aufgehoben. Die Fernwartungen werden frei und können neu abgerechnet werden. Eine "
            "zweite Stornorechnung zur selben Rechnung ist nicht möglich.",
        ),
    )


def _paying(facts: Procedures) -> Section:
    asked = facts.reminders
    fees = ", ".join(text.money(cents, LANGUAGE) for cents in asked.fees)
    return Section(
        "Zahlungen und Mahnungen",
        (
            *said(
                "Zahlungen werden von Hand mit ihrem Zahltag eingetragen. Ein falscher Eintrag wird durch "
                "einen Gegeneintrag mit Begründung zurückgenommen; beide bleiben stehen.",
            ),
            Fact("Fristen der drei Stufen", f"{', '.join(map(str, asked.days))} Tage"),
            Fact("Gebühren der drei Stufen", fees),
            Fact("Verzugszinsen", yes_or_no(asked.interest)),
            Fact("Pauschale, § 288 Abs. 5 BGB", yes_or_no(asked.lump_sum)),
        ),
    )


def _privacy() -> Section:
    return Section(
        "Auskunft, Sperre, Löschung",
        said(
            "Auskunft (Art. 15 DSGVO) gibt das Programm als Archiv über alles, was zu einem Kunden "
            "gespeichert ist. Verlangt er Löschung (Art. 17 DSGVO), wird gesperrt, was aufbewahrt werden "
            "muss, und der Rest gelöscht. Nur die Löschung nach Ablauf der Aufbewahrung öffnet die "
            "Versiegelung der Belege, für diesen einen Schritt; sie trägt Tag und Begründung ein.",
        ),
    )


def _duties() -> Section:
    return Section(
        "Wer wann was tut",
        (
            Blank("Offene Fernwartungen durchsehen (wie oft, wer)"),
            Blank("Rechnungen stellen und senden (wann im Monat, wer)"),
            Blank("Zahlungen eintragen (wie oft, nach welchem Auszug, wer)"),
            Blank("Mahnen (wann, wer)"),
            Blank("Übergabe an die Finanzbuchführung (wann, wer)"),
            Blank("Wer Stornorechnungen und Berichtigungen freigibt"),
        ),
    )
