"""A bare window that has loaded the libraries on which the desk stands, and nothing of the program.

Run as a file: says how much private memory (KiB) each of them takes, then what `start_child.py` says at last.
"""
# ruff: noqa: T201, PLC0415 (its words are read by who started it; each library is loaded in its turn)

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path


def _store() -> None:
    from sqlalchemy import URL, create_engine, literal, select

    with create_engine(URL.create("sqlite")).connect() as connection:
        connection.execute(select(literal(1))).scalar_one()


def _words_of_figures() -> None:
    from babel import dates, numbers

    numbers.format_decimal(1234.5, locale="de_DE")
    dates.format_date(date(2026, 1, 2), locale="de_DE")


def _telephone() -> None:
    import phonenumbers

    phonenumbers.parse("0431 123456", "DE")


def _search() -> None:
    from rapidfuzz import fuzz, process

    process.extract("prax", ["Praxis"], scorer=fuzz.ratio)


LIBRARIES: dict[str, Callable[[], None]] = {
    "SQLAlchemy": _store,
    "Babel": _words_of_figures,
    "phonenumbers": _telephone,
    "RapidFuzz": _search,
}


def _private() -> int:
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1])
    raise LookupError


def _run() -> None:
    before = _private()
    for name, use in LIBRARIES.items():
        use()
        now = _private()
        print(name, now - before, flush=True)
        before = now
    # PySide6 comes after them: it would keep the source of each module that comes after it.
    import start_child

    sys.argv[1:] = ["bare", "stay"]
    start_child._run()


if __name__ == "__main__":
    _run()
