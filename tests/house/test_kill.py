"""kill -9 at any moment: every step that was acknowledged is there, and the desk is whole.

`python -m tests.nothing_lost killed_call` does the same 500 times.
"""

from __future__ import annotations

import os
import random

import pytest

from laverma_desk.services.calls import timekeeping
from tests.nothing_lost.call_ledger import Ledger, new_desk, open_again, verify
from tests.nothing_lost.kill_at import WHEN, Calls, Moment, Strike
from tests.nothing_lost.killed_call import make_rounds, play_rounds
from tests.nothing_lost.players import Players

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the players are forked")


@pytest.fixture(scope="module")
def players(tmp_path_factory):
    opened = Players(tmp_path_factory.mktemp("players"), "call_player")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path):
    new_desk(tmp_path / "desk").close()
    return tmp_path / "desk"


def test_killed_in_the_middle_of_calls(folder, players):
    ledger = Ledger()
    for _ in play_rounds(folder, players, 200, random.randrange(10**6), 0.2, ledger):
        # A machine that is busy elsewhere needs more rounds until enough was done in them.
        if ledger.kills >= 10 and ledger.steps["notes"] > 10:
            break
    desk = open_again(folder)
    for number, call in ledger.calls.items():
        if call.state == "running":
            ended = timekeeping.end_session(desk, number).value
            assert ended.begin == call.begin, "it ran on from its start"
    desk.close()
    assert ledger.kills >= 10
    assert ledger.steps["notes"] > 10


def test_killed_at_calls_on_the_files_of_the_desk(folder, players):
    """Before, within and after the writes and syncs of the log, which random moments seldom meet."""
    if not players.can_strike:
        pytest.skip("needs a C compiler")
    ledger, chance = Ledger(), random.Random()
    for call in ("write desk.sqlite3-wal", "sync desk.sqlite3-wal", "write desk.sqlite3-shm"):
        for when in WHEN:
            moment = Moment(30, strike=Strike(call, chance.randint(1, 3), when, 50_000))
            ended = players.play_one((folder, chance.randrange(10**6)), moment, ledger.hear)
            assert ended == f"{when} {call}"
            desk = open_again(folder)
            verify(desk, ledger)
            desk.close()
    assert [one.name for one in folder.iterdir()] == ["desk.sqlite3"]


def test_killed_while_the_desk_is_made(tmp_path, players):
    calls = Calls()
    if players.can_strike:
        calls = players.listen((tmp_path / "listened",), 30)
        assert calls.heard["rename to desk.sqlite3"] == 1
    rounds = list(make_rounds(tmp_path / "desk", players, 6, random.randrange(10**6), calls))
    assert len(rounds) == 6


def test_the_check_would_find_what_is_lost(folder, players):
    """The ledger against a desk from which an acknowledged word was taken by hand."""
    ledger = Ledger()
    while not ledger.steps["notes"]:
        players.play_one((folder, 1), Moment(0.1, "recover"), ledger.hear)
        # Each time: what was written and not said counts for the last kill alone.
        desk = open_again(folder)
        verify(desk, ledger)
        desk.close()
    desk = open_again(folder)
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE session SET notes = 'x' || notes WHERE notes <> ''")
    with pytest.raises(AssertionError, match="acknowledged"):
        verify(desk, ledger)
    desk.close()
