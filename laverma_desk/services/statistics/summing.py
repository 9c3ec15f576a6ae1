"""Add up sums that belong together."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from operator import add
from typing import TypeVar

from laverma_desk.domain.statistics import Figures
from laverma_desk.storage.statistics import Sums

K = TypeVar("K")


def add_to(found: MutableMapping[K, Sums], key: K, sums: Sums) -> None:
    """Add sums to those of a key."""
    known = found.get(key)
    found[key] = sums if known is None else tuple(map(add, known, sums))


def summed(pairs: Iterable[tuple[K, Sums]]) -> dict[K, Figures]:
    """Return the figures of each key."""
    found: dict[K, Sums] = {}
    for key, sums in pairs:
        add_to(found, key, sums)
    return {key: Figures(*sums) for key, sums in found.items()}
