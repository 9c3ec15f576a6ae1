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
from laverma_desk.services.history import HistoryFilter, HistoryOpening, HistoryStatus, Sums
from laverma_desk.storage import customers, erasing, newest_sessions
from tests.support.counted_calls import calls_of
from tests.support.desks import add_customer, make_desk
from tests.support.kept_desks import OnEachEngine
from tests.support.past_sessions import past_session

EVERYTHING = HistoryFilter(None, None)
COUNT = 8
WORDS = ("Druckertreiber erneuert", "Scanner", "Kabel lose", "Router", "Terminalserver geprüft")
_DAYS = st.none() | st.dates(date(2022, 1, 1), date(2022, 3, 1))


@pytest.fixture(scope="module")
def crowds(tmp_path_factory):
    made = OnEachEngine(lambda: _crowd(tmp_path_factory.mktemp("opening")), lambda one: one[0].close())
    yield made
    made.remove()


@pytest.fixture
def crowd(crowds, engine):
    """A desk with 240 sessions in sixty days; every fifth was recorded long after it began."""
    return crowds.of(engine)


def _crowd(folder):
    desk = make_desk(folder)
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
    return desk, practices


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


@pytest.mark.parametrize("typed", ["", "treiber"])
def test_a_locked_practice_is_in_no_line_and_in_no_sum(tmp_path, typed):
    desk = make_desk(tmp_path)
    open_one, locked = (add_customer(desk, number, f"Praxis {number}", "Server") for number in "12")
    with desk.database.write() as connection:
        for place, practice in enumerate((open_one, locked) * 40):
            (machine,) = customers.workstations_of(connection, practice)
            begin = datetime(2022, 1, 1, 9, tzinfo=UTC) + timedelta(hours=6 * place)
            past_session(connection, machine, begin, 60, number=f"S-{place}", notes=WORDS[0])
        erasing.restrict(connection, [locked], datetime(2022, 3, 1, tzinfo=UTC))
    found = history.opening(desk, HistoryFilter(None, None, text=typed), COUNT)
    assert not found.whole
    assert {int(one.number.removeprefix("S-")) % 2 for one in found.rows} == {0}
    assert {one.sums.sessions for one in found.overview.days} == {2}
    desk.close()


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


def _together(counted):
    """Return what puts a statement together, or finds out which of the compiled ones it is."""
    return sorted(one for one in counted if one.endswith((".where", "._gen_cache_key", ".visit_select")))


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        (HistoryFilter(None, None, text="scanner"), HistoryFilter(None, None, text="treiber")),
        (HistoryFilter(None, None, text="scanner kabel"), HistoryFilter(None, None, text="router treiber")),
        (
            HistoryFilter(date(2022, 2, 1), date(2022, 2, 26), text="router"),
            HistoryFilter(date(2022, 2, 1), date(2022, 2, 26), text="scanner"),
        ),
        (
            HistoryFilter(date(2022, 1, 2), date(2022, 1, 25), supporter_id=1),
            HistoryFilter(date(2022, 2, 1), date(2022, 2, 26), supporter_id=1),
        ),
        (
            HistoryFilter(None, None, status=HistoryStatus.OPEN),
            HistoryFilter(None, None, status=HistoryStatus.OPEN),
        ),
    ],
)
def test_a_form_of_question_is_put_together_once(crowd, before, wanted):
    desk, _practices = crowd
    first = history.opening(desk, before, COUNT)
    found: list[HistoryOpening] = []
    counted = calls_of(lambda: found.append(history.opening(desk, wanted, COUNT)))
    assert _together(counted) == []
    assert found[0].rows
    assert (found[0] == first) is (before == wanted), "asked with values of its own"


def test_a_block_of_a_day_is_put_together_once(crowd):
    desk, _practices = crowd
    first = history.rows(desk, EVERYTHING, date(2022, 1, 3), 0, 2)
    found: list[list[history.HistoryRow]] = []
    counted = calls_of(lambda: found.append(history.rows(desk, EVERYTHING, date(2022, 2, 1), 1, 3)))
    assert _together(counted) == []
    assert found[0] == history.rows(desk, EVERYTHING, date(2022, 2, 1), 0, 4)[1:]
    assert not set(found[0]) & set(first)


def test_a_text_that_is_too_long_is_said_here_too(crowd):
    desk, _practices = crowd
    with pytest.raises(RuleBroken) as caught:
        history.opening(desk, HistoryFilter(None, None, text="x" * 301), COUNT)
    assert caught.value.code is Rule.TEXT_TOO_LONG
