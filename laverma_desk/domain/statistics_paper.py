"""The figures of a period, ready for paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laverma_desk.domain.company import Company
from laverma_desk.domain.figure_table import FigureTable
from laverma_desk.domain.statistics import Statistics


@dataclass(frozen=True)
class StatisticsPaper:
    """`tables` are the statistics once more, in `language`; `created_at` is UTC.

    `customer` and `supporter` are the names of the filter, "" where it has none.
    """

    company: Company
    language: str
    statistics: Statistics
    tables: tuple[FigureTable, ...]
    customer: str
    supporter: str
    created_at: datetime
