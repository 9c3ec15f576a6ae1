"""What the page shows, in words and numbers: the panel paints it, the controller has it made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from laverma_desk.text.key_figures import KeyFigure
from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.widgets.bar_chart import BarChartReading
from laverma_desk.ui.widgets.bar_list import ListedBar
from laverma_desk.ui.widgets.figure_table import TableWords
from laverma_desk.ui.widgets.hour_grid import HourGridReading


class CardKey(Enum):
    """The cards with a chart, in the order in which they are read."""

    MINUTES = auto()
    REVENUE = auto()
    CUSTOMERS = auto()
    REASONS = auto()
    HOURS = auto()
    WORKSTATIONS = auto()
    ON_SITE = auto()
    SUPPORTERS = auto()


@dataclass(frozen=True)
class ListReading:
    """Bars that lie, and what all of them say together."""

    bars: Sequence[ListedBar]
    essence: str


@dataclass(frozen=True)
class CardReading:
    """A card: its title, a word at its right, its chart or why there is none, a line below, its table.

    `ways` leads from a bar to its sessions in the history, `row_ways` from a row of the table.
    """

    title: str
    chart: BarChartReading | ListReading | HourGridReading | None
    aside: str = ""
    nothing: str = ""
    foot: str = ""
    table: TableWords = field(default_factory=TableWords)
    ways: Sequence[Wish] = ()
    row_ways: Sequence[Wish] = ()


@dataclass(frozen=True)
class PageReading:
    """The four figures on top, and the cards that there are."""

    figures: Sequence[KeyFigure]
    cards: Mapping[CardKey, CardReading]
