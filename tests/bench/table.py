"""The rows as text for a terminal and as the table of the README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.bench.measuring import Row

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
    """Return the rows in columns."""
    return _aligned([HEADINGS, *map(cells, rows)])


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def as_markdown(rows: Iterable[Row]) -> str:
    """Return the rows as the table of the README: ratios and goals; milliseconds are of one machine."""
    lines = ["| Case | Beside it | Ratio | Goal | Reached |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        what, ours, _beside, ratio, spread, goal, verdict = cells(row)
        figure = f"{ratio} ({spread})" if ratio else ours
        lines.append(f"| {what} | {row.beside or '–'} | {figure} | {goal} | {verdict} |")
    return "\n".join(lines)
