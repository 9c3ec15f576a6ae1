"""What the history shows for a filter: the newest at once, then sums by day, and who can be filtered by."""

from __future__ import annotations

from dataclasses import dataclass, replace

from laverma_desk.domain.history import HistoryFilter, HistoryOverview, HistoryRow
from laverma_desk.services import history
from laverma_desk.services.desk import Desk
from laverma_desk.ui.history.row_source import BLOCK


@dataclass(frozen=True)
class Loaded:
    """An overview, who can be filtered by, and the newest lines where they are read already.

    Unless it is the `whole`, older days follow and the total is not known yet.
    """

    overview: HistoryOverview
    supporters: tuple[tuple[int, str], ...]
    rows: tuple[HistoryRow, ...] = ()
    whole: bool = True


def load_newest(desk: Desk, wanted: HistoryFilter) -> Loaded:
    """Find what a filter shows first."""
    found = history.opening(desk, wanted, BLOCK)
    return Loaded(found.overview, tuple(history.supporters_seen(desk)), found.rows, found.whole)


def load_rest(desk: Desk, newest: Loaded) -> Loaded:
    """Count all that is shown of which the newest is there."""
    return replace(newest, overview=history.overview(desk, newest.overview.filter), whole=True)


def load(desk: Desk, wanted: HistoryFilter) -> Loaded:
    """Count all that a filter shows."""
    return Loaded(history.overview(desk, wanted), tuple(history.supporters_seen(desk)))
