"""What the history shows for a filter, read in one go: sums by day, and who can be filtered by."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk.domain.history import HistoryFilter, HistoryOverview
from laverma_desk.services import history
from laverma_desk.services.desk import Desk


@dataclass(frozen=True)
class Loaded:
    """An overview, and who can be filtered by."""

    overview: HistoryOverview
    supporters: tuple[tuple[int, str], ...]


def load(desk: Desk, wanted: HistoryFilter) -> Loaded:
    """Count what a filter shows."""
    return Loaded(history.overview(desk, wanted), tuple(history.supporters_seen(desk)))
