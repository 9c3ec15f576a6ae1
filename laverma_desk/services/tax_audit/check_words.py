"""The result of a check in words: what was looked at, what is wrong, and what to do."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.i18n import _, ngettext
from laverma_desk.services import upkeep_words
from laverma_desk.services.invoicing.finding_words import finding_line
from laverma_desk.services.invoicing.findings import Finding, FindingKind
from laverma_desk.services.tax_audit.checking import (
    ATTEMPT,
    DAMAGE,
    STORED_DOCUMENT,
    CheckFinding,
    CheckResult,
)

_OF_SESSION = frozenset({FindingKind.SESSION_STRAY.value, FindingKind.SESSION_UNLOCKED.value})
_SAID_ALREADY = frozenset({ATTEMPT, FindingKind.GAP.value, FindingKind.REPLACED.value})
"""Their sentences say what to do."""


def verdict(result: CheckResult) -> str:
    """Return in one sentence what came of a check."""
    if result.damaged:
        return ngettext("%(n)s finding.", "%(n)s findings.", result.damaged) % {
            "n": text.number(result.damaged)
        }
    if result.count:
        return _("Nothing is damaged, but something is to be explained.")
    return _("All is well: every issued document is as it was issued.")


def checked(result: CheckResult) -> str:
    """Return when and by whom it was checked, and how much."""
    counts = [
        ngettext("%(n)s invoice or cancellation", "%(n)s invoices and cancellations", result.documents)
        % {"n": text.number(result.documents)},
        ngettext("%(n)s payment reminder", "%(n)s payment reminders", result.letters)
        % {"n": text.number(result.letters)},
        ngettext("%(n)s stored file", "%(n)s stored files", result.files) % {"n": text.number(result.files)},
    ]
    # No number at the end of a line, away from what it counts.
    what = text.list_sentence([one.replace(" ", text.NBSP, 1) for one in counts])
    when = text.date_time(result.at)
    if not result.who:
        return _("Checked on %(when)s: %(what)s.") % {"when": when, "what": what}
    return _("Checked on %(when)s by %(who)s: %(what)s.") % {"when": when, "who": result.who, "what": what}


def sentence(one: CheckFinding) -> str:
    """Return what is wrong."""
    if one.kind == DAMAGE:
        return upkeep_words.damage_line(one.detail)
    if one.kind == STORED_DOCUMENT:
        return upkeep_words.document_line(one.number, one.detail)
    if one.kind == ATTEMPT:
        return upkeep_words.attempt_line(one.number)
    return finding_line(Finding(FindingKind(one.kind), one.number, one.detail))


def remedy(one: CheckFinding) -> str:
    """Return what to do about it, empty where its sentence says so."""
    if one.kind in _SAID_ALREADY:
        return ""
    if one.kind == DAMAGE:
        return _("Bring back the last backup, or ask whoever looks after this computer.")
    if one.kind == FindingKind.BEHIND:
        return _("Nothing has to be done.")
    if one.kind in _OF_SESSION:
        return _("Look at the session and the invoice: the session's log says who changed what.")
    return _("Look into a backup from before, and keep this desk as it is until it is clear what happened.")


def report(result: CheckResult, house: str) -> str:
    """Return the whole result as a text."""
    lines = [_("Check of the chain of documents"), house, "", verdict(result), checked(result)]
    for one in result.findings:
        lines += ["", sentence(one), remedy(one)] if remedy(one) else ["", sentence(one)]
    more = result.count - len(result.findings)
    if more:
        lines += ["", more_line(more)]
    return "\n".join(line for line in lines) + "\n"


def more_line(count: int) -> str:
    """Return that more was found than is kept."""
    return ngettext(
        "And %(n)s more finding that is not listed.", "And %(n)s more findings that are not listed.", count
    ) % {"n": text.number(count)}
