"""What a filter shows first: the newest days and lines, exactly as the whole shows them afterwards."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services import history
from laverma_desk.services.history import HistoryFilter, HistoryStatus, Sums
from laverma_desk.storage import customers, newest_sessions
from tests.support.desks import add_customer, make_desk
from tests.support.past_sessions import past_session

EVERYTHING = HistoryFilter(None, None)
COUNT = 8
WORDS = ("Druckertreiber erneuert", "Scanner", "Kabel lose", "Router", "Terminalserver geprüft")
_DAYS = st.none() | st.dates(date(2022, 1, 1), date(2022, 3, 1))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A desk with 240 sessions in sixty days; every fifth was recorded long after it began."""
    desk = make_desk(tmp_path_factory.mktemp("opening"))
    practices = [add_customer(desk, str(number), f"Praxis {number}", "Server") for number in (1, 2, 3)]
    dice = random.Random(7)
    with desk.database.write() as connection:
        places = [customers.workstations_of(connection, one)[0] for one in practices]
        for place in range(240):
            at = dice.randrange(240) if place % 5 == 0 else place
            begin = datetime(2022, 1, 1, 9, tzinfo=UTC) + timedelta(hours=6 * at)
            past_session(
                connection, dice.choice(places), begin, 60 * (1 + at % 7), number=f"S-{place}",
                notes=f"{dice.choice(WORDS)}\n{dice.choice(WORDS)}", billable=at % 3 > 0,
            )  # fmt: skip
    yield desk, practices
    desk.close()


@pytest.fixture(scope="module", autouse=True)
def few():
    """So few lines at once that the crowd is many."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("NEWEST", 8), ("_SURE", 4), ("_LOOKED_AT", 30), ("_RARE", 20)):
            patch.setattr(newest_sessions, name, value)
        yield


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    first=_DAYS, last=_DAYS, customer=st.none() | st.integers(0, 2), supporter=st.none() | st.just(1),
    status=st.sampled_from(HistoryStatus),
    typed=st.sampled_from(["", "treiber", "se", "scanner kabel", "xylo", "§"]),
)  # fmt: skip
def test_the_newest_are_those_of_the_whole(crowd, first, last, customer, supporter, status, typed):
    desk, practices = crowd
    customer_id = None if customer is None else practices[customer]
    wanted = HistoryFilter(first, last, customer_id, supporter, status, typed)
    found, whole = history.opening(desk, wanted, COUNT), history.overview(desk, wanted)
    if found.whole:
        assert found.overview == whole
    else:
        assert found.overview.days == whole.days[: len(found.overview.days)]
    shown = [row for one in whole.days for row in history.rows(desk, wanted, one.day, 0, 99)]
    assert set(found.rows) <= set(shown)
    places = [shown.index(one) for one in found.rows]
    assert places == sorted(places)
    if not typed:
        assert list(found.rows) == shown[: len(found.rows)]


@pytest.mark.parametrize("typed", ["treiber", "scanner"])
def test_enough_is_enough(crowd, typed):
    desk, _practices = crowd
    for wanted in (EVERYTHING, HistoryFilter(None, None, text=typed)):
        found = history.opening(desk, wanted, COUNT)
        assert not found.whole
        assert len(found.rows) == COUNT
        days = {local_day(one.begin) for one in found.rows}
        assert set(sorted(days, reverse=True)[:3]) <= {one.day for one in found.overview.days}
        assert len(found.overview.days) < 60


def test_a_word_of_few_sessions_is_the_whole_at_once(crowd):
    desk, practices = crowd
    wanted = HistoryFilter(date(2022, 2, 1), date(2022, 2, 4), practices[0], text="router")
    found = history.opening(desk, wanted, COUNT)
    assert found.whole
    assert found.overview.total.sessions == len(found.rows) > 0


def test_nothing_is_found_at_once_too(crowd):
    desk, _practices = crowd
    found = history.opening(desk, HistoryFilter(None, None, text="xylophon"), COUNT)
    assert (found.whole, found.rows, found.overview.total) == (True, (), Sums(0, 0, 0, 0))


@pytest.mark.parametrize(
    ("wanted", "most"),
    [
        (EVERYTHING, 4),
        (HistoryFilter(None, None, text="treiber"), 4),
        (HistoryFilter(None, None, text="xylophon"), 3),
        (HistoryFilter(date(2022, 2, 1), date(2022, 2, 28), text="treiber"), 5),
    ],
)
def test_few_questions_are_asked(crowd, wanted, most):
    desk, _practices = crowd
    asked: list[str] = []

    def note(_connection, _cursor, sql, *_rest):
        asked.append(sql)

    event.listen(desk.database.engine, "before_cursor_execute", note)
    try:
        history.opening(desk, wanted, COUNT)
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", note)
    assert len([sql for sql in asked if not sql.startswith("BEGIN")]) <= most
    assert sum("restricted_at IS NOT NULL" in sql for sql in asked) == 1


def test_a_text_that_is_too_long_is_said_here_too(crowd):
    desk, _practices = crowd
    with pytest.raises(RuleBroken) as caught:
        history.opening(desk, HistoryFilter(None, None, text="x" * 301), COUNT)
    assert caught.value.code is Rule.TEXT_TOO_LONG
