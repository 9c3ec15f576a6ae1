"""A file of a million sessions brought in, beside `csv` and `executemany` into the same tables."""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from laverma_desk.domain.clock import local
from laverma_desk.paths import DataDir
from tests.bench.cases import Bench
from tests.bench.large_desk import copied, empty_desk, large_desk
from tests.bench.measuring import Pair, Row, paired, row

_HEAD = (
    "Kundennummer",
    "Arbeitsplatz",
    "Anfang",
    "Dauer",
    "Supporter",
    "Auftrag durch",
    "Notizen",
    "Abrechnen",
    "Grund",
)
_SQL = """
SELECT customer.number, workstation_name, begin, seconds, supporter_name, requested_by, notes, billable,
free_reason.name FROM session JOIN customer ON customer.id = customer_id
LEFT JOIN free_reason ON free_reason.id = free_reason_id WHERE state = 'ended' ORDER BY session.id
"""
_ROOT = Path(__file__).parents[2]


NOT_ON_SERVER = "not measured: nothing is written yet that takes the same file in beside it"


def measure(bench: Bench) -> Iterable[Row]:
    """Import the large desk's sessions into a house that has none yet, each time in a fresh process."""
    count = bench.sessions
    house = empty_desk(bench)
    files = {size: _file(bench, size) for size in (count // 10, count)}
    peaks: dict[int, list[float]] = {size: [] for size in files}

    def side(name: str, size: int) -> float:
        seconds, peak = _imported(bench, house, files[size], name)
        if name == "ours":
            peaks[size].append(peak)
        return seconds

    side("ours", count // 10)
    pair = paired(lambda: side("ours", count), lambda: side("bare", count), rounds=bench.rounds(1), warm=0)
    yield row(
        f"import of {count:,} sessions from CSV", "csv + sqlite3 executemany, same indexes", pair, 3, unit="s"
    )
    memory = Pair((max(peaks[count]),), (peaks[count // 10][0],))
    yield row("memory of this import", "a tenth of the lines", memory, 1.1, unit="MB")


def _file(bench: Bench, count: int) -> Path:
    """Return the file of the first sessions of the large desk, written where it is not there yet."""
    file = bench.work / f"sessions-{count}.csv"
    if file.exists():
        return file
    fresh = file.with_suffix(".unfinished")
    source = f"{large_desk(bench).database.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True)) as connection,
        fresh.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out, delimiter=";")
        writer.writerow(_HEAD)
        writer.writerows(map(_line, islice(connection.execute(_SQL), count)))
    fresh.rename(file)
    return file


def _line(found: tuple[Any, ...]) -> list[str]:
    number, machine, begin, seconds, supporter, requested_by, notes, billable, reason = found
    wall = local(datetime.fromisoformat(begin).replace(tzinfo=UTC))
    lasted = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    billed = "ja" if billable else "nein"
    return [
        number,
        machine,
        f"{wall:%d.%m.%Y %H:%M:%S}",
        lasted,
        supporter,
        requested_by,
        notes,
        billed,
        reason or "",
    ]


def _imported(bench: Bench, house: DataDir, file: Path, side: str) -> tuple[float, float]:
    """Return the seconds that an import took and its most memory in MB."""
    with tempfile.TemporaryDirectory(dir=bench.work) as folder:
        target = copied(house, Path(folder))
        command = [sys.executable, "-m", "tests.bench.import_sides", side, str(target.root), str(file)]
        # The rows that wait lie where the desks lie: not in a folder that is memory.
        environment = os.environ | {"TMPDIR": folder, "SQLITE_TMPDIR": folder}
        told = subprocess.run(
            command, cwd=_ROOT, env=environment, check=True, capture_output=True, text=True
        ).stdout
    _count, seconds, peak = told.split()
    return float(seconds), float(peak)
