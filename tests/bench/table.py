"""The rows as text for a terminal and as the table of the README."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from tests.bench.cases import FILE, SERVER
from tests.bench.measuring import Row

_TITLES = {FILE: "SQLite", SERVER: "PostgreSQL"}

HEADINGS = ("Case", "Ours", "Beside it", "Ratio", "Quartiles", "Goal", "")


def _figure(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f} {unit}"


def cells(row: Row) -> tuple[str, ...]:
    """Return a row as text, one entry for each heading."""
    beside = row.beside if row.limit is None else f"{_figure(row.limit, row.unit)} ({row.beside})"
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    spread = "" if row.quartiles is None else f"{row.quartiles[0]:.2f}–{row.quartiles[1]:.2f}"
    goal = f"≤ {row.goal:g}" + (f" {row.unit}" if row.ratio is None else "")
    verdict = ("yes" if row.met else "no") + (f": {row.note}" if row.note else "")
    return (row.what, _figure(row.ours, row.unit), beside, ratio, spread, goal, verdict)


def as_text(rows: Iterable[Row]) -> str:
    """Return the rows in columns, those of each engine under its name."""
    given = list(rows)
    parts = []
    for engine in (FILE, SERVER):
        some = [cells(row) for row in given if row.engine == engine]
        if some:
            parts.append(_aligned([(f"Case ({_TITLES[engine]})", *HEADINGS[1:]), *some]))
    return "\n\n".join(parts)


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def as_markdown(rows: Iterable[Row], not_on_server: Callable[[str], str]) -> str:
    """Return the table of the README: ratios and goals; milliseconds are of one machine.

    What the same row is on a server stands beside it; where it makes no sense there, why.
    """
    given = list(rows)
    on_server = {(row.what, place): row for row, place in _counted(given, SERVER)}
    lines = [
        "| Case | Beside it | Ratio | Goal | Reached | On PostgreSQL | Reached |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row, place in _counted(given, FILE):
        what, _ours, _beside, _ratio, _spread, goal, verdict = cells(row)
        other = on_server.get((row.what, place))
        there = ("–", not_on_server(row.case) or "not measured") if other is None else _on_server(row, other)
        lines.append(
            f"| {what} | {row.beside or '–'} | {_value(row)} | {goal} | {verdict} | {' | '.join(there)} |"
        )
    return "\n".join(lines)


def _counted(rows: Sequence[Row], engine: str) -> Iterator[tuple[Row, int]]:
    """Yield an engine's rows with the place of each among those of its name."""
    seen: Counter[str] = Counter()
    for row in rows:
        if row.engine == engine:
            yield row, seen[row.what]
            seen[row.what] += 1


def _value(row: Row) -> str:
    _what, ours, _beside, ratio, spread, _goal, _verdict = cells(row)
    return f"{ratio} ({spread})" if ratio else ours


def _on_server(row: Row, other: Row) -> tuple[str, str]:
    """Return the value of a row on a server, beside what it stands where that is else, and the verdict.

    Milliseconds by themselves say nothing there, with a wire in between: they are held against the goal.
    """
    value = (
        f"{other.ours / other.goal:.2f} × the goal"
        if other.unit == "ms" and not other.ratio
        else _value(other)
    )
    verdict = cells(replace(other, note="") if " ms" in other.note else other)[6]
    return value + (f", beside {other.beside}" if other.beside != row.beside else ""), verdict
