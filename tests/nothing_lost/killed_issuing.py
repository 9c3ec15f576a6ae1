"""kill -9 while invoices are issued and cancelled: no gap, no number twice, no half document.

Half of the kills come from outside at a random moment, most of them while pages are set or the XML is
judged; a part of these players keeps silent for a while about what is written. The other half fall before,
within or after a certain call on a file of the desk, each kind alike, syncs, renames, links and removals
more often. All three formats take their turn, each at its own desk.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import DeskError
from tests.nothing_lost.call_ledger import open_again, places_of
from tests.nothing_lost.invoice_books import Bills, check, new_house
from tests.nothing_lost.kill_at import Calls, Moment
from tests.nothing_lost.players import Players
from tests.nothing_lost.trial import Outcome, Trial

FORMATS = (InvoiceFormat.PDF, InvoiceFormat.ZUGFERD, InvoiceFormat.XRECHNUNG)
LATE = 0.4
"""Seconds for which some players keep to themselves what they have written."""


def run(trial: Trial) -> Outcome:
    """Kill so many players and look after each what the desk holds."""
    chance = random.Random(trial.seed)
    players = Players(trial.work, "invoice_player")
    if not players.can_strike:
        trial.say("no C compiler: no kills at calls")
    steps: Counter[str] = Counter()
    endings: Counter[str] = Counter()
    unsaid = 0
    lost: list[str] = []
    for place, chosen in enumerate(FORMATS):
        seed, bills = chance.randrange(10**6), Bills()
        folder = trial.work / chosen.value
        desk = new_house(folder, chosen)
        desk.close()
        calls = players.listen((folder, 1, 0), 6) if players.can_strike else None
        bills = _books_of(folder)
        rounds = trial.times // len(FORMATS) + (place < trial.times % len(FORMATS))
        longest = 0.6 if chosen is InvoiceFormat.PDF else 2.5
        try:
            for count, _ in enumerate(kill_rounds(folder, players, rounds, seed, longest, bills, calls), 1):
                if count % 20 == 0:
                    trial.say(f"{chosen.value}: {count} kills, {bills.steps.total()} documents")
        except (AssertionError, DeskError) as error:
            lost.append(f"{chosen.value}, seed {seed}, after {bills.kills} kills: {error}")
        steps += Counter({f"{step} ({chosen.value})": number for step, number in bills.steps.items()})
        endings += bills.endings
        unsaid += bills.found_unsaid.total()
    players.close()
    counts = {
        "kills": endings.total(),
        "documents acknowledged, each found after every kill that followed": steps.total(),
        "documents written but killed before it was said, found whole": unsaid,
        **{f"… {step}": count for step, count in sorted(steps.items())},
        **dict(places_of(endings)),
    }
    return Outcome(counts, tuple(lost))


def _books_of(folder: Path) -> Bills:
    """Return books that know what a desk holds already."""
    desk = open_again(folder)
    bills = Bills()
    with desk.database.read() as connection:
        for number, record in connection.exec_driver_sql(
            "SELECT i.number, group_concat(l.session_id) FROM invoice i JOIN invoice_line l "
            "ON l.invoice_id = i.id WHERE i.kind = 'invoice' GROUP BY i.id"
        ):
            bills.issued[number] = tuple(int(one) for one in record.split(","))
        for number, of in connection.exec_driver_sql(
            "SELECT c.number, i.number FROM invoice c JOIN invoice i ON i.id = c.cancels_id"
        ):
            bills.cancelled[of] = number
    desk.close()
    return bills


def kill_rounds(
    folder: Path,
    players: Players,
    rounds: int,
    seed: int,
    longest: float,
    bills: Bills,
    calls: Calls | None = None,
    *,
    every: int = 10,
    late: float | None = None,
) -> Iterator[None]:
    """Kill one player after the other at the same desk and check what each left; yield after each.

    Each lives up to `longest` seconds; every byte is read each `every` rounds. `late`: how many seconds it
    keeps for itself what it has written; None: now and then. With `calls` every other one dies at one.
    """
    chance = random.Random(seed)
    for place in range(1, rounds + 1):
        silence = chance.choice((0, 0, LATE)) if late is None else late
        moment = Moment(chance.uniform(0, longest + 2 * silence), "open")
        if calls is not None and calls.heard and place % 2:
            moment = Moment(2 * longest, "open", strike=calls.choose(chance, most=25))
        order = (folder, chance.randrange(10**6), silence)
        bills.endings[players.play_one(order, moment, bills.hear)] += 1
        desk = open_again(folder)
        check(desk, bills, whole=place in (1, rounds) or place % every == 0)
        desk.close()
        yield
