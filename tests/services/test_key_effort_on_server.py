"""A key press at a shared desk asks the server a few times and no more: each question is a wait on a VPN."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from laverma_desk.services import history
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.history import HistoryFilter
from tests.support.wired_desks import wired_desk

pytestmark = pytest.mark.files("it is about a server alone")


@pytest.fixture
def wired(tmp_path, clock):
    with wired_desk(tmp_path, clock) as wired:
        yield wired


def questions(wired, work):
    """Return how often one connection waited for the server; one that is beside it knows nothing of it."""
    before = wired.wire.asked
    work()
    return max(after - was for after, was in zip_longest(wired.wire.asked, before, fillvalue=0))


def test_a_start_asks_eight_times_and_once_for_what_is_kept_here(wired):
    timekeeping.start_session(wired.here, wired.bohrer.server)
    assert questions(wired, lambda: timekeeping.start_session(wired.here, wired.bohrer.reception)) <= 9
    assert timekeeping.strip_sessions(wired.here)[-1].customer_name == "ZAP Dr. Bohrer"


def test_the_autosave_of_notes_asks_five_times_and_three_times_for_what_is_kept_here(wired):
    session = timekeeping.start_session(wired.here, wired.bohrer.reception).value
    call_sheet.save_notes(wired.here, session.id, "Dru", "")
    assert questions(wired, lambda: call_sheet.save_notes(wired.here, session.id, "Drucker", "")) <= 8
    assert timekeeping.read_session(wired.there, session.id).notes == "Drucker"


def test_each_search_is_planned_for_its_own_words(wired):
    for turn in range(12):  # After five times a statement is prepared, after five more its plan may be kept.
        history.opening(wired.here, HistoryFilter(None, None, text=f"drucker{turn}"), 50)
    with wired.here.database.read() as connection:
        custom, generic = connection.exec_driver_sql(
            "SELECT sum(custom_plans), sum(generic_plans) FROM pg_prepared_statements "
            "WHERE position('session_text' IN statement) > 0"
        ).one()
    assert (custom > 0, generic) == (True, 0)
