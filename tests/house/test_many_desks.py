"""Some desks on one server that is restarted, at wires that are cut: nothing lost, nothing twice.

`python -m tests.nothing_lost many_desks` lets eight work for ten minutes.
"""

from __future__ import annotations

import random

import pytest

from tests.nothing_lost.desk_books import Books
from tests.nothing_lost.desk_crew import Play, weather
from tests.nothing_lost.many_desks import work
from tests.nothing_lost.shared_houses import honest_server


def test_nothing_is_lost_at_three_desks(tmp_path):
    play = Play(3, 12, restarts=2, kills=1, seed=random.randrange(10**6), wire_seconds=8, pace=0.05)
    server = honest_server()  # Its own: it is restarted.
    try:
        counts, lost = work(tmp_path, play, server, lambda _words: None)
    finally:
        server.remove()
    assert lost == [], f"seed {play.seed}"
    assert counts["… notes"] > 0
    assert counts["… start"] > 0


def test_the_weather_follows_from_the_seed():
    play = Play(4, 600, restarts=10, kills=4, seed=7)
    assert weather(play) == weather(play)
    assert [one.what for one in weather(play)].count("kill") == 4
    assert {one.what for one in weather(play)} >= {"fast", "immediate", "cut", "freeze", "lose", "answer"}


FACTS = {
    "id": 1, "number": "S-2026-0001", "supporter": 1, "state": "running", "segments": [], "notes": "",
    "internal": "", "order": "",
}  # fmt: skip


def _books(*lines):
    books = Books()
    for line in ({"done": "start", "facts": FACTS}, *lines):
        books.hear({"desk": "desk 0", **line})
    return books


def test_the_books_find_a_lost_word():
    with pytest.raises(AssertionError, match="finds notes"):
        _books({"done": "notes", "id": 1, "notes": "Neustart", "internal": ""}, {"found": FACTS})


def test_the_books_allow_what_nobody_answered_and_nothing_else():
    unsure = {"unsure": "notes", "id": 1, "notes": "Neustart", "internal": ""}
    _books(unsure, {"found": FACTS})
    _books(unsure, {"found": {**FACTS, "notes": "Neustart"}})
    with pytest.raises(AssertionError, match="told or begun"):
        _books(unsure, {"found": {**FACTS, "notes": "Neu"}})
    with pytest.raises(AssertionError, match="finds state"):
        _books(unsure, {"found": {**FACTS, "state": "ended"}})
