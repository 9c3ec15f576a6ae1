"""`python -m tests.bench`: measure each case beside its limit, print the table, write the JSON."""
# ruff: noqa: T201 (it is there to print)

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench.cases import FILE, NAMES, SERVER, Bench, reason_not_on_server, rows_of
from tests.bench.measuring import Row, rows_of_json
from tests.bench.table import as_markdown, as_text

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BEGIN, END = "<!-- bench -->", "<!-- bench end -->"


def main() -> int:
    """Run the cases that were asked for; return 1 where one broke. A goal that is missed breaks nothing."""
    options = _parse()
    if options.inside:
        return _measure_here(options)
    options.work.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    broken: list[str] = []
    for earlier in options.join:
        rows += rows_of_json(json.loads(earlier.read_text("utf-8"))["rows"])
    for name in () if options.join else options.case or NAMES:
        for engine in options.engine:
            if engine == SERVER and (why := reason_not_on_server(name)):
                print(f"… {name} on {engine}: {why}", file=sys.stderr, flush=True)
                continue
            print(f"… {name} on {engine}", file=sys.stderr, flush=True)
            found = _measure_apart(name, engine, options)
            if found is None:
                broken.append(f"{name} on {engine}")
                continue
            print(as_text(found), flush=True)
            rows += found
    print("\n" + as_text(rows))
    _write_json(options.json or options.work / "bench.json", rows, broken)
    if options.readme:
        _put_into_readme(rows)
    if broken:
        print("Broken: " + ", ".join(broken), file=sys.stderr)
    return 1 if broken else 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("case", nargs="*", help="only these: " + ", ".join(NAMES))
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "laverma-desk-bench",
                        help="kept from run to run (default: %(default)s)")  # fmt: skip
    parser.add_argument("--engine", action="append", choices=(FILE, SERVER), help="only desks of this one")
    parser.add_argument("--json", type=Path, help="where to write the figures (default: bench.json in WORK)")
    parser.add_argument("--join", nargs="+", type=Path, default=[], metavar="JSON",
                        help="measure nothing: join what earlier runs have written")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="few rounds, small desks: proves nothing")
    parser.add_argument("--readme", action="store_true", help="put the table into README.md")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.engine = options.engine or [FILE, SERVER]
    for name in options.case:
        if name not in NAMES:
            parser.error(f"no case {name}; there are {', '.join(NAMES)}")
    return options


def _measure_here(options: argparse.Namespace) -> int:
    bench = Bench(options.work, options.quick)
    (engine,) = options.engine
    marks = {"case": options.inside, "engine": engine}
    rows = [asdict(row) | marks for row in rows_of(options.inside, engine, bench)]
    options.json.write_text(json.dumps(rows), "utf-8")
    return 0


def _measure_apart(name: str, engine: str, options: argparse.Namespace) -> list[Row] | None:
    """Measure a case in a process of its own, so that none inherits the memory and modules of another."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rows.json"
        command = [sys.executable, "-m", "tests.bench", "--inside", name, "--engine", engine,
                   "--json", str(out), "--work", str(options.work)]  # fmt: skip
        command += ["--quick"] if options.quick else []
        # A machine may forbid the cache of compiled modules: every start would compile the program.
        environment = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            return None
        return rows_of_json(json.loads(out.read_text("utf-8")))


def _write_json(target: Path, rows: list[Row], broken: list[str]) -> None:
    facts = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "system": platform.platform(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "packages": {name: version(name) for name in ("PySide6-Essentials", "sqlalchemy", "fpdf2")},
        },
        "rows": [asdict(row) | {"met": row.met} for row in rows],
        "broken": broken,
    }
    target.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"{target}", file=sys.stderr)


def _put_into_readme(rows: list[Row]) -> None:
    text = README.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{as_markdown(rows, reason_not_on_server)}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
