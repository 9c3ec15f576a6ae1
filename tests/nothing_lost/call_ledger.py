"""What a player of calls was told, held against the desk as it is found after its death."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.storage import outbox, sessions, stored_documents
from laverma_desk.storage.backup import problems_of
from tests.nothing_lost.players import Line
from tests.support.desks import add_customer, make_desk, memory_secrets, set_mail_account

AFTER = {"start": "running", "pause": "paused", "resume": "running", "end": "ended", "reopen": "running"}


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
    unsure: Line | None = None
    steps: Counter[str] = field(default_factory=Counter)
    found_unsaid: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)

    @property
    def kills(self) -> int:
        """Return how many players were killed, not counting those that came to their end before."""
        return self.endings.total() - self.endings["came to its end"]

    def hear(self, line: Line) -> None:
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
        if step == "close":
            return
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


def new_desk(folder: Path) -> Desk:
    """Return a desk with a practice, whose reports can be queued, under the real clock."""
    desk = make_desk(folder, SystemClock())
    set_mail_account(desk, 9)
    add_customer(desk, "10017", "ZAP Dr. Bohrer", "PC Rezeption", "Server", email="rezeption@zap.example")
    return desk


def open_again(folder: Path) -> Desk:
    """Open a desk that is there, as the program does after a crash."""
    return open_desk(DataDir(folder), SystemClock(), memory_secrets())


def verify(desk: Desk, ledger: Ledger) -> None:
    """Compare the desk as it was found with what was acknowledged; take note of the step in between.

    Raises AssertionError for anything that is lost, double or half.
    """
    assert problems_of(desk.data.database) == [], "the file is damaged"
    unsure, ledger.unsure = ledger.unsure, None
    with desk.database.read() as connection:
        assert list(stored_documents.damaged(connection)) == [], "a document is damaged"
        found = {one.id: one for number in _rows(connection) if (one := sessions.find(connection, number))}
        mails = {one.session_id: one for one in outbox.in_state(connection, list(MessageState))}
        going_on = {one.id for one in sessions.open_sessions(connection)}
        assert len(mails) == outbox.count_in(connection, list(MessageState)), "a report was queued twice"
    for number in set(found) - set(ledger.calls):
        assert unsure is not None, "a session came from nowhere"
        assert unsure["try"] == "start", "a session came from nowhere"
        ledger.calls[number] = Call(found[number].number, found[number].begin)
        ledger.found_unsaid["start"] += 1
        unsure = None
    assert set(ledger.calls) == set(found), "a session was lost"
    numbers = sorted(one.number for one in found.values())
    assert [int(one[-4:]) for one in numbers] == list(range(1, len(numbers) + 1)), f"a gap: {numbers}"
    for number, call in ledger.calls.items():
        mine = unsure if unsure is not None and unsure.get("id") == number else None
        _settle(call, found[number], mails.get(number), mine, ledger)
        _compare(call, found[number], mails.get(number))
        assert (number in going_on) is (call.state != "ended"), f"{call.number} is in the wrong place"


def _compare(call: Call, one: SupportSession, mail: Any) -> None:
    said = (call.number, call.begin, call.state, call.notes, call.notes[::-1])
    there = (one.number, one.begin, one.state.value, one.notes, one.internal_note)
    assert there == said, f"acknowledged {said}, found {there}"
    _check_complete(one)
    if call.message is None:
        assert mail is None, f"{call.number} has a mail that nobody queued"
        return
    assert mail is not None, f"the mail of {call.number} is lost"
    assert (mail.id, mail.state) == (call.message, MessageState.WAITING), f"{call.number}: {mail}"
    assert mail.attachment_size > 1000, f"{call.number} has half a report"
    assert not one.report_open, f"{call.number} waits for a report that is queued"


def _rows(connection: Any) -> list[int]:
    return list(connection.exec_driver_sql("SELECT id FROM session").scalars())


def _settle(call: Call, one: SupportSession, mail: Any, unsure: Line | None, ledger: Ledger) -> None:
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
    assert all(part.end is not None and part.end >= part.begin for part in closed), f"half times: {one}"
    assert (last.end is None) is (one.state is SessionState.RUNNING), f"half times: {one}"
    assert one.gaps == (), f"a gap that nobody made: {one}"
    if one.state is not SessionState.ENDED:
        assert one.charge is None, f"charged before its end: {one}"
        return
    running = sum(((part.end - part.begin) for part in one.segments if part.end), timedelta())
    assert one.charge is not None, f"ended without a charge: {one}"
    assert one.charge.seconds == running // timedelta(seconds=1), f"charged other seconds: {one}"
    assert one.tariff is not None, f"ended without its tariff: {one}"
    assert one.tariff.price_cents == 225, f"another price: {one}"
    assert one.customer_name == "ZAP Dr. Bohrer", f"another name: {one}"


def places_of(endings: Counter[str]) -> Iterator[tuple[str, int]]:
    """Yield where the players died, and how many of them there."""
    for how, count in sorted(endings.items()):
        yield (how if how == "came to its end" else f"killed {how}"), count
