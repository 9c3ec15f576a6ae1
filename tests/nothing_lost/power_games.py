"""What the players of the power cut begin with, and how a desk is judged that has lost its power."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from laverma_desk import settings
from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.errors import OutsideTrouble
from laverma_desk.paths import DataDir
from laverma_desk.services.backups import plan, restoring
from laverma_desk.services.calls import vigilance
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.services.setup import house
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage import customers, migrations
from laverma_desk.storage.backup import problems_of
from laverma_desk.storage.file_state import FileState, inspect
from laverma_desk.storage.migrate import Schema
from laverma_desk.storage.migrate import open_desk as open_file
from tests.nothing_lost import call_ledger, invoice_books
from tests.nothing_lost.players import Line
from tests.nothing_lost.power_player import PHRASE
from tests.support.desks import add_customer, make_desk, memory_secrets
from tests.support.past_sessions import past_session

OLDER_SESSIONS = 300
_DAY = "'2022-03-01'"
_MOMENT = "'2022-03-01 10:00:00.000000'"
_OLDER_ROWS = f"""
    INSERT INTO customer (id, number, name, created_at) VALUES (1, '1', 'ZAP', {_MOMENT});
    INSERT INTO workstation (id, customer_id, name) VALUES (1, 1, 'PC');
    INSERT INTO supporter (id, name) VALUES (1, 'Klaus');
    INSERT INTO segment (session_id, position, begin) VALUES (1, 0, {_MOMENT});
"""  # noqa: S608 (our own words)
_OLDER_COLUMNS = (
    "id, number, state, notes, customer_id, workstation_id, supporter_id, begin, created_at, customer_name, "
    "workstation_name, supporter_name, tariff_from, price_cents, rounding, vat_rate, minimum_seconds, "
    "free_seconds, seconds, billed_seconds, net_cents, vat_cents"
)
_OLDER_VALUES = (
    f"1, 1, 1, {_MOMENT}, {_MOMENT}, 'ZAP', 'PC', 'Klaus', {_DAY}, 225, 'started_minute', 1900, 0, 0, "
    "60, 60, 225, 43"
)


@dataclass(frozen=True)
class Game:
    """How a player's folder is made, how what it leaves is judged, and which share of the cuts it gets."""

    prepare: Callable[[Path, int], None]
    judge: Callable[[Path, Sequence[Line]], None]
    share: int


@dataclass(frozen=True)
class Promises:
    """What each key was promised to be, and the one act that was under way."""

    kept: dict[str, Any]
    unsure: Line | None

    @classmethod
    def heard(cls, lines: Sequence[Line]) -> Promises:
        """Return what a player's lines promise."""
        kept: dict[str, Any] = {}
        unsure = None
        for line in lines:
            if "try" in line:
                unsure = line
            else:
                unsure = None
                kept[line["done"]] = line.get("value")
        return cls(kept, unsure)

    def hold(self, key: str, found: Any) -> None:
        """Raise AssertionError unless a key is what was promised, or what was being made of it."""
        wanted = [self.kept.get(key)]
        if self.unsure is not None and self.unsure["try"] == key:
            wanted.append(self.unsure.get("value"))
        assert found in wanted, f"{key}: promised {wanted!r:.200}, found {found!r:.200}"


def _opened(root: Path) -> Desk:
    """Open a desk as the next start of the program does, and see that it is whole and takes more."""
    desk = open_desk(DataDir(root / "desk"), SystemClock(), memory_secrets())
    health = check_desk(desk)
    assert health.sound, f"the desk is not whole: {health}"
    return desk


def _goes_on(desk: Desk) -> None:
    vigilance.recover(desk)
    house.save_snippets(desk, [("nach dem Strom", "Es geht weiter.")])
    assert problems_of(desk.data.database) == []


def _slogan(desk: Desk, promises: Promises) -> None:
    promises.hold("slogan", house.read_house(desk).company.slogan)


# ---- calls and invoices: with the books of those who are killed ------------------------------------------


def _prepare_calls(root: Path, _seed: int) -> None:
    call_ledger.new_desk(root / "desk").close()


def _judge_calls(root: Path, lines: Sequence[Line]) -> None:
    ledger = call_ledger.Ledger()
    for line in lines:
        ledger.hear(line)
    with closing(_opened(root)) as desk:
        call_ledger.verify(desk, ledger)
        _goes_on(desk)


def _prepare_invoices(root: Path, seed: int) -> None:
    formats = list(invoice_books.InvoiceFormat)
    invoice_books.new_house(root / "desk", formats[seed % len(formats)]).close()


def _judge_invoices(root: Path, lines: Sequence[Line]) -> None:
    bills = invoice_books.Bills()
    for line in lines:
        bills.hear(line)
    with closing(_opened(root)) as desk:
        invoice_books.check(desk, bills)
        _goes_on(desk)


# ---- a new desk, and an older one --------------------------------------------------------------------------


def _prepare_nothing(_root: Path, _seed: int) -> None:
    pass


def _judge_new(root: Path, lines: Sequence[Line]) -> None:
    promises = Promises.heard(lines)
    file = root / "desk" / "desk.sqlite3"
    if "open" in promises.kept:
        assert inspect(file).state is FileState.CURRENT, "the new desk is gone"
    with closing(_opened(root)) as desk:
        if "slogan" in promises.kept:
            _slogan(desk, promises)
        _goes_on(desk)


def prepare_older(root: Path, seed: int) -> None:
    """Write a desk of an earlier program, which version is up to the seed."""
    known = migrations.REVISIONS[: 1 + seed % (len(migrations.REVISIONS) - 1)]
    file = root / "desk" / "desk.sqlite3"
    with tempfile.TemporaryDirectory() as folder:
        scripts = Path(folder) / "migrations"
        later = [f"{one}_*" for one in migrations.REVISIONS if one not in known]
        ignored = shutil.ignore_patterns("__pycache__", *later)
        shutil.copytree(Path(migrations.__file__).parent, scripts, ignore=ignored)
        moment = datetime(2022, 3, 1, tzinfo=UTC)
        open_file(file, Path(folder), lambda: moment, schema=Schema(scripts, known)).close()
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.executescript(_OLDER_ROWS)
        more = "" if known[-1] == "0001" else ", day"
        raw.executemany(
            f"INSERT INTO session ({_OLDER_COLUMNS}{more}) VALUES (?, ?, ?, ?, {_OLDER_VALUES}"  # noqa: S608
            f"{more and ', ' + _DAY})",
            [
                (number, f"S-{number}", "running" if number == 1 else "ended", f"Arbeit {number}")
                for number in range(1, OLDER_SESSIONS + 1)
            ],
        )


def _judge_older(root: Path, lines: Sequence[Line]) -> None:
    promises = Promises.heard(lines)
    data = DataDir(root / "desk")
    state = inspect(data.database).state
    assert state is not FileState.ABSENT, "the older desk is gone"
    if "open" in promises.kept:
        assert state is FileState.CURRENT, "the desk is older again"
        (copy,) = data.backups.glob("desk-*-before-*.sqlite3")
        assert inspect(copy).state is FileState.OLDER, "the copy before the update is not the older desk"
        assert problems_of(copy) == [], "the copy before the update is damaged"
    with closing(open_desk(data, SystemClock(), memory_secrets())) as desk:
        assert problems_of(data.database) == []
        with desk.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT id, notes FROM session ORDER BY id").all()
        promises.kept.setdefault("notes", "Arbeit 1")
        promises.hold("notes", rows[0].notes)
        assert [one.notes for one in rows[1:]] == [f"Arbeit {one}" for one in range(2, OLDER_SESSIONS + 1)]
        promises.kept.setdefault("slogan", "")
        _slogan(desk, promises)
        _goes_on(desk)


# ---- settings, files, copies -----------------------------------------------------------------------------


def prepare_house(root: Path, _seed: int) -> None:
    """Write a house with a customer, an ended session, and room for settings and papers."""
    for name in ("config", "papers"):
        (root / name).mkdir()
    desk = make_desk(root / "desk", SystemClock())
    add_customer(desk, "10017", "ZAP Dr. Bohrer", "PC Rezeption", email="rezeption@zap.example")
    with desk.database.write() as connection:
        place = customers.every_workstation(connection)[0]
        past_session(connection, place, notes="Neustart", recipient="rezeption@zap.example")
    desk.close()


def _judge_choices(root: Path, lines: Sequence[Line]) -> None:
    promises = Promises.heard(lines)
    with closing(_opened(root)) as desk:
        kept = house.read_house(desk)
        found = {
            "slogan": kept.company.slogan,
            "cents": kept.tariffs[0].price_cents,
            "snippets": [[one.label, one.text] for one in kept.snippets],
            "machine": dict(settings.load(root / "config" / "Laverma Desk" / "machine.ini").tool_paths),
            "plan": str(plan.read_plan(desk.data).folder or ""),
        }
        for key in promises.kept:
            promises.hold(key, found[key])
        _goes_on(desk)


def _judge_papers(root: Path, lines: Sequence[Line]) -> None:
    promises = Promises.heard(lines)
    trying = promises.unsure["try"] if promises.unsure else ""
    for key, sha in promises.kept.items():
        file = root / key
        assert file.is_file(), f"{key} is gone"
        if hashlib.sha256(file.read_bytes()).hexdigest() != sha:
            assert key == trying, f"{key} is not what was saved"
    if (file := root / trying).suffix in (".pdf", ".bin") and file.is_file():
        _whole(file, promises)
    with closing(_opened(root)) as desk:
        _goes_on(desk)


def _whole(file: Path, promises: Promises) -> None:
    content = file.read_bytes()
    if file.name == "report.pdf":
        assert content.startswith(b"%PDF"), f"{file.name} is no paper"
        assert content.rstrip().endswith(b"%%EOF"), f"{file.name} is half a paper"
    else:
        promises.hold(str(promises.unsure and promises.unsure["try"]), hashlib.sha256(content).hexdigest())


def _judge_copies(root: Path, lines: Sequence[Line]) -> None:
    promises = Promises.heard(lines)
    data = DataDir(root / "desk")
    promises.kept.setdefault("slogan", "IT für Zahnarztpraxen")
    with closing(_opened(root)) as desk:
        _slogan(desk, promises)
        _goes_on(desk)
    for key, slogan in promises.kept.items():
        if key.startswith("copy "):
            assert _slogan_of_copy(data, data.backups / key.removeprefix("copy ")) == slogan, (
                f"{key} is another"
            )
            made = plan.read_plan(data).made
            assert "before-restore" in key or key.removeprefix("copy ") in made, f"{key} is not known as ours"
    for file in data.backups.glob("desk-*"):
        if file.suffix in (".sqlite3", ".age"):
            _slogan_of_copy(data, file)  # Also one that nobody was told of is whole.


def _slogan_of_copy(data: DataDir, file: Path) -> str:
    try:
        preview = restoring.preview_restore(data, file, PHRASE)
    except OutsideTrouble as error:
        raise AssertionError(f"{file.name} is lost: {error}") from error
    with closing(sqlite3.connect(preview.prepared)) as raw:
        (value,) = raw.execute("SELECT value FROM setting WHERE key = 'company'").fetchone()
    restoring.drop_preview(preview)
    return str(json.loads(value)["slogan"])


GAMES = {
    "calls": Game(_prepare_calls, _judge_calls, 80),
    "invoices": Game(_prepare_invoices, _judge_invoices, 50),
    "copies": Game(prepare_house, _judge_copies, 50),
    "older_desk": Game(prepare_older, _judge_older, 40),
    "choices": Game(prepare_house, _judge_choices, 35),
    "papers": Game(prepare_house, _judge_papers, 30),
    "new_desk": Game(_prepare_nothing, _judge_new, 15),
}
"""How many of 300 cuts each has."""
