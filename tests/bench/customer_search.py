"""From a key pressed in the search field until the list is painted, with all customers of a large house."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtCore import Qt

from laverma_desk.domain.folding import fold
from laverma_desk.paths import DataDir
from laverma_desk.services.customers.search import Finder, load_finder
from tests.bench.cases import Bench
from tests.bench.large_desk import copied, large_desk
from tests.bench.large_server_desk import large_server_desk, passing_copy
from tests.bench.measuring import Row, alone
from tests.bench.open_window import OpenWindow, Paints, open_window
from tests.bench.screen import a_screen

_WRONG_LETTER = 3


def measure(bench: Bench) -> Iterator[Row]:
    """Type names, towns, machines, numbers and misspelt words letter by letter, and take each letter back."""
    with tempfile.TemporaryDirectory() as folder, a_screen() as screen:
        data = copied(large_desk(bench), Path(folder))
        with open_window(data) as window:
            yield from _measured(bench, window, screen)


def measure_on_server(bench: Bench) -> Iterator[Row]:
    """Type the same at a desk on the server."""
    with (
        a_screen() as screen,
        passing_copy(bench, large_server_desk(bench), "typing") as address,
        tempfile.TemporaryDirectory() as folder,
        open_window(DataDir(Path(folder)), address) as window,
    ):
        yield from _measured(bench, window, screen)


def _measured(bench: Bench, window: OpenWindow, screen: str) -> Iterator[Row]:
    # Made first: what it reads is let go of again, so that it does not burden what is measured.
    queries = list(_queries(load_finder(window.desk), bench.rounds(8)))
    window.stage.show_new()
    window.rest()
    spent = _type(window, queries)
    slow = quantiles(spent, n=20)[-1]
    note = f"median {median(spent):.1f} ms, {screen}"
    what = "keystroke in the search field → list painted, 10,000 customers"
    yield alone(f"{what}: 95 %", slow, 16, unit="ms", rounds=len(spent), note=note)
    yield alone("the slowest of them", max(spent), 50, unit="ms", rounds=len(spent))


def _queries(finder: Finder, count: int) -> Iterator[str]:
    """Yield what callers are searched by, as ASCII: every spelling of an umlaut finds the same."""
    everyone = finder.customers("")
    for place in range(count):
        one = everyone[place * len(everyone) // count]
        name = fold(one.name)
        yield name
        yield name.split()[-1]
        yield one.number
        yield one.phone
        yield fold(one.city)
        yield f"server {name.split()[-1]}"
        yield f"{name[:_WRONG_LETTER]}q{name[_WRONG_LETTER + 1 :]}"
    yield "zzz"


def _type(window: OpenWindow, queries: Sequence[str]) -> Sequence[float]:
    paints = Paints(window.stage.search.panel)
    spent: list[float] = []
    for query in queries:
        for key in (*query, *[Qt.Key.Key_Backspace] * len(query)):
            spent.append(window.until_painted(lambda: window.press(key), paints))  # noqa: B023 (called at once)
            window.release(key)
        assert window.stage.search.typed == "", f"the keys of {query!r} did not arrive"
    return spent
