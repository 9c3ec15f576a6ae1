"""Chapters 4 and 5 of the paper: running it safely, and what the house has to see to itself. In German."""

from __future__ import annotations

from datetime import datetime

from laverma_desk import text
from laverma_desk.documents.procedures_general import LANGUAGE
from laverma_desk.documents.procedures_parts import Blank, Chapter, Fact, Section, Task, said, yes_or_no
from laverma_desk.domain.backup_rotation import DAILY, MONTHLY, WEEKLY
from laverma_desk.domain.procedures import Procedures


def operation(facts: Procedures) -> Chapter:
    """Return the documentation of the operation."""
    return Chapter(
        "Betriebsdokumentation",
        (_copies(facts), _restoring(), _access(), _checks(), _updates(), _audit()),
    )


def _copies(facts: Procedures) -> Section:
    copies = facts.copies
    folder = copies.folder if copies.there else f"{copies.folder} (zurzeit NICHT ERREICHBAR)"
    return Section(
        "Datensicherung",
        (
            *said(
                "Das Programm sichert die ganze Datei einmal am Tag, öffnet und vergleicht die Kopie und "
                f"zählt sie erst dann. Aufgehoben werden {DAILY} Tages-, {WEEKLY} Wochen- und {MONTHLY} "
                "Monatsstände; vor jeder neuen Programmversion mit anderem Schema und vor jeder "
                "Rücksicherung kommt ein weiterer Stand hinzu.",
            ),
            Fact("Ordner", folder),
            Fact("Verschlüsselt", yes_or_no(copies.sealed)),
            Fact("Letzte Sicherung", _moment(copies.newest) or "NOCH KEINE"),
            Fact("Vorhandene Stände", _count(copies.count, copies.oldest)),
            Blank("Kopie außer Haus (wohin, wie oft, wer)"),
            Blank("Wo die Passphrase der Sicherung hinterlegt ist"),
        ),
    )


def _restoring() -> Section:
    return Section(
        "Rücksicherung",
        (
            *said(
                "Vor dem Zurückholen zeigt das Programm, was die Kopie enthält und welche ausgestellten "
                "Belege ihr fehlen. Der heutige Stand bleibt daneben erhalten. Eine Sicherung gilt erst als "
                "erprobt, wenn sie einmal zurückgeholt wurde.",
            ),
            Blank("Letzte Probe einer Rücksicherung (Tag, wer, Ergebnis)", 2),
        ),
    )


def _access() -> Section:
    return Section(
        "Zugang und Rechte",
        (
            *said(
                "Das Programm hat keine eigenen Benutzerkonten und keine abgestuften Rechte: wer am "
                "Benutzerkonto des Rechners angemeldet ist, kann alles, was das Programm kann. Welcher "
                "Supporter am Platz sitzt, wird gewählt und nicht durch ein Kennwort geprüft. Zugang regelt "
                "daher die Anmeldung am Rechner.",
            ),
            Blank("Wer ein Benutzerkonto an diesem Rechner hat", 2),
            Blank("Anmeldung, Bildschirmsperre, Virenschutz"),
            Blank("Wer Verwaltungsrechte am Rechner hat"),
        ),
    )


def _checks() -> Section:
    return Section(
        "Kontrollen",
        (
            *said(
                "laverma-desk check prüft Datei, Verweise und jede gespeicherte Datei gegen ihren Prüfwert, "
                "laverma-desk verify und die Seite „Prüfung“ alle ausgestellten Belege. Nichts davon ändert "
                "etwas. Wie oft das geschieht und wer das Ergebnis ablegt, legt das Haus fest.",
            ),
            Blank("Prüfung der Belege (wie oft, wer, wo abgelegt)"),
            Blank("Abgleich offener Posten mit der Finanzbuchführung"),
            Blank("Abgleich der Fernwartungen mit den Protokollen der Fernwartungsprogramme"),
            Blank("Was bei einem Befund geschieht, wer unterrichtet wird"),
        ),
    )


def _updates() -> Section:
    return Section(
        "Neue Versionen, Ende der Nutzung",
        (
            *said(
                "Eine neue Version hebt ältere Daten auf ihr Schema; gelingt das nicht vollständig, bleibt "
                "die alte Datei, wie sie war. Jede Fassung dieser Dokumentation nennt Programm und Schema "
                "und wird mit ihnen aufgehoben. Vor einem Wechsel des Programms müssen Daten und "
                "Auswertbarkeit für die Dauer der Aufbewahrung gesichert sein.",
            ),
            Blank("Wer neue Versionen einspielt und vorher erprobt"),
            Blank("Verlauf der Versionen (Tag, Version, wer)", 4),
        ),
    )


def _audit() -> Section:
    return Section(
        "Datenzugriff der Finanzverwaltung",
        said(
            "Unmittelbarer und mittelbarer Zugriff (Z1, Z2): am Programm selbst, mit Verlauf, Rechnungen, "
            "Protokollen und Auswertungen; ein eigenes Konto nur zum Lesen gibt es nicht, es sollte jemand "
            "des Hauses dabei sein. Datenüberlassung (Z3): ein Ordner mit index.xml, der "
            "Dokumenttypdefinition und je einer CSV-Datei für Kunden, Rechnungen, Steuern, Positionen, "
            "Zahlungen, Fernwartungen, Änderungen, Mahnungen, Steuersätze und Nummernkreise; Notizen und "
            "Angaben über Ansprechpartner gehören nicht dazu. Elektronische Rechnungen liegen in ihrer "
            "ursprünglichen XML vor.",
        ),
    )


_TASKS = (
    "Alle leeren Zeilen dieser Dokumentation ausfüllen und das Ganze mit der Steuerberatung abstimmen.",
    "Festlegen, wer Zugang zum Rechner und zu den Sicherungen hat, und das schriftlich festhalten.",
    "Den Datenträger verschlüsseln und die Bildschirmsperre einschalten.",
    "Eine Kopie der Sicherung außer Haus aufbewahren und das Zurückholen mindestens einmal im Jahr üben.",
    "Änderungen an Preisen, Steuersätzen, Nummernformaten und Mahnregeln mit Tag und Grund notieren.",
    "Rechnungen und Zahlungen zeitnah bearbeiten; die Übergabe an die Finanzbuchführung fest einplanen.",
    "Eingangsrechnungen, Bank, Kasse und Belege auf Papier in der Dokumentation ihrer Systeme beschreiben.",
    "Mitarbeiter einweisen: keine Angaben über Patienten in Notizen, keine Kennwörter in Feldern.",
    "Die Prüfung der Belege regelmäßig laufen lassen und das Ergebnis ablegen.",
    "Diese Dokumentation bei jeder wesentlichen Änderung neu erstellen; alte Fassungen aufheben.",
)
_RELEASE = ("Geprüft und ergänzt von, am", "Gültig ab", "Ersetzt die Fassung vom", "Unterschrift")


def own_part() -> Chapter:
    """Return what no program can see to."""
    return Chapter(
        "Was das Haus selbst regeln muss",
        (
            Section("Zu erledigen und abzuhaken", tuple(map(Task, _TASKS))),
            Section("Freigabe", tuple(map(Blank, _RELEASE))),
        ),
    )


def _moment(at: datetime | None) -> str:
    return "" if at is None else text.date_time(at, LANGUAGE)


def _count(count: int, oldest: datetime | None) -> str:
    return f"{text.number(count, LANGUAGE)}{f', der älteste vom {_moment(oldest)}' if oldest else ''}"
