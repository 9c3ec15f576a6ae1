"""Loading the search makes no record and asks the desk in few steps: counted, not timed."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.services.customers.search import load_finder
from laverma_desk.storage import bulk
from tests.support.counted_calls import calls_of

ROOT = Path(__file__).parents[2]
AT_ONCE = 64


def _house(desk, count):
    everyone = [
        Customer(0, str(20_000 + number), f"Praxis Müller {number}", city="Köln", phone=f"+4930{number}")
        for number in range(count)
    ]
    with desk.database.write() as connection:
        rows = bulk.insert_customers(connection, everyone, desk.clock.now())
        machines = [Workstation(0, row, name) for row in rows.values() for name in ("Server", "PC Büro")]
        bulk.insert_workstations(connection, machines)


@pytest.fixture
def made(monkeypatch):
    """Collect what records are made of the classes that the search shows."""
    kinds = []
    for kind in (Customer, Workstation, Agreement):
        before = kind.__init__

        def init(self, *given, _before=before, **named):
            kinds.append(type(self))
            _before(self, *given, **named)

        monkeypatch.setattr(kind, "__init__", init)
    return kinds


def test_records_are_made_of_what_is_shown_and_once(desk, made):
    _house(desk, 300)
    made.clear()
    finder = load_finder(desk)
    finder.prepare()
    assert not made
    assert finder.search("praxis", limit=10).total == 600
    assert made.count(Customer) == 5
    assert made.count(Workstation) == 10
    first = finder.search("praxis", limit=10).hits
    assert len(made) == 15
    assert all(hit.is_same_as(again) for hit, again in zip(first, finder.search("prax").hits, strict=False))


@contextmanager
def _asked(desk):
    statements = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        statements.append((statement, parameters))

    event.listen(desk.database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", note)


def test_the_desk_gives_a_few_long_answers_and_not_a_row_for_each_machine(desk):
    _house(desk, 300)
    with _asked(desk) as statements:
        load_finder(desk)
    asked = [one for one in statements if one[0].startswith("SELECT")]
    with desk.database.read() as connection:
        assert [len(connection.exec_driver_sql(*one).all()) for one in asked] == [1] * 6


def test_what_is_kept_are_lines_of_words_and_for_all_else_a_few_long_texts(desk):
    _house(desk, 600)
    load_finder(desk).prepare()  # What is loaded and built once is there by now.
    tracemalloc.start()
    try:
        finder = load_finder(desk)
        finder.prepare()
        kept = tracemalloc.take_snapshot().statistics("filename")
    finally:
        tracemalloc.stop()
    assert finder.search("praxis").total == 1_200
    assert sum(one.count for one in kept) < 2 * 1_200


def test_names_are_folded_many_at_once(desk):
    _house(desk, 300)
    counted = calls_of(lambda: load_finder(desk))
    assert counted["folding._plain"] <= 2 * (300 // AT_ONCE + 1) + 2


def test_digits_and_misspelt_words_wait_until_they_are_asked_for(desk):
    _house(desk, 20)
    finder = load_finder(desk)
    assert not calls_of(lambda: finder.search("praxis"))["comparing.DigitLines.__init__"]
    assert calls_of(lambda: finder.search("4930"))["comparing.DigitLines.__init__"] == 1
    assert not calls_of(lambda: finder.search("49301"))["comparing.DigitLines.__init__"]
    assert calls_of(lambda: finder.search("praksis"))["spelling.Spelling._every_word"] == 1


def test_what_was_prepared_is_not_made_again(desk):
    _house(desk, 20)
    finder = load_finder(desk)
    finder.prepare()
    counted = calls_of(lambda: (finder.search("4930"), finder.search("praksis")))
    assert not counted["comparing.DigitLines.__init__"]
    assert not counted["spelling.Spelling._every_word"]
    assert finder.search("praksis").forgiven


def test_the_library_for_misspelt_words_is_not_loaded_with_the_search():
    program = (
        "import sys, laverma_desk.services.customers.search as s, laverma_desk.services.customers.callers;"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{program} print('rapidfuzz' in sys.modules)"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout == "False\n"
