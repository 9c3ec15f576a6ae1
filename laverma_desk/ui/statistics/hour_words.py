"""When the telephone rings: sessions by weekday and hour, in words and bars."""

from __future__ import annotations

from datetime import date

from laverma_desk import text
from laverma_desk.domain.statistics import Statistics
from laverma_desk.i18n import _
from laverma_desk.text.figures import hour, weekday
from laverma_desk.ui.history.words import count_words
from laverma_desk.ui.statistics.reading import CardReading
from laverma_desk.ui.widgets.hour_grid import HourGridReading

_OPENS, _CLOSES = 8, 17
"""The hours that are always there, so that a quiet week looks quiet."""
_WORKING_DAYS = 5
_MONDAY = date(2024, 1, 1)


def hour_card(statistics: Statistics) -> CardReading:
    """Return when sessions began, by the house's clock; a weekend is there where it has some."""
    sessions = {(one.weekday, one.hour): one.figures.sessions for one in statistics.hours}
    begun = [one.hour for one in statistics.hours]
    hours = range(min([_OPENS, *begun]), max([_CLOSES, *begun]) + 1)
    last = max(_WORKING_DAYS - 1, *(one.weekday for one in statistics.hours))
    places = [(day, at) for day in range(last + 1) for at in hours]
    busiest = statistics.hours[0]
    begun_at = f"{hour(busiest.hour)}: {count_words(busiest.figures.sessions)}"
    short = _short(busiest.weekday)
    reading = HourGridReading(
        lines=[_short(day) for day in range(last + 1)],
        hours=[str(at) for at in hours],
        values=[sessions.get(one, 0) for one in places],
        words=[f"{weekday(day)} {hour(at)}: {count_words(sessions.get((day, at), 0))}" for day, at in places],
        essence=_("Most of them: %(when)s") % {"when": f"{weekday(busiest.weekday)} {begun_at}"},
    )
    return CardReading(_("Weekday and hour"), reading, aside=f"{short} {begun_at}")


def _short(day: int) -> str:
    return text.short_weekday(_MONDAY.replace(day=1 + day))
