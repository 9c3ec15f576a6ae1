"""A check looks at the full text too and mends it at once, where no call would have to wait for that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from laverma_desk.domain.history import HistoryFilter
from laverma_desk.services import history
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage.postgresql import server

ROOT = Path(__file__).parents[2]


@pytest.fixture
def ended(desk, bohrer, clock):
    """Two sessions of the past."""
    for notes in ("Terminalserver", "Drucker"):
        session = timekeeping.start_session(desk, bohrer.reception).value
        call_sheet.save_notes(desk, session.id, notes, "")
        clock.advance(minutes=12)
        timekeeping.end_session(desk, session.id)


def _spoil(desk, statement):
    with desk.database.write() as connection:
        connection.execute(text(statement))


def _found(desk, words):
    return history.overview(desk, HistoryFilter(None, None, text=words)).total.sessions


LOST_LINE = "DELETE FROM session_text WHERE session_id = 1"
WRONG_LINE = "UPDATE session_text SET line = ' falsch' WHERE session_id = 1"
NO_INDEX = "INSERT INTO session_words (session_words) VALUES ('delete-all')"


@pytest.mark.parametrize(("statement", "count"), [(LOST_LINE, 1), (WRONG_LINE, 1), (NO_INDEX, 2)])
def test_what_the_search_would_miss_is_said_and_mended(desk, ended, statement, count):
    if desk.database.shared and statement == NO_INDEX:
        return  # A server keeps its index by itself.
    assert check_desk(desk).unsearchable == 0
    _spoil(desk, statement)
    health = check_desk(desk)
    assert (health.unsearchable, health.reindexed, health.sound) == (count, True, True)
    assert _found(desk, "terminalserver") == 1
    assert check_desk(desk).unsearchable == 0


def test_while_a_session_runs_it_is_said_and_left_alone(desk, bohrer, ended):
    timekeeping.start_session(desk, bohrer.reception)
    _spoil(desk, LOST_LINE)
    health = check_desk(desk)
    assert (health.unsearchable, health.reindexed, health.sound) == (1, False, False)
    assert not health.index_checked
    assert check_desk(desk).unsearchable == 1, "nothing was written"


def test_while_somebody_else_writes_it_is_said_and_left_alone(desk, ended, monkeypatch):
    monkeypatch.setattr("laverma_desk.storage.database.BUSY_MILLISECONDS", 50)
    _spoil(desk, LOST_LINE)
    # A connection of the server's is asked for its patience when it is made; the one that writes is there.
    short = server._SESSION.replace("lock_timeout=5s", "lock_timeout=50ms")
    monkeypatch.setattr(server, "_SESSION", short)
    with desk.database.write():
        health = check_desk(desk)
    assert (health.unsearchable, health.reindexed, health.index_checked) == (1, False, False)


@pytest.mark.files("what the command says is the same; it is called with a folder here")
def test_the_command_says_that_the_index_was_rebuilt(desk, ended):
    _spoil(desk, LOST_LINE)
    desk.database.close()
    command = [sys.executable, "-m", "laverma_desk", "--data-dir", str(desk.data.root), "check"]
    first, second = (
        subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        for _time in range(2)
    )
    assert first.stderr == (
        "Die Volltextsuche war für 1 Sitzung nicht richtig. "
        "Ihr Index wurde neu aufgebaut; verloren ist nichts.\n"
    )
    assert first.stdout.startswith("Alles in Ordnung")
    assert (first.returncode, second.returncode, second.stderr) == (0, 0, "")


@pytest.mark.files("what the command says is the same; it is called with a folder here")
def test_the_command_says_what_it_leaves_while_a_session_runs(desk, bohrer, ended):
    timekeeping.start_session(desk, bohrer.reception)
    _spoil(desk, LOST_LINE)
    desk.database.close()
    command = [sys.executable, "-m", "laverma_desk", "--data-dir", str(desk.data.root), "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    first, second = done.stderr.splitlines()
    assert first == (
        "Die Volltextsuche war für 1 Sitzung nicht richtig. Verloren ist nichts. "
        "„check“ bringt sie in Ordnung, sobald keine Sitzung läuft und die Datei beschreibbar ist."
    )
    assert second == (
        "Der Index der Suche wurde nicht geprüft: Eine Sitzung läuft, oder die Datei ist nicht beschreibbar."
    )
