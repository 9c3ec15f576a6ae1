"""The figures of a period on paper: one page that shows how the desk is doing, and the tables behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from laverma_desk import text
from laverma_desk.documents.conformance import Metadata
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.letter import Letter
from laverma_desk.documents.paper import HAIRLINE, LEFT, RIGHT, WIDTH, Frame, Mark, Words, ending_at
from laverma_desk.documents.statistics_charts import (
    BAR_ROW,
    COLUMNS,
    GRID_ROW,
    HEADING,
    LABEL,
    SMALL,
    SMALL_BOLD,
    BarLine,
    Column,
    Strip,
    bars,
    columns,
    grid,
    legend,
)
from laverma_desk.documents.statistics_tables import MOST_ROWS, set_tables
from laverma_desk.documents.titled_paper import drawn, opened, whole_pages
from laverma_desk.documents.typesetting import Style, one_line, shortened, width, wrap
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.figure_table import FigureSubject
from laverma_desk.domain.statistics import Figures, MonthFigures, leading_reasons
from laverma_desk.domain.statistics_paper import StatisticsPaper
from laverma_desk.i18n import gettext_in, ngettext_in
from laverma_desk.text import figures
from laverma_desk.text.key_figures import key_figures

_VALUE = Style(20, 26, Face.SEMI_BOLD)
_NOTE = Style(12, 18).muted()

_GAP = 22.0
_BETWEEN = 24.0
_HALF = (WIDTH - _BETWEEN) / 2
_CARD = 86.0
_CARD_GAP = 10.0
_PADDING = 9.0
_BELOW_HEADING = 14.0
_MOST_BARS = 5
_MOST_COLUMNS = 36
_LEAST_GAP = 12.0
_SATURDAY = 5
_NAMES = 90.0
"""So much of the width the names of weekdays take at most."""


def render_statistics(paper: StatisticsPaper) -> bytes:
    """Return the figures as PDF/A-3B; the same figures give the same bytes.

    The first page has the key figures and the charts. Raises OSError when a shipped font is missing.
    """
    letter = _letter(paper)
    about = Metadata(
        title=letter.title,
        subject=_subtitle(paper),
        author=paper.company.name,
        language=paper.language,
        created_at=paper.created_at,
    )
    return drawn(about, whole_pages(letter, lay_out(paper)))


def lay_out(paper: StatisticsPaper) -> list[list[Mark]]:
    """Return the marks of every page in reading order, without running head and footer."""
    say = _Say(paper)
    flow = opened(_letter(paper), say("Statistics"), one_line(_subtitle(paper)))
    if not paper.statistics.total.sessions:
        flow.skip(_GAP)
        flow.text(say("No data for this period yet."), _NOTE, LEFT, WIDTH)
        return flow.pages
    flow.skip(_GAP)
    _cards(flow, paper)
    _over_time(flow, paper, say)
    _lists(flow, paper, say)
    _hours(flow, paper, say)
    flow.next_page()
    told = [one for one in paper.tables if one.subject not in (FigureSubject.TOTAL, FigureSubject.HOURS)]
    set_tables(flow, told, paper.language)
    if any(len(one.rows) > MOST_ROWS and one.subject is not FigureSubject.MONTHS for one in told):
        flow.skip(_GAP)
        flow.text(say("All rows are in the CSV and Excel files."), _NOTE, LEFT, WIDTH)
    return flow.pages


class _Say:
    """Translates into the language of a paper."""

    def __init__(self, paper: StatisticsPaper) -> None:
        self._language = paper.language

    def __call__(self, message: str) -> str:
        return gettext_in(self._language, message)


def _letter(paper: StatisticsPaper) -> Letter:
    wanted = paper.statistics.filter
    period = figures.period_name(wanted.first, wanted.last, paper.language)
    title = f"{gettext_in(paper.language, 'Statistics')} {period}"
    return Letter(paper.company, paper.language, title, gettext_in(paper.language, "Statistics"))


def _subtitle(paper: StatisticsPaper) -> str:
    """Return the period, whom the figures are about, and of which day they are."""
    tongue, wanted = paper.language, paper.statistics.filter
    parts = [figures.period_name(wanted.first, wanted.last, tongue)]
    if paper.customer:
        parts.append(paper.customer)
    if paper.supporter:
        parts.append(gettext_in(tongue, "Supporter %(name)s") % {"name": paper.supporter})
    day = text.date(local_day(paper.created_at), tongue)
    parts.append(gettext_in(tongue, "as of %(day)s") % {"day": day})
    return ", ".join(parts)


def _cards(flow: Flow, paper: StatisticsPaper) -> None:
    wide = (WIDTH - 3 * _CARD_GAP) / 4
    top = flow.take(_CARD)
    room = wide - 2 * _PADDING
    for place, one in enumerate(key_figures(paper.statistics, paper.language)):
        left = LEFT + place * (wide + _CARD_GAP)
        value = _fitting(one.value, room)
        flow.add(
            [
                Frame(left, top, wide, _CARD, 6, HAIRLINE),
                Words(left + _PADDING, top + 9 + LABEL.baseline, shortened(one.label, LABEL, room), LABEL),
                Words(left + _PADDING, top + 24 + _VALUE.baseline, one.value, value),
            ]
        )
        for line, words in enumerate(wrap(one.remark, LABEL, room, at_most=2)):
            baseline = top + 51 + line * 12 + LABEL.baseline
            flow.add([Words(left + _PADDING, baseline, words, LABEL)])


def _fitting(words: str, room: float) -> Style:
    """Return the largest type in which a key figure fits into its card."""
    sizes = (Style(px, _VALUE.line, _VALUE.face) for px in (_VALUE.px, 17.0, 14.0))
    return next((one for one in sizes if width(words, one) <= room), Style(11, _VALUE.line, _VALUE.face))


@dataclass(frozen=True)
class _Span:
    """A month or a year: the word below its column, its year, its name in a sentence, and its figures."""

    label: str
    year: str
    name: str
    figures: Figures


def _spans(months: Sequence[MonthFigures], tongue: str) -> list[_Span]:
    """Return months, or of many their years: thinner columns could not show what was free."""
    if len(months) <= _MOST_COLUMNS:
        return [
            _Span(
                text.short_month(one.month, tongue),
                str(one.month.year),
                text.month_name(one.month, tongue),
                one.figures,
            )
            for one in months
        ]
    years: dict[str, Figures] = defaultdict(Figures)
    for one in months:
        years[str(one.month.year)] += one.figures
    return [_Span(year, year, year, sums) for year, sums in years.items()]


def _over_time(flow: Flow, paper: StatisticsPaper, say: _Say) -> None:
    """Set minutes and revenue of each month, or year, beside each other."""
    tongue, months = paper.language, paper.statistics.months
    spans = _spans(months, tongue)
    monthly = len(months) <= _MOST_COLUMNS
    flow.skip(_GAP)
    top = flow.take(HEADING.line + _BELOW_HEADING + COLUMNS)
    left, right = LEFT, LEFT + _HALF
    below = top + HEADING.line + _BELOW_HEADING
    newest = spans[-1]
    minutes = [
        Column(one.label, one.year, one.figures.billed_minutes, one.figures.free_minutes, one is newest)
        for one in spans
    ]
    flow.add([_heading(left, top, say("Minutes by month") if monthly else say("Minutes by year"))])
    flow.add(legend(right, top + HEADING.baseline, say("billed"), say("free of charge")))
    flow.add(columns(Strip(left, right), below, minutes, lambda value: text.number(value, tongue)))
    left, right = right + _BETWEEN, RIGHT
    revenue = [Column(one.label, one.year, one.figures.net_cents, 0, one is newest) for one in spans]
    heading = _heading(left, top, say("Revenue by month, net") if monthly else say("Revenue by year, net"))
    last = f"{newest.name} {text.money(newest.figures.net_cents, tongue)}"
    flow.add([heading])
    if left + width(heading.text, HEADING) + _LEAST_GAP <= right - width(last, SMALL_BOLD):
        flow.add([_remark(right, top, last)])
    flow.add(
        columns(Strip(left, right), below, revenue, lambda value: figures.whole_euros(value, tongue), 100)
    )


def _lists(flow: Flow, paper: StatisticsPaper, say: _Say) -> None:
    """Set the largest customers and the reasons for what was free beside each other."""
    tongue, statistics = paper.language, paper.statistics
    flow.skip(_GAP)
    top = flow.take(HEADING.line + _BELOW_HEADING + (_MOST_BARS + 1) * BAR_ROW)
    below = top + HEADING.line + _BELOW_HEADING
    left, right = LEFT, LEFT + _HALF
    customers = [
        BarLine(one.name, one.figures.net_cents, text.money(one.figures.net_cents, tongue))
        for one in statistics.customers[:_MOST_BARS]
    ]
    flow.add([_heading(left, top, say("Largest customers by revenue"))])
    flow.add(bars(Strip(left, right), below, customers))
    left, right = right + _BETWEEN, RIGHT
    first, more, others = leading_reasons(statistics.reasons, _MOST_BARS)
    named = [(one.reason or say("not stated"), one.figures) for one in first]
    if more:
        words = ngettext_in(tongue, "%(n)s other", "%(n)s others", more)
        named.append((words % {"n": text.number(more, tongue)}, others))
    reasons = [BarLine(name, one.free_minutes, text.minutes(one.free_minutes, tongue)) for name, one in named]
    total = statistics.total
    forgone = say("Forgone revenue %(amount)s") % {"amount": text.money(total.forgone_cents, tongue)}
    after = below + len(reasons) * BAR_ROW + (BAR_ROW - SMALL.line) / 2 + SMALL.baseline
    flow.add([_heading(left, top, say("Free minutes by reason"))])
    flow.add([_remark(right, top, text.minutes(total.free_minutes, tongue))])
    flow.add(bars(Strip(left, right), below, reasons))
    flow.add([Words(left, after, forgone, SMALL.muted())])


def _hours(flow: Flow, paper: StatisticsPaper, say: _Say) -> None:
    """Set how many sessions began in each hour of each weekday; a weekend without any is left out."""
    tongue, statistics = paper.language, paper.statistics
    counts = Counter({(one.weekday, one.hour): one.figures.sessions for one in statistics.hours})
    begun = [hour for (_weekday, hour), count in counts.items() if count]
    if not begun:
        return
    hours = range(min(begun), max(begun) + 1)
    days = [day for day in range(7) if day < _SATURDAY or any(counts[day, hour] for hour in hours)]
    rows = [(figures.weekday(day, tongue), [counts[day, hour] for hour in hours]) for day in days]
    flow.skip(_GAP)
    flow.keep(HEADING.line + _BELOW_HEADING + (len(rows) + 1) * GRID_ROW)
    top = flow.take(HEADING.line + _BELOW_HEADING + (len(rows) + 1) * GRID_ROW)
    flow.add([_heading(LEFT, top, say("Sessions by weekday and hour of their start"))])
    heads = [f"{hour:02d}" for hour in hours]
    widest = (WIDTH - _NAMES) / len(heads) - 4
    said = _whole(tongue)
    if max(width(said(count), SMALL_BOLD) for count in counts.values()) > widest:
        said = _share(sum(counts.values()), tongue)
        flow.add([_remark(RIGHT, top, say("share in percent"))])
    flow.add(grid(Strip(LEFT, RIGHT), top + HEADING.line + _BELOW_HEADING, heads, rows, said))


def _whole(tongue: str) -> Callable[[int], str]:
    return lambda count: text.number(count, tongue)


def _share(total: int, tongue: str) -> Callable[[int], str]:
    """Return what writes a count as a share of all, where it is too long to be written out."""
    return lambda count: figures.share(Fraction(count, total), tongue).rstrip("%\u00a0")


def _heading(left: float, top: float, words: str) -> Words:
    return Words(left, top + HEADING.baseline, words, HEADING)


def _remark(right: float, top: float, words: str) -> Mark:
    return ending_at(right, top + HEADING.baseline, words, SMALL_BOLD)
