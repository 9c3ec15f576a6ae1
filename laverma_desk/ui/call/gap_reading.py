"""What the gap bar says: how a gap came about, and what each answer would leave."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.money import Charge, charge
from laverma_desk.domain.support_session import Gap, GapKind, SupportSession, gap_outcomes
from laverma_desk.domain.tariff import Tariff
from laverma_desk.i18n import _

_LONG_MINUTES = 120
_OVER_NIGHT = frozenset({GapKind.SLEEP, GapKind.NOT_RUNNING})


class GapReading(NamedTuple):
    """The words of the gap bar. An answer that is not offered is None."""

    icon: str
    sentence: str
    question: str
    keep: str
    deduct: str | None
    split: str | None


def read_gap(session: SupportSession, tariff: Tariff, now: datetime) -> GapReading | None:
    """Return what the bar shows of the first open gap, None where there is none."""
    gap = session.open_gap
    if gap is None:
        return None
    outcomes = gap_outcomes(session, gap, now)
    first, second = outcomes.split
    parts = (charge(first, tariff), charge(second, tariff))
    deduct = None if gap.kind is GapKind.CLOCK_BACK else text.billed_time(charge(outcomes.deduct, tariff))
    split = _both(*parts) if first > 0 and second > 0 else None
    return GapReading(
        icon="moon" if gap.kind is GapKind.SLEEP else "clock",
        sentence=_sentence(gap),
        question=_question(gap, deduct is not None, split is not None),
        keep=text.billed_time(charge(outcomes.keep, tariff)),
        deduct=deduct,
        split=split,
    )


def gap_length(gap: Gap) -> str:
    """Return how long a gap is: 31 Min, or in words from two hours on."""
    minutes = _minutes(gap)
    return text.minutes(minutes) if minutes < _LONG_MINUTES else text.duration_words(minutes * 60)


def _minutes(gap: Gap) -> int:
    return (gap.seconds + 30) // 60


def _both(first: Charge, second: Charge) -> str:
    """Return both parts of a split: 10 + 3 Min."""
    if first.rounding.counts_seconds:
        return f"{text.billed_time(first)} + {text.billed_time(second)}"
    return f"{text.number(first.billed_minutes)} + {text.minutes(second.billed_minutes)}"


def _sentence(gap: Gap) -> str:
    """Return how a gap came about, as short as the bar is narrow: over a night the days say how long."""
    if local_day(gap.begin) != local_day(gap.end) and gap.kind in _OVER_NIGHT:
        words = {"from": _day_and_time(gap.begin), "to": _day_and_time(gap.end)}
        return {
            GapKind.SLEEP: _("The computer slept from %(from)s to %(to)s."),
            GapKind.NOT_RUNNING: _("The program did not run from %(from)s to %(to)s."),
        }[gap.kind] % words
    length = text.minutes(_minutes(gap)) if gap.kind in _OVER_NIGHT else gap_length(gap)
    words = {"from": text.time(gap.begin), "to": text.time(gap.end), "length": length}
    return {
        GapKind.SLEEP: _("The computer slept from %(from)s to %(to)s (%(length)s)."),
        GapKind.NOT_RUNNING: _("The program did not run from %(from)s to %(to)s (%(length)s)."),
        GapKind.CLOCK_FORWARD: _("The clock was set forward by %(length)s."),
        GapKind.CLOCK_BACK: _("The clock was set back by %(length)s."),
    }[gap.kind] % words


def _day_and_time(instant: datetime) -> str:
    return f"{text.short_date(local_day(instant))} {text.time(instant)}"


def _question(gap: Gap, deduct: bool, split: bool) -> str:
    if deduct and split:
        asked = _("Keep the time, deduct it or split?")
    elif deduct:
        asked = _("Keep the time or deduct it?")
    elif split:
        asked = _("Keep the time or split?")
    else:
        asked = _("Keep the time?")
    if gap.kind is GapKind.NOT_RUNNING:
        return _("Session restored. %(question)s") % {"question": asked}
    return asked
