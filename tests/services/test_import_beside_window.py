"""While a large session file comes in, the window goes on writing: the desk is never locked for long."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import psycopg
import pytest

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.history import HistoryFilter
from laverma_desk.services import history
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.importing.session_moving import MANY, refuse_many_during_session
from laverma_desk.services.importing.session_rows import COLUMNS
from laverma_desk.services.importing.sessions import import_sessions
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage import sessions
from laverma_desk.storage.postgresql.server import WRITING, connect_options
from tests.support.raw_words import say

ROWS = 5_000
MOVING = (160, 180)
"""Between these shares, in percent of the lines, the desk is locked."""


def _file(folder, count, name="viele.csv", notes="Terminalserver"):
    begin = datetime(2019, 1, 1, 8)  # noqa: DTZ001 (the time on the wall, as a file says it)
    lines = [";".join(COLUMNS)]
    for number in range(count):
        at = begin + timedelta(minutes=20 * (number % 27), days=number // 27)
        lines.append(f"10017;Server;{at:%d.%m.%Y %H:%M};00:12:22;Klaus Klassen;;{notes} {number};ja;")
    file = folder / name
    file.write_text("\n".join(lines), "utf-8")
    return file


def _can_write(desk):
    if desk.database.shared:
        with psycopg.connect(**connect_options(desk.database.address), autocommit=True) as other:
            return other.execute(f"SELECT pg_try_advisory_xact_lock({WRITING})").fetchone()[0]
    with closing(sqlite3.connect(desk.data.database, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        other.execute("ROLLBACK")
        return True


def _found(desk, words):
    return history.overview(desk, HistoryFilter(None, None, text=words)).total.sessions


def test_only_while_the_rows_are_moved_is_the_desk_locked(desk, bohrer, tmp_path):
    free = []

    def look(done, total):
        free.append((done * 200 // total, _can_write(desk)))

    import_sessions(desk, _file(tmp_path, ROWS), look)
    before = [can for percent, can in free if percent < MOVING[0]]
    after = [can for percent, can in free if percent > MOVING[1]]
    assert len(before) > 10
    assert all(before)
    assert len(after) >= 2
    assert all(after)
    assert not all(can for _percent, can in free), "it was looked at while the desk was locked"


def test_notes_are_saved_and_numbers_given_out_while_a_file_is_made_ready(desk, bohrer, tmp_path, clock):
    session = timekeeping.start_session(desk, bohrer.reception).value
    further = []

    def work(done, total):
        if done * 200 // total == 110 or (done > total // 2 and not further):
            call_sheet.save_notes(desk, session.id, f"Notiz bei {done}", "")
            further.append(timekeeping.start_session(desk, bohrer.server).value.number)

    import_sessions(desk, _file(tmp_path, 2_000), work)
    assert further
    with desk.database.read() as connection:
        numbers = connection.exec_driver_sql("SELECT number FROM session").scalars().all()
        notes = say(connection, "SELECT notes FROM session WHERE id = ?", (session.id,)).scalar_one()
    assert notes.startswith("Notiz bei")
    assert len(set(numbers)) == len(numbers) == 2_000 + 1 + len(further)


def test_called_off_while_it_is_made_searchable_everything_is_in_and_check_does_the_rest(
    desk, bohrer, tmp_path
):
    told = [0]
    result = import_sessions(
        desk,
        _file(tmp_path, ROWS),
        lambda done, total: told.append(done * 200 // total),
        lambda: told[-1] > MOVING[1],
    ).value
    assert result.tally.added == ROWS
    assert result.unsearchable == ROWS - 2_000
    assert _found(desk, "terminalserver") == 2_000
    health = check_desk(desk)
    assert (health.unsearchable, health.reindexed) == (ROWS - 2_000, True)
    assert _found(desk, "terminalserver") == ROWS


def test_ctrl_c_while_it_is_made_searchable_says_what_is_left(desk, bohrer, tmp_path):
    def press(done, total):
        if MOVING[1] < done * 200 // total < 200:
            raise KeyboardInterrupt

    result = import_sessions(desk, _file(tmp_path, ROWS), press).value
    assert (result.tally.added, result.unsearchable) == (ROWS, ROWS - 2_000)


def test_another_import_in_between_is_refused_with_nothing_doubled(desk, bohrer, tmp_path):
    other = _file(tmp_path, 3, "andere.csv", "Anderes")
    done_once = []

    def meanwhile(done, total):
        if done > total // 2 and not done_once:
            done_once.append(1)
            import_sessions(desk, other)

    with pytest.raises(OutsideTrouble) as caught:
        import_sessions(desk, _file(tmp_path, 1_000), meanwhile)
    assert caught.value.code is (Trouble.SERVER_BUSY if desk.database.shared else Trouble.DATABASE_BUSY)
    again = import_sessions(desk, _file(tmp_path, 1_000)).value.tally
    assert (again.added, again.changed) == (997, 3)


def test_an_import_of_the_same_again_locks_nothing_but_a_moment_and_changes_nothing(desk, bohrer, tmp_path):
    file = _file(tmp_path, ROWS)
    import_sessions(desk, file)
    tally = import_sessions(desk, file).value.tally
    assert (tally.added, tally.changed, tally.unchanged) == (0, 0, ROWS)
    assert check_desk(desk).unsearchable == 0


def test_many_rows_wait_until_the_call_is_over(desk, bohrer, tmp_path):
    session = timekeeping.start_session(desk, bohrer.reception).value
    large = _file(tmp_path, MANY + 1)
    with pytest.raises(RuleBroken) as caught:
        import_sessions(desk, large)
    assert caught.value.code is Rule.IMPORT_DURING_SESSION
    assert import_sessions(desk, _file(tmp_path, 3, "wenige.csv")).value.tally.added == 3
    timekeeping.end_session(desk, session.id)
    refuse_many_during_session(desk, MANY + 1)


def test_a_call_that_came_while_many_rows_were_made_ready_goes_first(desk, bohrer, tmp_path):
    started = []

    def call(done, total):
        if done > total // 2 and not started:
            started.append(timekeeping.start_session(desk, bohrer.reception).value)

    with pytest.raises(RuleBroken) as caught:
        import_sessions(desk, _file(tmp_path, MANY + 1), call)
    assert caught.value.code is Rule.IMPORT_DURING_SESSION
    with desk.database.read() as connection:
        assert sessions.count(connection) == 1
