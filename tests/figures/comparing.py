"""What the program says beside what the rows say, field by field."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from laverma_desk.domain.statistics import Statistics, StatisticsFilter
from laverma_desk.services.desk import Desk
from laverma_desk.services.statistics.reading import statistics
from tests.figures.recomputing import Expected, derived

_LISTS = ("months", "customers", "reasons", "hours", "workstations", "supporters", "on_site")


def said(found: Statistics) -> dict[str, Any]:
    """Return every field of the program's answer as plain tuples."""
    plain = {name: [astuple(one) for one in getattr(found, name)] for name in _LISTS}
    return plain | {
        "total": astuple(found.total),
        "derived": (found.total.billed_share, found.total.average_seconds),
        "prices": found.prices,
    }


def differences(desk: Desk, expected: Expected) -> list[str]:
    """Ask the program for a filter and return what it says otherwise, a sentence for each field."""
    asked = expected.asked
    wanted = StatisticsFilter(asked.first, asked.last, asked.customer, asked.supporter)
    answer = statistics(desk, wanted)
    ours, theirs = expected.figures(), said(answer)
    followed = (
        wanted.first,
        wanted.last,
        wanted.customer_id,
        asked.supporter if asked.per_supporter else None,
    )
    found = [] if astuple(answer.filter) == followed else [f"{asked}: filter: says {answer.filter}"]
    found += [
        f"{asked}: {one}: share or average"
        for one in answer.months
        if (one.figures.billed_share, one.figures.average_seconds) != derived(astuple(one.figures))
    ]
    for field, right in ours.items():
        if theirs[field] != right:
            found.append(f"{asked}: {field}: {_first_difference(theirs[field], right)}")
    return found


def values(expected: Expected) -> int:
    """Return how many single values a filter's figures are."""
    return sum(_leaves(one) for one in expected.figures().values())


def _leaves(one: Any) -> int:
    return sum(map(_leaves, one)) if isinstance(one, list | tuple) else 1


def _first_difference(said: Any, right: Any) -> str:
    if isinstance(right, list):
        pairs = zip(said, right, strict=False)
        for place, (one, other) in enumerate(pairs):
            if one != other:
                return f"at {place} it says {one}, the rows say {other}"
        return f"it has {len(said)}, the rows give {len(right)}"
    return f"it says {said}, the rows say {right}"
