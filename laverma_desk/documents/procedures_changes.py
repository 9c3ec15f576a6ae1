"""What was last changed in the settings on which figures depend, as the paper lists it. In German."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.documents.procedures_general import LANGUAGE
from laverma_desk.documents.procedures_parts import Block, Fact, Section, said
from laverma_desk.domain.procedures import Procedures
from laverma_desk.domain.setting_change import SettingChange
from laverma_desk.text.setting_log import setting_change_words

_LONGEST = 160
"""Letters of a value: the words of a letter to customers are longer than a line of this list."""


def settings_changed(facts: Procedures) -> Section:
    """Return the section that lists the newest changes of settings, the newest first."""
    listed: tuple[Block, ...] = tuple(map(_line, facts.changes))
    return Section(
        "Änderungen der Einstellungen",
        (
            *said(
                "Wer eine Einstellung des Hauses ändert, hinterlässt im selben Schritt eine Zeile: "
                "Firmenangaben, Steuersätze, Tarife, Nummern, Mahnwesen, Buchhaltung, Gründe ohne "
                "Berechnung, dazu Mailkonto ohne Kennwort, Texte, Supporter und Sicherung. Die Zeilen werden "
                "nur angehängt; alle stehen im Programm unter „Prüfung“ und in der Datenüberlassung. Nicht "
                "protokolliert werden Textbausteine für Notizen, denn jede Notiz bleibt, wie sie geschrieben "
                "wurde, und was nur das Fenster eines Rechners betrifft. Was das Programm mitbringt, ist "
                "keine Änderung.",
                "Die letzten Änderungen, von denen Beträge, Belege oder Buchungen abhängen:"
                if listed
                else "An Einstellungen, von denen Beträge, Belege oder Buchungen abhängen, ist seit Beginn "
                "dieses Protokolls nichts geändert worden.",
            ),
            *listed,
        ),
    )


def _line(change: SettingChange) -> Fact:
    what = change.what
    name, old, new = setting_change_words(
        f"{what.section}.{what.field}", what.subject, what.old, what.new, LANGUAGE
    )
    when = text.date_time(change.at, LANGUAGE)
    label = f"{when}, {change.who}" if change.who else when
    return Fact(label, f"{name}: {_short(old)} → {_short(new)}")


def _short(value: str) -> str:
    words = " ".join(value.split()) or "–"
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"
