"""Reads all that the page shows, off the window's thread."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from laverma_desk import i18n
from laverma_desk.domain.statistics import StatisticsFilter
from laverma_desk.services import history
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, JobCancelled
from laverma_desk.services.setup.house import read_house
from laverma_desk.services.statistics.reading import statistics
from laverma_desk.services.statistics.tables import tables
from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.statistics.page_words import page_reading
from laverma_desk.ui.statistics.reading import PageReading
from laverma_desk.ui.statistics.wanted import filter_of, from_first_session


@dataclass(frozen=True)
class Loaded:
    """What was counted; the page, None without a figure; who can be filtered by, and if that is wanted."""

    wanted: StatisticsFilter
    page: PageReading | None
    supporters: tuple[tuple[int, str], ...]
    per_supporter: bool


def load(desk: Desk, wish: Wish, today: date, cancelled: Cancelled) -> Loaded | None:
    """Read and word the figures of a wish; None where that was called off."""
    try:
        with _unhindered():
            return _read(desk, wish, today, cancelled)
    except JobCancelled:
        return None


def _read(desk: Desk, wish: Wish, today: date, cancelled: Cancelled) -> Loaded:
    """Count, word, and let go of everything but the words."""
    found = from_first_session(statistics(desk, filter_of(wish, today), cancelled), wish)
    counted = replace(wish, supporter_id=None, supporter="") if found.filter.supporter_id is None else wish
    page = page_reading(found, tables(found, i18n.current()), counted)
    supporters = tuple(history.supporters_seen(desk))
    return Loaded(found.filter, page, supporters, read_house(desk).figures.per_supporter)


@contextmanager
def _unhindered() -> Iterator[None]:
    """Have Python look for rubbish later: amid a large desk's figures it holds all threads for 100 ms."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
