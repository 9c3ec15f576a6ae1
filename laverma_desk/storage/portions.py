"""Long lists of rows, some at a time: a statement with thousands of parameters is slow, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

V = TypeVar("V")
AT_ONCE = 500
"""How many rows one statement names."""


def portions(values: Iterable[V]) -> Iterator[list[V]]:
    """Yield values in their order, so many at a time as one statement may name."""
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield some
