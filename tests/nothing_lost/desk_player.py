"""A process that works at one desk of several on a server, and keeps a diary of what it was told is done.

`python -m tests.nothing_lost.desk_player` reads an order (a line of JSON: `folder`, `url`, `seed`, `pace`),
opens the desk as soon as that is possible, and works until the next line; then it brings to an end what waits
and says that it is done. Its standard output is the diary: JSON, a line before each step (`try`) and one for
what came of it: `done`, `refused` (nothing is written), or `unsure`; who is killed in between is unsure, too.
"""

from __future__ import annotations

import json
import logging
import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from laverma_desk.documents import invoice_pdf, report_pdf  # noqa: F401 (loaded before the clock runs, slow)
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Channel, Workstation
from laverma_desk.domain.errors import OutsideTrouble, RuleBroken, Trouble
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services import alone
from laverma_desk.services.calls import call_sheet, handing_over, timekeeping, vigilance
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import issuing
from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.services.invoicing.register import IssuedInvoice
from laverma_desk.services.mails import queueing
from laverma_desk.storage import customers
from tests.nothing_lost.desk_postman import Postman
from tests.nothing_lost.forked_player import say
from tests.nothing_lost.shared_houses import open_at

OPEN = 3
"""Sessions that one has open at once, those that are handed over to it not counted."""

PATIENCE = 60.0
"""Seconds after which what waits for the server has to be settled, once it is there for good."""

AWAY = (Trouble.SERVER_AWAY, Trouble.SERVER_BUSY)
_CALLERS = ("Sabine Lorenz", "Frau Öztürk", "Dr. Weiß", "")
_SECONDS_TO_TAKE_BACK = 1


def facts(one: SupportSession) -> dict[str, Any]:
    """Return what a diary and the server have to agree on."""
    return {
        "id": one.id,
        "number": one.number,
        "supporter": one.supporter_id,
        "state": one.state.value,
        "segments": [[part.begin.isoformat(), part.end and part.end.isoformat()] for part in one.segments],
        "notes": one.notes,
        "internal": one.internal_note,
        "order": one.requested_by,
    }


class DeskPlayer:
    """Somebody on the phone: starts, types, pauses, hands over, ends, reports and bills, all day long."""

    def __init__(self, desk: Desk, seed: int) -> None:
        """Take up what this desk has open."""
        self.desk, self.seed = desk, seed
        self.chance = random.Random(seed)
        self.typed = time.time_ns()
        self.states: dict[int, str] = {}
        self.doubted: set[int] = set()
        self.reported: list[tuple[int, int]] = []
        self.places: list[Workstation] = []
        self.colleagues: list[int] = []
        self.heart = vigilance.read_clocks(desk)

    def step(self) -> None:
        """Do one thing that is possible now; typing is what happens most."""
        if not alone.is_alone(self.desk) and (self.doubted or not self.places or self.chance.random() < 0.15):
            self.look_around()
        sure = {row: state for row, state in self.states.items() if row not in self.doubted}
        going_on = [row for row, state in sure.items() if state in ("running", "paused")]
        ended = [row for row, state in sure.items() if state == "ended"]
        possible: list[Callable[[], None]] = [self._beat]
        if self.places and len(going_on) < OPEN:
            possible += [self._start] * 3
        if going_on:
            row = self.chance.choice(going_on)
            turn = self._pause if sure[row] == "running" else self._resume
            possible += [lambda: self._notes(row)] * 8
            possible += [lambda: turn(row)] * 2
            possible += [lambda: self._order(row), lambda: self._end(row)]
            if self.colleagues:
                possible += [lambda: self._hand_over(row)]
        if ended:
            last = self.chance.choice(ended)
            possible += [lambda: self._queue(last)] * 4
            possible += [lambda: self._reopen(last)]
        if self.reported:
            possible += [self._bill]
        self.chance.choice(possible)()

    def look_around(self) -> None:
        """Read what is there, whose it is, and what came of the steps that nobody answered."""
        try:
            if not self.places:
                self._get_to_know()
            shown = {one.id: one for one in timekeeping.strip_sessions(self.desk)}
            known = [timekeeping.read_session(self.desk, row) for row in self.doubted if row not in shown]
        except OutsideTrouble:
            return
        for row in self.doubted & set(shown):
            say(found=facts(shown[row]), at=time.time_ns())
        for one in known:  # Queued, or handed over: what nobody answered has happened.
            say(found=facts(one), at=time.time_ns())
        for row in set(shown) - set(self.states):
            say(adopted=facts(shown[row]), at=time.time_ns())
        self.doubted.clear()
        self.states = {row: one.state.value for row, one in shown.items()}

    def _get_to_know(self) -> None:
        with self.desk.database.read() as connection:
            self.places = customers.every_workstation(connection)
        self.colleagues = [one.id for one in handing_over.receivers(self.desk)]

    def _try(self, step: str, work: Callable[[], Any], **words: Any) -> Any:
        """Do a step and write down what was said; return what it gave, None where nobody knows it done."""
        row = words.get("id")
        say(**{"try": step}, at=time.time_ns(), **words)
        try:
            value = work().value
        except OutsideTrouble as error:
            if error.code is Trouble.SERVER_UNCERTAIN:
                say(unsure=step, **words)
                self.doubted |= {row} if row else set()
            elif error.code in AWAY:
                say(refused=step, why=error.code.value, **words)
            else:
                raise
            return None
        except RuleBroken as error:
            say(broken=step, why=error.code.value, **words)
            self.doubted |= {row} if row else set()
            return None
        say(done=step, **words, **_told_by(value))
        if isinstance(value, SupportSession):
            self.states[value.id] = value.state.value
        return value

    def _start(self) -> None:
        place = self.chance.choice(self.places)
        self._try("start", lambda: timekeeping.start_session(self.desk, place.id))

    def _notes(self, row: int) -> None:
        self.typed += 1
        words = f"{self.seed}.{self.typed} " + "Neustart des PC\n" * self.chance.randrange(20)
        work = self._about(call_sheet.save_notes, row, words, words[::-1])
        self._try("notes", work, id=row, notes=words, internal=words[::-1])

    def _order(self, row: int) -> None:
        name = self.chance.choice(_CALLERS)
        self._try("order", self._about(call_sheet.save_order, row, name, Channel.PHONE), id=row, order=name)

    def _pause(self, row: int) -> None:
        self._try("pause", self._about(timekeeping.pause_session, row), id=row)

    def _resume(self, row: int) -> None:
        self._try("resume", self._about(timekeeping.resume_session, row), id=row)

    def _end(self, row: int) -> None:
        self._try("end", self._about(timekeeping.end_session, row), id=row)

    def _reopen(self, row: int) -> None:
        self._try("reopen", self._about(timekeeping.reopen_session, row), id=row)

    def _about(self, service: Callable[..., Any], row: int, *words: Any) -> Callable[[], Any]:
        return lambda: service(self.desk, row, *words)

    def _hand_over(self, row: int) -> None:
        to = self.chance.choice(self.colleagues)
        if self._try("hand_over", self._about(handing_over.hand_over, row, to), id=row, to=to) is not None:
            del self.states[row]

    def _queue(self, row: int) -> None:
        seen = timekeeping.read_session(self.desk, row)
        if not seen.notes:
            self._notes(row)
            return

        def queue() -> Any:
            return queueing.queue_report(self.desk, row, delay=_SECONDS_TO_TAKE_BACK)

        if self._try("queue", queue, id=row) is not None:
            del self.states[row]
            self.reported.append((row, seen.customer_id))

    def _bill(self) -> None:
        row, customer = self.reported.pop(self.chance.randrange(len(self.reported)))
        wish, today = DraftWish(customer, (row,)), local_day(self.desk.clock.now())
        self._try("bill", lambda: issuing.issue_open(self.desk, wish, today), billed=row)

    def _beat(self) -> None:
        try:
            self.heart = vigilance.beat(self.desk, self.heart).value
        except OutsideTrouble as error:
            if error.code not in (*AWAY, Trouble.SERVER_UNCERTAIN):
                raise


def _told_by(value: object) -> dict[str, Any]:
    if isinstance(value, SupportSession):
        return {"facts": facts(value)}
    if isinstance(value, queueing.QueuedReport):
        return {"message": value.message_id}
    return {"number": value.row.number} if isinstance(value, IssuedInvoice) else {}


def opened(folder: Path, url: str) -> Desk:
    """Open the desk as often as it takes: the window says that the server is away, and one tries again."""
    while True:
        try:
            return open_at(folder, url)
        except OutsideTrouble as error:
            if error.code not in AWAY:
                raise
            time.sleep(0.3)


def main() -> None:
    """Work until a line comes, bring everything to its end, and say so."""
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    logging.basicConfig(level=logging.WARNING)  # To the errors, as the window has its log.
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), over.set()), daemon=True).start()
    desk = opened(Path(order["folder"]), order["url"])
    say(opened=True, at=time.time_ns())
    player, postman = DeskPlayer(desk, order["seed"]), Postman(desk)
    _recover(desk)
    player.look_around()
    postman.start()
    while not over.is_set():
        try:
            player.step()
        except OutsideTrouble as error:  # Of something that was only read.
            if error.code not in AWAY:
                raise
        time.sleep(player.chance.uniform(0, 2 * order["pace"]))
    settled = alone.settle(desk, PATIENCE)
    player.look_around()
    drained = postman.drain(PATIENCE)
    desk.close()
    say(over=True, settled=settled, drained=drained, doubted=sorted(player.doubted))


def _recover(desk: Desk) -> None:
    try:
        vigilance.recover(desk)
    except OutsideTrouble as error:
        if error.code not in (*AWAY, Trouble.SERVER_UNCERTAIN):
            raise


if __name__ == "__main__":
    main()
