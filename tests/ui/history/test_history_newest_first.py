"""A long history shows its newest days at once; what is older, and the total, come after them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from laverma_desk.storage import customers, newest_sessions
from laverma_desk.ui.history import overview_loader, shown_rows
from laverma_desk.ui.history.wish import Wish
from tests.support.history_page import days, lines, press, settle
from tests.support.past_sessions import BEGIN, past_session


@pytest.fixture
def long_past(desk, bohrer, monkeypatch):
    """Sixty days with three sessions each, of which ten sessions are looked at first; the oldest row."""
    monkeypatch.setattr(newest_sessions, "_LOOKED_AT", 10)
    monkeypatch.setattr(overview_loader, "BLOCK", 8)
    with desk.database.write() as connection:
        place = customers.workstations_of(connection, bohrer.customer_id)[0]
        for day in range(60):
            for hour in (2, 1, 0):
                begin = BEGIN - timedelta(days=59 - day, hours=hour)
                past_session(connection, place, begin, number=f"{day}-{hour}")
    return 1


@pytest.fixture
def steps(monkeypatch):
    """What is read, in its order."""
    seen = []

    def listened_to(name):
        real = getattr(shown_rows, name)

        def told(*arguments):
            seen.append(name)
            return real(*arguments)

        monkeypatch.setattr(shown_rows, name, told)

    for name in ("load_newest", "load_rest", "load"):
        listened_to(name)
    return seen


def ask_for_all(page):
    """Take the limits of the period away."""
    page._take(Wish((None, None)))


def test_the_newest_come_first_and_the_total_last(long_past, page, steps, qtbot):
    page.bring()
    shown = []
    page._rows.counted.connect(
        lambda loaded: shown.append((loaded.whole, page.model.rowCount(), page.panel.table.sums.loading))
    )
    steps.clear()
    ask_for_all(page)
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert steps == ["load_newest", "load_rest"]
    assert [one[0] for one in shown] == [False, True]
    assert 0 < shown[0][1] < shown[1][1] == 60 + 180
    assert [one[2] for one in shown] == [True, False]
    assert len(days(page)) == 60
    assert len(lines(page)) == 180


def test_the_sum_of_what_is_not_counted_is_not_said(long_past, page, qtbot):
    page.bring()
    heard = []
    page._rows.counted.connect(lambda _loaded: heard.append(page.panel.table.sums.accessibleName()))
    ask_for_all(page)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[0] == "Summe netto, Lädt …"
    assert "180 Sitzungen" in heard[1]


def test_an_old_session_that_was_chosen_stays_chosen(long_past, page, qtbot):
    page.bring()
    page.show_session(long_past)
    settle(page, qtbot)
    assert page.details.detail.session.id == long_past
    chosen = []
    page._rows.session_chosen.connect(chosen.append)
    whole = []
    page._rows.counted.connect(lambda loaded: whole.append(loaded.whole))
    ask_for_all(page)
    qtbot.waitUntil(lambda: whole == [False, True])
    assert {one.id for one in chosen} == {long_past}
    settle(page, qtbot)
    assert page.details.detail.session.id == long_past


def test_a_key_walks_through_the_newest_before_the_rest_is_there(long_past, page, qtbot):
    page.bring()
    page.show_session(long_past)
    settle(page, qtbot)
    walked = []

    def walk(loaded):
        if not loaded.whole:
            press(page, Qt.Key.Key_Down)
        walked.append(loaded.whole)

    page._rows.counted.connect(walk)
    page.panel.table.rows.setFocus()
    ask_for_all(page)
    qtbot.waitUntil(lambda: walked == [False, True])
    settle(page, qtbot)
    assert page.panel.table.rows.current() == 1
    assert page.details.detail.session.number == "59-0"


def test_the_same_filter_again_keeps_its_rows_until_all_are_counted(long_past, page, steps, qtbot):
    page.bring()
    ask_for_all(page)
    qtbot.waitUntil(lambda: len(days(page)) == 60)
    settle(page, qtbot)
    steps.clear()
    page.reload()
    settle(page, qtbot)
    assert steps == ["load"]
    assert len(days(page)) == 60
