"""kill -9 while invoices are issued and cancelled, and two processes at once: no gap, no double, no loss.

`python -m tests.nothing_lost killed_issuing` kills 200 times.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from datetime import timedelta

import pytest

from laverma_desk.services.invoicing import drafts, verifying
from tests.nothing_lost.invoice_books import Bills, ask, check, new_house
from tests.nothing_lost.killed_issuing import kill_rounds
from tests.nothing_lost.players import ROOT, Players
from tests.support.invoice_houses import FEBRUARY, UNTIL, add_practice, add_sessions, make_house, wish

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the players are forked")


@pytest.fixture(scope="module")
def players(tmp_path_factory):
    opened = Players(tmp_path_factory.mktemp("billers"), "invoice_player", strikes=False)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path):
    new_house(tmp_path / "desk").close()
    return tmp_path / "desk"


def test_killed_while_it_bills(folder, players):
    bills = Bills()
    for _ in kill_rounds(folder, players, 8, random.randrange(10**6), 0.5, bills, late=0):
        pass
    assert bills.kills >= 6


def test_killed_after_it_was_written_and_before_anybody_heard(folder, players):
    bills = Bills()
    # A busy machine is often killed before it has written anything.
    for _ in kill_rounds(folder, players, 60, random.randrange(10**6), 1.5, bills, late=0.6):
        if bills.kills >= 6 and bills.found_unsaid:
            break
    assert bills.found_unsaid.total() >= 1


def test_the_check_would_find_a_document_that_is_lost(folder, players):
    bills = Bills()
    while not bills.issued:
        list(kill_rounds(folder, players, 1, random.randrange(10**6), 1, bills, late=0))
    bills.issued["RE-2022-9999"] = ()
    desk = new_house(folder.with_name("other"))
    with pytest.raises(AssertionError, match="lost"):
        check(desk, bills)
    desk.close()


def test_two_processes_issue_the_same_drafts(tmp_path):
    desk = make_house(tmp_path / "desk")
    for place in range(12):
        practice = add_practice(desk, str(10100 + place), f"Praxis {place}")
        sessions = add_sessions(desk, practice, 600, 61, begin=FEBRUARY + timedelta(minutes=place))
        drafts.create_drafts(desk, [wish(practice, sessions)], UNTIL)
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.nothing_lost.invoice_player", "race", str(desk.data.root)],
            stdout=subprocess.PIPE, cwd=ROOT,
        )
        for _ in range(2)
    ]  # fmt: skip
    heard = [json.loads(line) for racer in racers for line in racer.communicate(timeout=60)[0].splitlines()]
    assert [racer.returncode for racer in racers] == [0, 0]
    issued = {one["draft"]: one["number"] for one in heard if "number" in one}
    assert len([one for one in heard if "number" in one]) == 12, "a draft was issued twice"
    ((year,),) = ask(desk, "SELECT year FROM number_range WHERE kind = 'invoice'")
    assert sorted(issued.values()) == [f"RE-{year}-{count:04}" for count in range(1, 13)]
    assert drafts.drafts(desk) == ()
    assert verifying.verify(desk) == ()
    desk.close()
