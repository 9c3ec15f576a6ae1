"""Makes the page's words and bars from figures that were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import overload

from laverma_desk.domain.figure_table import FigureSubject, FigureTable
from laverma_desk.domain.statistics import Statistics
from laverma_desk.text.figures import shown
from laverma_desk.text.key_figures import key_figures
from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.statistics import list_words
from laverma_desk.ui.statistics.hour_words import hour_card
from laverma_desk.ui.statistics.month_words import month_cards
from laverma_desk.ui.statistics.reading import CardKey, CardReading, PageReading
from laverma_desk.ui.widgets.figure_table import TableWords

_SUBJECTS = {
    CardKey.MINUTES: FigureSubject.MONTHS,
    CardKey.REVENUE: FigureSubject.MONTHS,
    CardKey.CUSTOMERS: FigureSubject.CUSTOMERS,
    CardKey.REASONS: FigureSubject.REASONS,
    CardKey.HOURS: FigureSubject.HOURS,
    CardKey.WORKSTATIONS: FigureSubject.WORKSTATIONS,
    CardKey.ON_SITE: FigureSubject.ON_SITE,
    CardKey.SUPPORTERS: FigureSubject.SUPPORTERS,
}


def page_reading(statistics: Statistics, tables: Iterable[FigureTable], wish: Wish) -> PageReading | None:
    """Return what the page shows, None where there is nothing; `wish` is what the figures were read for."""
    if not statistics.total.sessions:
        return None
    wish = replace(wish, period=(statistics.filter.first, statistics.filter.last))
    minutes, revenue = month_cards(statistics, wish)
    cards = {
        CardKey.MINUTES: minutes,
        CardKey.REVENUE: revenue,
        CardKey.CUSTOMERS: list_words.customer_card(statistics, wish),
        CardKey.REASONS: list_words.reason_card(statistics, wish),
        CardKey.HOURS: hour_card(statistics),
        CardKey.WORKSTATIONS: list_words.workstation_card(statistics, wish),
        CardKey.ON_SITE: list_words.on_site_card(statistics, wish),
    }
    if len(statistics.supporters) > 1:
        cards[CardKey.SUPPORTERS] = list_words.supporter_card(statistics, wish)
    behind = {one.subject: _words_of(one) for one in tables}
    return PageReading(key_figures(statistics), _with_tables(cards, behind))


def _with_tables(
    cards: Mapping[CardKey, CardReading], behind: Mapping[FigureSubject, TableWords]
) -> dict[CardKey, CardReading]:
    return {key: replace(card, table=behind[_SUBJECTS[key]]) for key, card in cards.items()}


def _words_of(table: FigureTable) -> TableWords:
    narrow = table.narrow
    return TableWords(
        headings=tuple(one.heading for one in narrow.columns),
        numbers=tuple(one.kind.is_number for one in narrow.columns),
        rows=_ShownRows(narrow),
    )


class _ShownRows(Sequence[Sequence[str]]):
    """The rows of a table, worded when they are looked at."""

    def __init__(self, table: FigureTable) -> None:
        self._table = table
        self._kinds = [one.kind for one in table.columns]

    def __len__(self) -> int:
        return len(self._table.rows)

    @overload
    def __getitem__(self, place: int) -> Sequence[str]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[str]]: ...

    def __getitem__(self, place: int | slice) -> Sequence[str] | Sequence[Sequence[str]]:
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        row = self._table.rows[place]
        return tuple(shown(kind, cell) for kind, cell in zip(self._kinds, row, strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ShownRows) and self._table == other._table

    __hash__ = None  # type: ignore[assignment]
