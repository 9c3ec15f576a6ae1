"""What a desk's file holds for figures, read by Python's own driver and judged by the definitions alone.

Nothing of the program is loaded here: rounding, calendar, families and locks are written down anew.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
_MINUTE = Decimal(60)


@dataclass(frozen=True)
class Record:
    """A row of the customers; `visit` is what a visit costs by it, None where nothing is agreed."""

    id: int
    number: str
    name: str
    merged_into: int | None
    locked: bool
    visit: int | None


@dataclass(frozen=True)
class Worked:
    """A session that took place and may be counted, all of it worked out here."""

    practice: int
    machine: int
    supporter: int
    day: date
    hour: int
    billed: bool
    reason: str
    price: int
    seconds: int
    minutes: int
    net: int


@dataclass
class Rows:
    """How many rows were read, which did not count and why, and which do not hold what follows from them."""

    read: int = 0
    open: int = 0
    not_possible: int = 0
    locked: int = 0
    counted: int = 0
    wrong: int = 0


class World:
    """A desk's file."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        self.rows = Rows()
        self.records = {
            row[0]: Record(*row[:4], locked=row[4] is not None and row[5] is None, visit=_visit(*row[6:]))
            for row in self._connection.execute(
                "SELECT id, number, name, merged_into, restricted_at, erased_at, on_site_cents, "
                "on_site_travel_cents, on_site_hourly_cents FROM customer"
            )
        }
        self.supporters = dict(self._connection.execute("SELECT id, name FROM supporter"))
        self._reasons = dict(self._connection.execute("SELECT id, name FROM free_reason"))
        self.machines: dict[int, tuple[int, str]] = {}
        self.machine_of: dict[int, int] = {}
        self._read_machines()

    def close(self) -> None:
        self._connection.close()

    def practice(self, record: int) -> int:
        """Return the record that goes on for one."""
        return self.records[record].merged_into or record

    def _read_machines(self) -> None:
        """Find for each machine the one that stands for it: of one practice and one name by any spelling."""
        same: dict[tuple[int, str], list[tuple[bool, bool, int]]] = {}
        for machine, record, name, archived in self._connection.execute(
            "SELECT id, customer_id, name, archived FROM workstation"
        ):
            self.machines[machine] = (record, name)
            rank = (bool(archived), record != self.practice(record), machine)
            same.setdefault((self.practice(record), _spelling(name)), []).append(rank)
        for ranks in same.values():
            stands = min(ranks)[2]
            self.machine_of |= {machine: stands for _archived, _merged, machine in ranks}

    def worked(self) -> Iterator[Worked]:
        """Read every row of the table and give those that count."""
        self.rows = Rows()
        for row in self._connection.execute(
            "SELECT customer_id, workstation_id, supporter_id, state, begin, day, billable, free_reason_id, "
            "price_cents, rounding, minimum_seconds, free_seconds, seconds, billed_seconds, net_cents, "
            "not_possible FROM session NOT INDEXED"
        ):
            self.rows.read += 1
            one = self._judged(row)
            if one is not None:
                self.rows.counted += 1
                yield one

    def _judged(self, row: tuple) -> Worked | None:
        (record, machine, supporter, state, begin, day, billable, reason, price, rounding, minimum, free,
         seconds, kept_seconds, kept_net, not_possible) = row  # fmt: skip
        if state != "ended":
            self.rows.open += 1
            return None
        if not_possible:
            self.rows.not_possible += 1
            return None
        if self.records[record].locked:
            self.rows.locked += 1
            return None
        wall = datetime.fromisoformat(begin).replace(tzinfo=UTC).astimezone(ZONE)
        charged = charged_seconds(seconds, rounding, minimum, free)
        net = net_cents(charged, price)
        if (wall.date().isoformat(), charged, net) != (day, kept_seconds, kept_net):
            self.rows.wrong += 1
        return Worked(
            practice=self.practice(record), machine=self.machine_of[machine], supporter=supporter,
            day=wall.date(), hour=wall.hour, billed=bool(billable),
            reason="" if reason is None else self._reasons[reason], price=price, seconds=seconds,
            minutes=_whole(Decimal(charged) / _MINUTE, ROUND_CEILING), net=net,
        )  # fmt: skip


def _visit(flat: int | None, travel: int | None, hourly: int | None) -> int | None:
    """Return what a visit costs: the flat price, or travel and one hour, whichever of both is agreed."""
    if flat is not None:
        return flat
    return None if travel is None and hourly is None else (travel or 0) + (hourly or 0)


@cache
def charged_seconds(seconds: int, rounding: str, minimum: int, free: int) -> int:
    """Return for how many seconds a session is charged."""
    if seconds <= free:
        return 0
    left = max(seconds - free, minimum)
    if rounding == "exact_second":
        return left
    way = {"started_minute": ROUND_CEILING, "nearest_minute": ROUND_HALF_UP, "full_minute": ROUND_FLOOR}
    return 60 * _whole(Decimal(left) / _MINUTE, way[rounding])


@cache
def net_cents(charged: int, price: int) -> int:
    """Return what charged seconds cost at a price a minute, halves up."""
    return _whole(Decimal(charged * price) / _MINUTE, ROUND_HALF_UP)


def _whole(value: Decimal, way: str) -> int:
    return int(value.quantize(Decimal(1), rounding=way))


def _spelling(name: str) -> str:
    """Return a name as it sounds: case, accents, ß and the two ways to write an umlaut make no difference."""
    letters = [one for one in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(one)]
    kept = ""
    for one in "".join(letters).replace("ß", "ss"):
        if not (one == "e" and kept and kept[-1] in "aou"):
            kept += one
    return kept
