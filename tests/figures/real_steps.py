"""What a house does with its sessions, done by the program itself: figures must follow each of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.tariff import CustomerTariff, Rounding, Tariff
from laverma_desk.services.corrections.attempts import record_attempt
from laverma_desk.services.corrections.correcting import change_billing, correct_session
from laverma_desk.services.corrections.entry import SessionEntry, entry_of
from laverma_desk.services.corrections.recording import record_session
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.session_rows import COLUMNS
from laverma_desk.services.importing.sessions import import_sessions
from laverma_desk.services.privacy.erasure import erase
from laverma_desk.services.setup.house import save_tariff
from laverma_desk.storage import customers, sessions

_WHY = "So war es"
_CHANGED_AT = datetime(2026, 10, 25, tzinfo=UTC)
_ZONE = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Place:
    """A machine of a practice that nothing has happened to yet."""

    customer: int
    number: str
    machine: int
    name: str


def take_steps(desk: Desk, folder: Path, dice: Random, times: int) -> dict[str, int]:
    """Record, correct, import, merge and erase, each some `times`; return how often what was done."""
    places = _places(desk.database.file)
    dice.shuffle(places)
    save_tariff(desk, Tariff(date(2026, 9, 1), 240, Rounding.EXACT_SECOND, minimum_seconds=300))
    with desk.database.write() as connection:
        own = CustomerTariff(date(2026, 1, 1), 175, Rounding.FULL_MINUTE)
        customers.put_customer_tariff(connection, places[0].customer, own)
    recorded = [_record(desk, dice.choice(places), dice) for _ in range(times)]
    for place in places[:times]:
        record_attempt(desk, place.machine, dice.choice((NotPossible.NO_INTERNET, NotPossible.DECLINED)))
    corrected = sum(_correct(desk, one, places, dice) for one in recorded)
    imported = import_sessions(desk, _file(folder, places, dice, 5 * times)).value.tally.added
    few = max(1, times // 10)
    for keep, other in zip(places[:few], places[few : 2 * few], strict=True):
        merge(desk, keep.customer, other.customer, {}, _WHY)
    for place in places[2 * few : 3 * few]:
        erase(desk, place.customer, place.number, _WHY)
    return {
        "sessions recorded by hand": len(recorded), "attempts recorded": len(places[:times]),
        "sessions corrected": corrected, "sessions imported": imported, "records merged": few,
        "customers erased": few,
    }  # fmt: skip


def _places(file: Path) -> list[Place]:
    """Return a machine each of practices that are neither merged, locked nor erased, nor in a session."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT customer.id, number, min(workstation.id), workstation.name FROM customer "
            "JOIN workstation ON customer_id = customer.id "
            "WHERE merged_into IS NULL AND restricted_at IS NULL AND NOT workstation.archived "
            "AND customer.id NOT IN (SELECT merged_into FROM customer WHERE merged_into IS NOT NULL) "
            "AND customer.id NOT IN (SELECT customer_id FROM session WHERE state <> 'ended') "
            "GROUP BY customer.id"
        ).fetchall()
    return [Place(*row) for row in rows]


def _record(desk: Desk, place: Place, dice: Random) -> int:
    begin = _CHANGED_AT + timedelta(seconds=dice.randrange(-10_000, 20_000))
    free = dice.random() < 0.3
    entry = SessionEntry(
        place.machine, dice.choice((1, 2, 4)), begin, begin + timedelta(seconds=dice.randrange(1, 9_000)),
        billable=not free, free_reason_id=dice.choice((1, 3, 4)) if free else None,
    )  # fmt: skip
    return record_session(desk, entry).value.id


def _correct(desk: Desk, session_id: int, places: list[Place], dice: Random) -> bool:
    """Let a session have begun earlier, or elsewhere, or be free; some stay as they are."""
    with desk.database.read() as connection:
        found = sessions.find(connection, session_id)
    assert found is not None
    what = dice.randrange(4)
    if what == 0:
        change_billing(desk, session_id, not found.billable, None if not found.billable else 1, _WHY)
    elif what == 1:
        earlier = found.begin - timedelta(seconds=dice.randrange(1, 90_000))
        correct_session(desk, session_id, replace(entry_of(found), begin=earlier), _WHY)
    elif what == 2:
        elsewhere = replace(entry_of(found), workstation_id=dice.choice(places).machine, supporter_id=2)
        correct_session(desk, session_id, elsewhere, _WHY)
    return what < 3


def _file(folder: Path, places: list[Place], dice: Random, count: int) -> Path:
    """Write a file of sessions as an older program gave them out, each at a minute of its own."""
    begin = datetime(2026, 3, 28, 20, tzinfo=_ZONE)
    lines = [";".join(COLUMNS)]
    for number in range(count):
        place, billed = dice.choice(places), dice.random() < 0.7
        at = (begin.astimezone(UTC) + timedelta(minutes=9 * number)).astimezone(_ZONE)
        lines.append(
            f"{place.number};{place.name};{at:%d.%m.%Y %H:%M};00:{dice.randrange(1, 60):02}:"
            f"{dice.randrange(60):02};Klaus Klassen;;Notiz;{'ja' if billed else 'nein'};"
            f"{'' if billed else 'Garantie'};"
        )
    file = folder / "sitzungen.csv"
    file.write_text("\n".join(lines), "utf-8")
    return file
