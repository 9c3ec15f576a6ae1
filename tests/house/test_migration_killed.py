"""kill -9 while a desk of an earlier program is brought up to date: it is the old one or the new one, whole.

`python -m tests.nothing_lost killed_migration` kills 200 times.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from tests.nothing_lost.killed_migration import kill_rounds, prepare
from tests.nothing_lost.older_houses import LAST_WORDS, content_of, make_older_house
from tests.nothing_lost.players import Players

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the players are forked")


@pytest.fixture(scope="module")
def players(tmp_path_factory):
    opened = Players(tmp_path_factory.mktemp("migrations"), "migration_player")
    yield opened
    opened.close()


@pytest.mark.parametrize(("revision", "crashed"), [("0001", True), ("0002", False), ("0004", True)])
def test_killed_while_a_desk_is_brought_up_to_date(players, tmp_path, revision, crashed):
    house = prepare(tmp_path / "house", revision, 200, players, Counter(), crashed=crashed)
    assert house.before != house.after
    for _ in range(2):
        for ended, found in kill_rounds(house, tmp_path / "work", players, random.randrange(10**6)):
            assert ended
            assert found in ("migrated", "as it was")


def test_the_last_words_of_a_crash_are_in_the_log_alone(tmp_path):
    file = make_older_house(tmp_path / "house", "0001", 20, crashed=True)
    log = file.with_name("desk.sqlite3-wal")
    assert LAST_WORDS.encode() not in file.read_bytes()
    assert LAST_WORDS.encode() in log.read_bytes()


def test_the_check_would_find_one_other_byte(tmp_path):
    file = make_older_house(tmp_path / "house", "0003", 60, crashed=False)
    before = content_of(file)
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE segment SET end = NULL WHERE session_id = 7")
    assert content_of(file) != before
