"""Eight processes issue at once: no number is left out or given twice, nobody waits for good, all verifies.

Each has drafts of its own, takes some of its invoices back, and all of them want a few further drafts, of
which each may be issued once. It is played on a server, and with a tenth of the invoices on a file; a part
of them carries XML that is held against the rules, which takes its time.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.customer import InvoiceFormat, Workstation
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import drafts
from laverma_desk.services.invoicing.drafts import DraftChange, DraftWish
from laverma_desk.services.setup import house
from tests.nothing_lost.invoice_books import Bills, ask, check
from tests.nothing_lost.players import ROOT, Line
from tests.nothing_lost.shared_houses import asked, honest_server, new_database, open_at
from tests.nothing_lost.trial import Outcome, Trial
from tests.support.desks import lay_out
from tests.support.invoice_houses import COMPANY, FEBRUARY, UNTIL, add_practice
from tests.support.past_sessions import past_session
from tests.support.servers import RealServer

PROCESSES = 8
CONTESTED = 10
"""One draft for so many own ones is there for all."""

CANCELS = 20
"""One of so many invoices is taken back."""

WITH_XML = 10
"""One of so many drafts becomes an invoice with XML in it; 0: none."""

PATIENCE = 4 * 3600
"""Seconds for all; whoever is stuck before that is told so by its own waits."""

_LEFT = {
    "deadlocks": "SELECT SUM(deadlocks) FROM pg_stat_database",
    "locks": "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' OR NOT granted",
    "connections": "SELECT COUNT(*) FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
}
_A_PRACTICE = 10
_ON_A_FILE = 10


@dataclass(frozen=True)
class Play:
    """How many processes issue how many invoices each, and where: a server's database, or a file."""

    processes: int
    each: int
    seed: int
    url: str = ""
    with_xml: int = WITH_XML

    @property
    def contested(self) -> int:
        """Return how many drafts everybody wants."""
        return max(1, self.each // CONTESTED)


def run(trial: Trial) -> Outcome:
    """Let eight processes issue `trial.times` invoices each on a server, and a part of that on a file."""
    counts: Counter[str] = Counter()
    lost: list[str] = []
    server = honest_server()
    try:
        address = server.address(new_database(server), tcp=True)
        plays = [
            ("server", Play(PROCESSES, trial.times, trial.seed, address.url)),
            ("file", Play(PROCESSES, max(2, trial.times // _ON_A_FILE), trial.seed)),
        ]
        for name, one in plays:
            trial.say(f"{name}: {one.processes} processes with {one.each} drafts each")
            try:
                seen = issue_at_once(trial.work / name, one)
            except AssertionError as error:
                lost.append(f"{name}, seed {trial.seed}: {error}")
                continue
            counts += Counter({f"{name}: {what}": count for what, count in seen.items()})
        lost += left_over(server)
    finally:
        server.remove()
    return Outcome(dict(counts), tuple(lost))


def issue_at_once(folder: Path, one: Play) -> Counter[str]:
    """Make a desk, let all issue, and compare what they were told with what is there.

    Raises AssertionError for a gap, a double, a loss, or somebody who did not come to an end.
    """
    desk = open_at(folder / "house", one.url, SystemClock())
    try:
        made = _make_drafts(desk, one)
        heard = _play(folder, one, list(made))
        bills = _told(heard, made)
        check(desk, bills)
        left = ask(desk, "SELECT COUNT(*) FROM invoice_draft")
        assert left == [(0,)], f"drafts were left: {left}"
    finally:
        desk.close()
    return Counter(
        {
            "invoices, numbered without a gap": len(bills.issued),
            "of them taken back by a cancellation": len(bills.cancelled),
            "drafts that somebody else had already": sum("lost" in line for line in heard),
            "sent away as busy, and issued later": sum("busy" in line for line in heard),
        }
    )


def left_over(server: RealServer) -> list[str]:
    """Return what those who are gone have left at a server: locks, transactions, deadlocks."""
    return [f"{asked(server, ask_for)} {what}" for what, ask_for in _LEFT.items() if asked(server, ask_for)]


def _make_drafts(desk: Desk, one: Play) -> dict[int, int]:
    """Write as many drafts as are wanted, each of one session; return the session of each draft."""
    lay_out(desk)
    house.save_company(desk, replace(COMPANY))
    count = one.processes * one.each + one.contested
    places = [
        add_practice(desk, str(30_000 + place), f"Praxis Nr. {place}")
        for place in range(-(-count // _A_PRACTICE))
    ]
    wishes = list(_wishes(desk, places, count))
    made = drafts.create_drafts(desk, wishes, UNTIL).value
    for draft in made[:: one.with_xml] if one.with_xml else ():
        drafts.change_draft(desk, draft, DraftChange(format=InvoiceFormat.ZUGFERD))
    return {draft: wish.session_ids[0] for draft, wish in zip(made, wishes, strict=True)}


def _wishes(desk: Desk, places: Sequence[Workstation], count: int) -> Iterator[DraftWish]:
    with desk.database.write() as connection:
        for place in range(count):
            at = places[place % len(places)]
            begin = FEBRUARY + timedelta(hours=place // len(places))
            row = past_session(connection, at, begin, 600, number=f"S-2022-{place + 1:05}", notes="Neustart")
            yield DraftWish(at.customer_id, (row,))


def _play(folder: Path, one: Play, made: list[int]) -> list[Line]:
    """Let all begin together; return everything they said once they are through."""
    random.Random(one.seed).shuffle(made)
    contested, own = made[: one.contested], made[one.contested :]
    orders = [
        {
            "folder": str(folder / (f"desk {place}" if one.url else "house")), "url": one.url,
            "drafts": own[place :: one.processes], "contested": contested,
            "cancels": one.each // CANCELS, "seed": one.seed + place,
        }
        for place in range(one.processes)
    ]  # fmt: skip
    with ThreadPoolExecutor(len(orders)) as pool, _processes(orders) as players:
        heard = list(pool.map(_until_its_end, players))
    return [line for lines in heard for line in lines]


@contextmanager
def _processes(orders: Sequence[dict[str, Any]]) -> Iterator[list[subprocess.Popen[str]]]:
    """Start a process for each order, and give them once all have opened the desk."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "tests.nothing_lost.issuer"]
    players = [subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=ROOT, text=True) for _ in orders]
    try:
        for player, order in zip(players, orders, strict=True):
            assert player.stdin is not None
            player.stdin.write(json.dumps(order) + "\n")
            player.stdin.flush()
        for player in players:
            assert player.stdout is not None
            assert "ready" in player.stdout.readline(), "a process could not open the desk"
        yield players
    finally:
        for player in players:
            player.kill()
            player.communicate()


def _until_its_end(player: subprocess.Popen[str]) -> list[Line]:
    said, _ = player.communicate("go\n", timeout=PATIENCE)
    lines: list[Line] = [json.loads(line) for line in said.splitlines()]
    assert player.returncode == 0, f"a process failed after {lines[-1:]}"
    assert "done" in lines[-1], "a process did not come to its end"
    return lines


def _told(heard: list[Line], made: dict[int, int]) -> Bills:
    """Return what they were told as books. Raises AssertionError for what was given twice."""
    bills = Bills()
    issued = [line for line in heard if "draft" in line]
    drafts_of = Counter(line["draft"] for line in issued)
    assert set(drafts_of) == set(made), "a draft was never issued"
    assert set(drafts_of.values()) == {1}, f"issued twice: {drafts_of.most_common(3)}"
    for line in issued:
        assert line["number"] not in bills.issued, f"two were told {line['number']}"
        bills.issued[line["number"]] = (made[line["draft"]],)
    for line in heard:
        if "of" in line:
            assert line["number"] not in bills.cancelled.values(), f"two were told {line['number']}"
            bills.cancelled[line["of"]] = line["number"]
    return bills
