"""kill -9 while invoices are issued and cancelled, and two processes at once: no gap, no double, no loss."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import drafts, verifying
from laverma_desk.storage import stored_documents
from laverma_desk.storage.backup import problems_of
from tests.house.test_kill import ROOT, Players
from tests.support.invoice_houses import (
    FEBRUARY,
    UNTIL,
    add_practice,
    add_sessions,
    make_house,
    use_format,
    wish,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the players are forked")


@dataclass
class Bills:
    """Every document that was acknowledged, and the one step that was not."""

    issued: dict[str, tuple[int, ...]] = field(default_factory=dict)
    cancelled: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, Any] | None = None
    steps: Counter[str] = field(default_factory=Counter)
    found_unsaid: Counter[str] = field(default_factory=Counter)
    kills: int = 0

    def hear(self, line: dict[str, Any]) -> None:
        """Take one line of the player."""
        assert "failed" not in line, line
        if "try" in line:
            self.unsure = line
            return
        step = line.get("done")
        if step not in ("issue", "cancel"):
            return
        self.unsure = None
        self.steps[step] += 1
        if step == "issue":
            self.issued[line["number"]] = tuple(line["sessions"])
        else:
            self.cancelled[line["of"]] = line["number"]


def new_house(folder: Path, chosen: InvoiceFormat = InvoiceFormat.PDF) -> Desk:
    """Return a desk with two practices under the real clock that issues in a format."""
    desk = make_house(folder, SystemClock())
    use_format(desk, chosen)
    add_practice(desk)
    add_practice(desk, "10018", "Praxis Dr. Weiß")
    return desk


def ask(desk: Desk, statement: str) -> list[tuple[Any, ...]]:
    with desk.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def settle(desk: Desk, bills: Bills) -> None:
    """Take the step that was under way for done if the desk has it: it has all of it, or nothing."""
    unsure, bills.unsure = bills.unsure, None
    known = set(bills.issued) | set(bills.cancelled.values())
    new = [number for (number,) in ask(desk, "SELECT number FROM invoice") if number not in known]
    if not new:
        return
    assert len(new) == 1, "documents came from nowhere"
    assert unsure is not None
    bills.found_unsaid[unsure["try"]] += 1
    if unsure["try"] == "issue":
        bills.issued[new[0]] = tuple(unsure["sessions"])
    else:
        bills.cancelled[unsure["of"]] = new[0]


def check(desk: Desk, bills: Bills, *, whole: bool = True) -> None:
    """Compare the desk as it was found with what was acknowledged. `whole`: read every byte of it."""
    assert problems_of(desk.data.database) == []
    settle(desk, bills)
    known = dict(ask(desk, "SELECT number, kind FROM invoice"))
    assert set(known) == set(bills.issued) | set(bills.cancelled.values()), "a document was lost"
    for kind in ("invoice", "cancellation"):
        counts = sorted(int(number[-4:]) for number, one in known.items() if one == kind)
        assert counts == list(range(1, len(counts) + 1)), "a gap, or a number twice"
        assert ask(desk, f"SELECT COALESCE(SUM(last), 0) FROM number_range WHERE kind = '{kind}'") == [  # noqa: S608
            (len(counts),)
        ]
    locked = dict(ask(desk, "SELECT id, invoice_number FROM session WHERE invoice_number IS NOT NULL"))
    valid = [
        (session, number)
        for number, billed in bills.issued.items()
        if number not in bills.cancelled
        for session in billed
    ]
    assert len(dict(valid)) == len(valid), "a session is billed twice"
    assert locked == dict(valid)
    assert not set(locked) & {one for (one,) in ask(desk, "SELECT session_id FROM draft_session")}
    (papers,) = ask(
        desk,
        "SELECT COUNT(*) FROM document WHERE kind IN ('invoice', 'cancellation') AND LENGTH(content) > 5000",
    )
    ((xmls,),) = ask(desk, "SELECT COUNT(xml_id) FROM invoice")
    assert papers == (len(known) + xmls,), "a document without its bytes, or bytes without their document"
    if whole:
        with desk.database.read() as connection:
            assert list(stored_documents.damaged(connection)) == []
        assert verifying.verify(desk) == ()


def kill_rounds(
    desk: Desk,
    players: Players,
    rounds: int,
    seed: int,
    longest: float,
    every: int = 1,
    late: float = 0,
) -> Iterator[Bills]:
    """Kill one player after the other at the same desk and check what each left; yield the books.

    Each lives up to `longest` seconds; every byte is read each `every` rounds. `late`: how many seconds it
    keeps for itself what it has written.
    """
    chance, bills = random.Random(seed), Bills()
    for place in range(1, rounds + 1):
        order = f"{desk.data.root}\t{chance.randrange(10**6)}\t{late}"
        players.kill_one(order, chance.uniform(0, longest), bills, after="open")
        check(desk, bills, whole=place % every == 0)
        yield bills


@pytest.fixture(scope="module")
def players(tmp_path_factory):
    opened = Players(tmp_path_factory.mktemp("billers") / "stderr", "invoice_process")
    yield opened
    opened.close()


def test_killed_while_it_bills(tmp_path, players):
    desk = new_house(tmp_path / "desk")
    *_early, bills = kill_rounds(desk, players, 8, random.randrange(10**6), 0.5, every=4)
    desk.close()
    assert bills.kills >= 6


def test_killed_after_it_was_written_and_before_anybody_heard(tmp_path, players):
    desk = new_house(tmp_path / "desk")
    # A busy machine is often killed before it has written anything.
    for bills in kill_rounds(desk, players, 60, random.randrange(10**6), 1.5, every=6, late=0.6):
        if bills.kills >= 6 and bills.found_unsaid:
            break
    desk.close()
    assert bills.found_unsaid.total() >= 1


def test_two_processes_issue_the_same_drafts(tmp_path):
    desk = make_house(tmp_path / "desk")
    for place in range(12):
        practice = add_practice(desk, str(10100 + place), f"Praxis {place}")
        sessions = add_sessions(desk, practice, 600, 61, begin=FEBRUARY + timedelta(minutes=place))
        drafts.create_drafts(desk, [wish(practice, sessions)], UNTIL)
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.invoice_process", "race", str(desk.data.root)],
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
