"""Older desks become searchable when they are opened, with all that they hold."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from laverma_desk.domain.history import HistoryFilter
from laverma_desk.storage import history, migrations, search_index
from laverma_desk.storage.file_state import FileState, inspect
from laverma_desk.storage.migrate import Schema, open_desk
from tests.storage.conftest import NOON

ROWS = """
    INSERT INTO customer (id, number, name, created_at) VALUES (1, '1', 'ZAP', '2022-01-01 00:00:00.000000');
    INSERT INTO workstation (id, customer_id, name) VALUES (1, 1, 'PC');
    INSERT INTO supporter (id, name) VALUES (1, 'Klaus');
"""
SESSION = """
    INSERT INTO session (id, number, customer_id, workstation_id, supporter_id, state, begin, notes,
        created_at,
        customer_name, workstation_name, supporter_name, tariff_from, price_cents, rounding, vat_rate,
        minimum_seconds, free_seconds, seconds, billed_seconds, net_cents, vat_cents {more})
    VALUES ({id}, 'S-{id}', 1, 1, 1, '{state}', '2022-03-01 23:30:00.000000', '{notes}', '2022-03-01',
        'Praxis Dr. Weiß', 'Server', 'Klaus', '2022-01-01', 225, 'started_minute', 1900, 0, 0, 60, 60, 225, 43
        {values})
"""


@pytest.fixture
def older(tmp_path: Path):
    """Return a function that makes a desk of an older version with sessions in it."""

    def make(version: str) -> Path:
        known = migrations.REVISIONS[: migrations.REVISIONS.index(version) + 1]
        scripts = tmp_path / "scripts"
        shutil.copytree(
            Path(migrations.__file__).parent, scripts, ignore=shutil.ignore_patterns("__pycache__")
        )
        for file in (scripts / "versions").glob("0*.py"):
            if file.name[:4] not in known:
                file.unlink()
        file = tmp_path / "desk.sqlite3"
        open_desk(file, tmp_path / "backups", lambda: NOON, schema=Schema(scripts, known)).close()
        more, values = ("", "") if version == "0001" else (", day", ", '2022-03-02'")
        with closing(sqlite3.connect(file)) as raw:
            raw.executescript(ROWS)
            for number in range(1, 5003):
                state = "running" if number == 2 else "ended"
                notes = "Druckertreiber geprüft" if number % 2 else "Terminalserver"
                raw.execute(SESSION.format(id=number, state=state, notes=notes, more=more, values=values))
            raw.commit()
        return file

    return make


@pytest.mark.parametrize("version", ["0001", "0002"])
def test_what_an_older_desk_holds_is_found(older, version, tmp_path):
    file = older(version)
    assert inspect(file).state is FileState.OLDER
    database = open_desk(file, tmp_path / "backups", lambda: NOON)
    with database.write() as connection:
        assert search_index.search_problems(connection) == []
        assert search_index.index_is_sound(connection)
        found = {
            typed: history.count(connection, HistoryFilter(None, None, text=typed))
            for typed in ("treiber", "server", "terminal", "weiss", "S-2", "router")
        }
        days = history.day_sums(connection, HistoryFilter(None, None))
    database.close()
    assert found == {
        "treiber": 2501, "server": 5001, "terminal": 2500, "weiss": 5001, "S-2": 1110, "router": 0,
    }  # fmt: skip
    assert [(one.day.isoformat(), one.sums.sessions) for one in days] == [("2022-03-02", 5001)]
