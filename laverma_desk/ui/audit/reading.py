"""What the page shows of a check, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.services.tax_audit import check_words
from laverma_desk.services.tax_audit.checking import CheckResult

SHOWN = 30
"""Findings that the window lists: laid out in less than 50 ms; the others are counted."""


@dataclass(frozen=True)
class FindingReading:
    """What is wrong, and what to do about it (it may be empty); `damage` or only to be explained."""

    sentence: str
    remedy: str
    damage: bool


@dataclass(frozen=True)
class CheckReading:
    """The verdict with its drawing and tone, what was looked at, the findings, and a line below them."""

    verdict: str
    icon: str
    tone: str
    checked: str
    findings: Sequence[FindingReading]
    more: str = ""


def check_reading(result: CheckResult) -> CheckReading:
    """Return the words of a result."""
    icon, tone = ("check-circle", "green")
    if result.count:
        icon, tone = ("warning", "red") if result.damaged else ("info", "amber")
    listed = result.findings[:SHOWN]
    more = result.count - len(listed)
    below = [check_words.more_line(more)] if more else []
    if len(listed) < len(result.findings):
        kept = text.number(len(result.findings))
        below.append(_("Copying and saving take the first %(n)s along.") % {"n": kept})
    if not result.kept:
        below.append(_("This result could not be written down: it is gone when the program is closed."))
    return CheckReading(
        verdict=check_words.verdict(result),
        icon=icon,
        tone=tone,
        checked=check_words.checked(result),
        findings=[
            FindingReading(check_words.sentence(one), check_words.remedy(one), one.damage) for one in listed
        ],
        more=" ".join(below),
    )
