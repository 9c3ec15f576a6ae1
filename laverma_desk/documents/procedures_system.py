"""Chapter 3 of the paper: program, data, numbers, seals, logs, chain, interfaces as they are. In German."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.documents.procedures_changes import settings_changed
from laverma_desk.documents.procedures_general import LANGUAGE
from laverma_desk.documents.procedures_parts import Blank, Block, Chapter, Fact, Section, said, yes_or_no
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.procedures import Machine, Procedures, Sealed

_SECURITY = {
    Security.STARTTLS: "STARTTLS",
    Security.TLS: "TLS",
    Security.NONE: "unverschlüsselt",
}
_SEALED = {
    Sealed.DOCUMENTS: "Dateien (PDF, XML, Mails)",
    Sealed.INVOICES: "Rechnungen, Stornorechnungen",
    Sealed.INVOICE_LINES: "Rechnungspositionen",
    Sealed.PAYMENTS: "Zahlungen",
    Sealed.REMINDERS: "Mahnungen",
    Sealed.REMINDED_INVOICES: "Rechnungen auf Mahnungen",
    Sealed.SESSIONS: "Abgerechnete Fernwartungen",
    Sealed.SEGMENTS: "Deren Zeiten",
    Sealed.GAPS: "Deren Unterbrechungen",
    Sealed.SESSION_CHANGES: "Protokoll der Fernwartungen",
    Sealed.CUSTOMER_CHANGES: "Protokoll der Kunden",
    Sealed.SETTING_CHANGES: "Protokoll der Einstellungen",
    Sealed.AGREEMENTS: "Verträge zur Auftragsverarbeitung",
}
_RANGES = {
    "customer": "Kunden",
    "session": "Fernwartungen",
    "invoice": "Rechnungen",
    "cancellation": "Stornorechnungen",
    "reminder": "Zahlungserinnerungen",
    "dunning": "Mahnungen",
}
_EVERY_YEAR = 0
_HALF = 32
"""Letters of a hash on its first line."""


def system(facts: Procedures) -> Chapter:
    """Return the technical documentation."""
    return Chapter(
        "Technische Systemdokumentation",
        (
            _program(facts),
            _ranges(facts),
            _seals(facts),
            _logs(),
            settings_changed(facts),
            _chain(facts),
            _mail(facts.mail, facts.machine),
            _interfaces(facts),
        ),
    )


def _program(facts: Procedures) -> Section:
    machine = facts.machine
    rights = {
        None: "",
        True: "nur für das eigene Benutzerkonto lesbar",
        False: "auch für andere Konten lesbar",
    }
    return Section(
        "Programm, Rechner, Ort der Daten",
        (
            Fact("Programm", f"Laverma Desk {facts.version}, Datenbankschema {facts.revision}"),
            Fact(
                "Rechner dieser Fassung",
                f"{machine.system}, Python {machine.python}, {machine.engine}",
            ),
            Fact("Datenbank", machine.database),
            Fact("Fehlerprotokoll", f"{machine.log} (ohne Angaben über Kunden)"),
            Fact("Rechte am Datenordner", rights[machine.private]),
            *said(
                "Alle Daten liegen in einer einzigen SQLite-Datei auf diesem Rechner, mit Fremdschlüsseln "
                "und Transaktionen: was bestätigt ist, steht auf dem Datenträger, Halbes gibt es nicht. Die "
                "Datei selbst ist nicht verschlüsselt.",
            ),
            Blank("Weitere Rechner mit diesem Programm"),
            Blank("Verschlüsselung des Datenträgers (BitLocker, LUKS, …)"),
            Blank("Zeitabgleich der Rechneruhr"),
        ),
    )


def _ranges(facts: Procedures) -> Section:
    counted = [
        Fact(
            f"{_RANGES[one.kind]}{'' if one.year == _EVERY_YEAR else f' {one.year}'}",
            f"zuletzt vergeben: {text.number(one.last, LANGUAGE)}",
        )
        for one in sorted(facts.ranges, key=lambda one: (list(_RANGES).index(one.kind), one.year))
    ]
    return Section(
        "Nummernkreise",
        (
            *said(
                "Nummern werden im selben Schritt vergeben, in dem der Beleg gespeichert wird, nur aufwärts "
                "und jede nur einmal. Entwürfe haben keine Nummer. Eine Nummer, die nach einer Rücksicherung "
                "fehlt, wird nicht noch einmal vergeben.",
            ),
            *counted,
        ),
    )


def _seals(facts: Procedures) -> Section:
    return Section(
        "Unveränderbarkeit",
        (
            *said(
                "Regeln in der Datenbank selbst (Trigger) weisen jede Änderung, Löschung und Ersetzung "
                "zurück, gleich welches Programm sie versucht. Der Stand an diesem Tag:",
            ),
            *(
                Fact(
                    _SEALED[one.sealed],
                    f"NICHT VOLLSTÄNDIG, es fehlt: {', '.join(one.missing)}" if one.missing else "versiegelt",
                )
                for one in facts.seals
            ),
            *said(
                "Wer Zugang zum Rechner und Kenntnisse von Datenbanken hat, kann solche Regeln entfernen. "
                "Deshalb ist der Schutz des Rechners Sache des Hauses, und deshalb gibt es die Kette der "
                "Belege.",
            ),
        ),
    )


def _logs() -> Section:
    return Section(
        "Was protokolliert wird",
        said(
            "An jeder beendeten Fernwartung: jede Änderung von Kunde, Arbeitsplatz, Supporter, Beginn, Ende, "
            "Unterbrechungen, Notizen, Abrechnung, Grund, Preis, Rundung und Betrag, dazu Nachträge, "
            "Ausnahmen und gestartete Verbindungen. An jedem Kunden: jede Änderung der Stammdaten, "
            "Ansprechpartner, Arbeitsplätze, Preise und Verträge, das Zusammenlegen, Sperren und Löschen. An "
            "den Einstellungen des Hauses: jede Änderung.",
            "Jede Zeile nennt Zeitpunkt, Person, Feld, alten und neuen Wert, bei Berichtigungen die "
            "Begründung. Zeilen werden nur angehängt. Was abgerechnet ist, trägt seine eigenen Werte: eine "
            "spätere Änderung der Preise oder Steuersätze ändert daran nichts.",
        ),
    )


def _chain(facts: Procedures) -> Section:
    end: tuple[Block, ...] = said("Noch ist kein Beleg ausgestellt.")
    if facts.chain is not None:
        chain = facts.chain
        end = (
            Fact("Letzter Beleg", f"{chain.number} vom {text.date(chain.issued_on, LANGUAGE)}"),
            Fact("Prüfwert der Kette", f"{chain.chain_sha256[:_HALF]} {chain.chain_sha256[_HALF:]}"),
            *said(
                "Mit diesem Ausdruck außerhalb des Rechners aufbewahrt, belegt der Prüfwert den Stand aller "
                "Belege bis hierher: würde einer davon nachträglich geändert, ergäbe die Kette einen anderen "
                "Wert.",
            ),
        )
    return Section(
        "Kette der Belege",
        (
            *said(
                "Zu jedem Beleg gehören die SHA-256-Prüfwerte seines Datensatzes, seiner PDF und seiner XML. "
                "Ein weiterer Prüfwert verbindet sie mit der Nummer und dem Prüfwert des Belegs davor. "
                "„Prüfung“ im Programm und laverma-desk verify rechnen alles nach: Kette, Dateien, Beträge, "
                "XML gegen die Regeln, PDF gegen XML, gesperrte Fernwartungen, Lücken.",
            ),
            *end,
        ),
    )


def _mail(account: MailAccount, machine: Machine) -> Section:
    if not account.complete:
        return Section(
            "Mailkonto",
            said("Kein Mailkonto ist eingerichtet."),
        )
    kept = (
        f"im Schlüsselbund des Systems ({machine.keyring})"
        if machine.keyring
        else ("nur bis zum Beenden des Programms; dieses System hat keinen Schlüsselbund")
    )
    return Section(
        "Mailkonto",
        (
            Fact("Absender", " ".join(part for part in (account.sender_name, account.sender) if part)),
            Fact("Server", f"{account.host}:{account.port}, {_SECURITY[account.security]}"),
            Fact("Benutzer", account.user or "ohne Anmeldung"),
            Fact("Kennwort", kept),
            Fact("Kopie an das Haus", yes_or_no(account.copy_to_self)),
        ),
    )


def _interfaces(facts: Procedures) -> Section:
    tools = [
        Fact(text.tool(one.tool, LANGUAGE), one.started or "auf diesem Rechner nicht gefunden")
        for one in facts.tools
    ]
    books = facts.bookkeeping
    return Section(
        "Schnittstellen",
        (
            *tools,
            *said(
                "An ein Fernwartungsprogramm wird nur die geprüfte Partner-ID gegeben, nie ein Kennwort. "
                "Dessen Protokolle können eingelesen und mit den Fernwartungen abgeglichen werden; "
                "abgerechnet wird dadurch nichts von selbst.",
                "Ausgaben: DATEV (Buchungsstapel und Debitoren), Datenüberlassung für die Betriebsprüfung "
                "(Z3, mit Beschreibung nach dem Standard der Finanzverwaltung), Auswertungen, Fernwartungen "
                "und Kunden als CSV oder Excel. Einlesen: Kunden, Fernwartungen und Verbindungen aus "
                "Dateien, ganz oder gar nicht, mit Vermerk der Herkunft.",
            ),
            Fact("DATEV-Beraternummer", str(books.consultant or "")),
            Fact("DATEV-Mandantennummer", str(books.client or "")),
            Fact("Kontenrahmen", f"SKR{books.chart.value}, Sachkonten mit {books.account_length} Stellen"),
            Fact("Zahlungen übergeben", yes_or_no(books.payments)),
            Fact("Festschreibung", yes_or_no(books.committed)),
        ),
    )
