"""A remote session: segments of time, gaps in them, and everything written down with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.money import Charge
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.tariff import Tariff


class SessionState(StrEnum):
    """Where a session stands."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class Origin(StrEnum):
    """How a session came into the desk."""

    STOPWATCH = "stopwatch"
    IMPORT = "import"
    MANUAL = "manual"
    LOG = "log"

    @property
    def was_clocked(self) -> bool:
        """Return whether a clock of the desk ran: only then can it go on."""
        return self not in (Origin.MANUAL, Origin.LOG)


class GapKind(StrEnum):
    """What interrupted the clock's evidence."""

    SLEEP = "sleep"
    CLOCK_FORWARD = "clock_forward"
    CLOCK_BACK = "clock_back"
    NOT_RUNNING = "not_running"


class GapDecision(StrEnum):
    """What the supporter decided about a gap."""

    KEEP = "keep"
    DEDUCT = "deduct"
    SPLIT = "split"


@dataclass(frozen=True)
class Segment:
    """A stretch of running time, UTC; `end` None while the clock runs."""

    begin: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Gap:
    """A stretch in which the program could not see the time pass, UTC. No decision: still open."""

    id: int
    session_id: int
    kind: GapKind
    begin: datetime
    end: datetime
    decision: GapDecision | None = None

    @property
    def seconds(self) -> int:
        """Return its length in whole seconds, whichever way the clock jumped."""
        return abs(self.end - self.begin) // timedelta(seconds=1)


@dataclass(frozen=True)
class AgreementException:
    """Why a session was allowed without a valid agreement, who decided, and when (UTC)."""

    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class SupportSession:
    """One remote session with what is written on it.

    Names of customer, workstation and supporter are those of the record while it runs and are
    frozen when it ends, as are `tariff` and `charge`. `report_open`: ended, and nobody has decided yet
    about its report. `invoice_number` is the invoice that bills it. `not_possible`: it was asked for and
    tried, but could not take place; its segments stay as evidence, and none of their time counts.
    """

    id: int
    number: str
    customer_id: int
    workstation_id: int
    supporter_id: int
    customer_name: str
    workstation_name: str
    supporter_name: str
    state: SessionState
    segments: tuple[Segment, ...]
    gaps: tuple[Gap, ...] = ()
    requested_by: str = ""
    channel: Channel = Channel.PHONE
    tool: Tool = Tool.TEAMVIEWER
    partner_id: str = ""
    notes: str = ""
    internal_note: str = ""
    billable: bool = True
    free_reason_id: int | None = None
    free_reason: str = ""
    recipient: str = ""
    report_open: bool = False
    exception: AgreementException | None = None
    origin: Origin = Origin.STOPWATCH
    tariff: Tariff | None = None
    charge: Charge | None = None
    continued_from: int | None = None
    invoice_number: str | None = None
    not_possible: NotPossible | None = None

    @property
    def billed(self) -> bool:
        """Return whether an invoice bills it: then it stays as it is."""
        return self.invoice_number is not None

    @property
    def begin(self) -> datetime:
        """Return the first instant."""
        return self.segments[0].begin

    @property
    def end(self) -> datetime | None:
        """Return the last instant, None while the clock runs."""
        return self.segments[-1].end

    @property
    def open_gap(self) -> Gap | None:
        """Return the first gap that nobody has decided about."""
        return next((gap for gap in self.gaps if gap.decision is None), None)

    @property
    def partner(self) -> str:
        """Return customer and workstation as one name, as reports show them."""
        return f"{self.customer_name} – {self.workstation_name}"


def overlap(segments: Iterable[Segment], begin: datetime, end: datetime, now: datetime) -> timedelta:
    """Return how much of the stretch from begin to end was running time."""
    total = timedelta()
    for segment in segments:
        first = max(segment.begin, begin)
        last = min(segment.end or now, end)
        total += max(timedelta(), last - first)
    return total


def duration(session: SupportSession, now: datetime) -> timedelta:
    """Return the running time up to an instant: segments less the gaps that were taken off.

    Never negative, even where the wall clock was set back.
    """
    total = timedelta()
    for segment in session.segments:
        total += max(timedelta(), (segment.end or now) - segment.begin)
    for gap in session.gaps:
        if gap.decision is GapDecision.DEDUCT:
            home = session.segments[_home(session, gap)]
            total -= overlap((home,), gap.begin, gap.end, now)
    return max(timedelta(), total)


def seconds(session: SupportSession, now: datetime) -> int:
    """Return the running time in whole seconds; a fraction of a second does not count."""
    return duration(session, now) // timedelta(seconds=1)


def counted_seconds(session: SupportSession, now: datetime) -> int:
    """Return the seconds that are charged for: none of an attempt that was not possible, else all."""
    return 0 if session.not_possible else seconds(session, now)


def part(session: SupportSession, gap: Gap) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return the running time before a gap and the running time after it; either may be empty."""
    if gap.kind is GapKind.CLOCK_BACK:
        seam = _seam(session.segments, gap)
        return session.segments[:seam], session.segments[seam:]
    place = _home(session, gap)
    home = session.segments[place]
    before, after = session.segments[:place], session.segments[place + 1 :]
    if home.begin < gap.begin:
        before = (*before, replace(home, end=min(home.end or gap.begin, gap.begin)))
    if home.end is None or home.end > gap.end:
        after = (replace(home, begin=max(home.begin, gap.end)), *after)
    return before, after


def _home(session: SupportSession, gap: Gap) -> int:
    """Return the place of the segment in which a gap lies.

    Where a clock was set back, wall time occurs twice: only segments of the clock that showed when the
    gap was noted can hold it.
    """
    first, last = 0, len(session.segments)
    for other in session.gaps:
        if other.kind is not GapKind.CLOCK_BACK:
            continue
        seam = _seam(session.segments, other)
        if other.id < gap.id:
            first = max(first, min(seam, last - 1))
        elif seam > 0:
            last = min(last, seam)
    return max(
        range(first, max(last, first + 1)),
        key=lambda place: overlap(session.segments[place : place + 1], gap.begin, gap.end, gap.end),
    )


def _seam(segments: tuple[Segment, ...], gap: Gap) -> int:
    """Return the place of the first segment after a clock was set back.

    0 or their number where all lie on one side of it, because a split took the other side away.
    """
    for at, (old, new) in enumerate(pairwise(segments), start=1):
        if (old.end, new.begin) == (gap.begin, gap.end):
            return at
    return len(segments) if segments[-1].end == gap.begin else 0


@dataclass(frozen=True)
class GapOutcomes:
    """The seconds that each answer to an open gap would leave."""

    keep: int
    deduct: int
    split: tuple[int, int]


def gap_outcomes(session: SupportSession, gap: Gap, now: datetime) -> GapOutcomes:
    """Return what each decision about a gap would make of the session, to the second."""

    def decided(decision: GapDecision) -> int:
        gaps = tuple(replace(one, decision=decision) if one.id == gap.id else one for one in session.gaps)
        return seconds(replace(session, gaps=gaps), now)

    before, after = part(session, gap)
    earlier = tuple(one for one in session.gaps if one.id < gap.id)
    later = tuple(one for one in session.gaps if one.id > gap.id)
    return GapOutcomes(
        keep=decided(GapDecision.KEEP),
        deduct=decided(GapDecision.DEDUCT),
        split=(
            seconds(replace(session, segments=before, gaps=earlier if before else ()), now),
            seconds(replace(session, segments=after, gaps=later if after else ()), now),
        ),
    )
