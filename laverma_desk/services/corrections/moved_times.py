"""What becomes of the running time and its gaps when somebody corrects begin or end of a session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from laverma_desk.domain.support_session import Gap, GapKind, Segment, SupportSession


@dataclass(frozen=True)
class Times:
    """Segments and gaps of an ended session, UTC."""

    segments: tuple[Segment, ...]
    gaps: tuple[Gap, ...]


def moved(found: SupportSession, begin: datetime, end: datetime) -> Times:
    """Return the times of an ended session that really lasted from `begin` to `end`.

    The rule: what was typed counts. A begin that moves back lengthens the first segment, one that moves
    on cuts away what ran before it; the end likewise. Pauses in between stay. A begin or end that falls
    into a pause takes the pause with it: the time runs from the begin on, and up to the end. Where nothing
    of the old running time is left (another day was meant), the time runs through from begin to end.
    Gaps that lie outside of the new time go, those that reach over its edge are cut there; a seam of a
    clock that was set back stays as long as time lies on both sides of it.
    """
    if (begin, end) == (found.begin, found.end):
        return Times(found.segments, found.gaps)
    segments = _cut(found.segments, begin, end)
    return Times(segments, tuple(_kept(found.gaps, segments)))


def _cut(segments: tuple[Segment, ...], begin: datetime, end: datetime) -> tuple[Segment, ...]:
    left = list(segments)
    # In their own order, not by wall time: a clock that was set back shows the same time twice.
    if begin != segments[0].begin:
        while left and _end(left[0]) <= begin:
            del left[0]
    if end != segments[-1].end:
        while left and left[-1].begin >= end:
            del left[-1]
    if not left:
        return (Segment(begin, end),)
    left[0] = replace(left[0], begin=begin)
    left[-1] = replace(left[-1], end=end)
    if any(_end(one) < one.begin for one in (left[0], left[-1])):
        # Only a clock that was set back makes this: begin and end lie on the two sides in the wrong order.
        return (Segment(begin, end),)
    return tuple(left)


def _kept(gaps: tuple[Gap, ...], segments: tuple[Segment, ...]) -> list[Gap]:
    seams = {(old.end, new.begin) for old, new in pairwise(segments)}
    kept = []
    for gap in gaps:
        if gap.kind is GapKind.CLOCK_BACK:
            if (gap.begin, gap.end) in seams:
                kept.append(gap)
            continue
        first, last = min(one.begin for one in segments), max(_end(one) for one in segments)
        inside = replace(gap, begin=max(gap.begin, first), end=min(gap.end, last))
        if inside.begin < inside.end:
            kept.append(inside)
    return kept


def _end(segment: Segment) -> datetime:
    """Return the end of a segment of an ended session."""
    return segment.end or segment.begin
