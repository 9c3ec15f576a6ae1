"""kill -9 at any moment: every step that was acknowledged is there, and the desk is whole."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.desk import Desk
from laverma_desk.storage import outbox, sessions, stored_documents
from laverma_desk.storage.backup import problems_of
from laverma_desk.storage.file_state import FileState, inspect
from tests.support.desks import add_customer, make_desk, set_mail_account

ROOT = Path(__file__).parents[2]
AFTER = {"start": "running", "pause": "paused", "resume": "running", "end": "ended"}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the players are forked")


@dataclass
class Call:
    """What the player was told of a session."""

    number: str
    begin: datetime
    state: str = "running"
    notes: str = ""
    message: int | None = None


@dataclass
class Ledger:
    """Everything that was acknowledged so far, and the one step that was not."""

    calls: dict[int, Call] = field(default_factory=dict)
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
        if step in (None, "open", "recover"):
            return
        self.unsure = None
        self.steps[step] += 1
        if step == "start":
            self.calls[line["id"]] = Call(line["number"], datetime.fromisoformat(line["begin"]))
            return
        call = self.calls[line["id"]]
        if step == "notes":
            call.notes = line["notes"]
        elif step == "queue":
            call.message = line["message"]
        else:
            call.state = AFTER[step]


class Players:
    """The process that forks players; one is killed a round."""

    def __init__(self, errors: Path, game: str = "call_process") -> None:
        self._errors = errors.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"tests.support.{game}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, cwd=ROOT,
        )  # fmt: skip
        self._rest = b""
        assert "ready" in self._hear()

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()
        self._errors.close()

    def _hear(self, until: float | None = None) -> dict[str, Any] | None:
        """Return the next line, None where there is none until a moment."""
        while b"\n" not in self._rest:
            patience = 30 if until is None else max(0, until - time.monotonic())
            if not select.select([self._process.stdout], [], [], patience)[0]:
                assert until is not None, "the player is silent"
                return None
            got = os.read(self._process.stdout.fileno(), 65536)
            assert got, f"the players are gone: {Path(self._errors.name).read_text()}"
            self._rest += got
        line, _, self._rest = self._rest.partition(b"\n")
        return json.loads(line)

    def kill_one(
        self, order: str, delay: float, ledger: Ledger, *, after: str | None = None, steps: int = 0
    ) -> None:
        """Let a player begin, kill it after `delay` seconds (from its first sign of life on), hear it out.

        The seconds count from what `after` names on, and from so many `steps` that are done: a busy machine
        gets as far as another one.
        """
        self._process.stdin.write(order.encode() + b"\n")
        self._process.stdin.flush()
        player = None
        early: list[dict[str, Any]] = []
        while player is None:
            line = self._hear()
            early.append(line)
            player = line.get("pid")
        done = [line["done"] for line in early if "done" in line]
        while (after is not None and after not in done) or len(done) < steps:
            line = self._hear()
            early.append(line)
            assert "gone" not in line, early
            done += [line["done"]] if "done" in line else []
        for line in early:
            ledger.hear(line)
        until = time.monotonic() + delay
        gone = False
        while not gone and (line := self._hear(until)) is not None:
            ledger.hear(line)
            gone = "gone" in line
        if not gone:
            os.kill(player, signal.SIGKILL)
            ledger.kills += 1
            while "gone" not in (line := self._hear()):
                ledger.hear(line)


def new_desk(folder: Path) -> Desk:
    """Return a desk with a practice, whose reports can be queued, under the real clock."""
    desk = make_desk(folder, SystemClock())
    set_mail_account(desk, 9)
    add_customer(desk, "10017", "ZAP Dr. Bohrer", "PC Rezeption", "Server", email="rezeption@zap.example")
    return desk


def verify(desk: Desk, ledger: Ledger) -> None:
    """Compare the desk as it was found with what was acknowledged; take note of the step in between."""
    assert problems_of(desk.data.database) == []
    unsure, ledger.unsure = ledger.unsure, None
    with desk.database.read() as connection:
        assert list(stored_documents.damaged(connection)) == []
        found = {one.id: one for number in _rows(connection) if (one := sessions.find(connection, number))}
        mails = {one.session_id: one for one in outbox.in_state(connection, list(MessageState))}
        going_on = {one.id for one in sessions.open_sessions(connection)}
        assert len(mails) == outbox.count_in(connection, list(MessageState)), "a report was queued twice"
    for number in set(found) - set(ledger.calls):
        assert unsure is not None
        assert unsure["try"] == "start", "a session came from nowhere"
        ledger.calls[number] = Call(found[number].number, found[number].begin)
        ledger.found_unsaid["start"] += 1
        unsure = None
    assert set(ledger.calls) == set(found), "a session was lost"
    numbers = sorted(one.number for one in found.values())
    assert [int(one[-4:]) for one in numbers] == list(range(1, len(numbers) + 1)), numbers
    for number, call in ledger.calls.items():
        mine = unsure if unsure is not None and unsure.get("id") == number else None
        _settle(call, found[number], mails.get(number), mine, ledger)
        one = found[number]
        assert (one.number, one.begin, one.state.value) == (call.number, call.begin, call.state)
        assert (one.notes, one.internal_note) == (call.notes, call.notes[::-1])
        assert (one.id in going_on) is (call.state != "ended")
        _check_complete(one)
        if call.message is None:
            assert number not in mails
        else:
            assert (mails[number].id, mails[number].state) == (call.message, MessageState.WAITING)
            assert mails[number].attachment_size > 1000
            assert not one.report_open


def _rows(connection) -> list[int]:
    return list(connection.exec_driver_sql("SELECT id FROM session").scalars())


def _settle(call: Call, one: SupportSession, mail, unsure: dict[str, Any] | None, ledger: Ledger) -> None:
    """Take the step that was under way for done if the desk has it; it may have it or not, but whole."""
    if unsure is None:
        return
    step = unsure["try"]
    if step == "notes" and one.notes != call.notes:
        call.notes = unsure["notes"]
    elif step == "queue" and mail is not None:
        call.message = mail.id
    elif step in AFTER and one.state.value != call.state:
        call.state = AFTER[step]
    else:
        return
    ledger.found_unsaid[step] += 1


def _check_complete(one: SupportSession) -> None:
    *closed, last = one.segments
    assert all(part.end is not None and part.end >= part.begin for part in closed)
    assert (last.end is None) is (one.state is SessionState.RUNNING)
    assert one.gaps == ()
    if one.state is SessionState.ENDED:
        running = sum(((part.end - part.begin) for part in one.segments), timedelta())
        assert one.charge.seconds == running // timedelta(seconds=1)
        assert one.tariff.price_cents == 225
        assert one.customer_name == "ZAP Dr. Bohrer"
    else:
        assert one.charge is None


def play_rounds(
    desk: Desk, players: Players, rounds: int, seed: int, longest: float = 0.2
) -> Iterator[Ledger]:
    """Kill one player after the other at the same desk and verify what each left; yield the ledger.

    Each lives up to `longest` seconds beyond its first few steps.
    """
    chance, ledger = random.Random(seed), Ledger()
    for _ in range(rounds):
        order = f"{desk.data.root}\t{chance.randrange(10**6)}"
        delay, steps = chance.uniform(0, longest), chance.randrange(12)
        players.kill_one(order, delay, ledger, after="recover", steps=steps)
        verify(desk, ledger)
        yield ledger


@pytest.fixture(scope="module")
def players(tmp_path_factory):
    opened = Players(tmp_path_factory.mktemp("players") / "stderr")
    yield opened
    opened.close()


def test_killed_in_the_middle_of_calls(tmp_path, players):
    desk = new_desk(tmp_path / "desk")
    for ledger in play_rounds(desk, players, 200, random.randrange(10**6)):
        # A machine that is busy elsewhere needs more rounds until enough was done in them.
        if ledger.kills >= 10 and ledger.steps["notes"] > 10:
            break
    running = [number for number, call in ledger.calls.items() if call.state == "running"]
    for number in running:
        ended = timekeeping.end_session(desk, number).value
        assert ended.begin == ledger.calls[number].begin, "it ran on from its start"
    desk.close()
    assert ledger.kills >= 10
    assert ledger.steps["notes"] > 10
    assert [one.name for one in desk.data.root.glob("*.sqlite3*")] == ["desk.sqlite3"]


def test_killed_while_the_desk_is_made(tmp_path, players):
    chance = random.Random()
    for place in range(6):
        folder, ledger = tmp_path / f"{place}", Ledger()
        players.kill_one(str(folder), chance.uniform(0, 0.05), ledger)
        file = folder / "desk.sqlite3"
        assert inspect(file).state in (FileState.ABSENT, FileState.CURRENT)
        players.kill_one(str(folder), 30, ledger)
        assert inspect(file).state is FileState.CURRENT
        assert [one.name for one in folder.iterdir()] == ["desk.sqlite3"]
        assert problems_of(file) == []


def test_the_check_would_find_what_is_lost(tmp_path, players):
    """The ledger against a desk from which an acknowledged word was taken by hand."""
    desk = new_desk(tmp_path / "desk")
    ledger = Ledger()
    while not ledger.steps["notes"]:
        players.kill_one(f"{desk.data.root}\t1", 0.1, ledger, after="recover")
    verify(desk, ledger)
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE session SET notes = 'x' || notes WHERE notes <> ''")
    with pytest.raises(AssertionError):
        verify(desk, ledger)
    desk.close()
