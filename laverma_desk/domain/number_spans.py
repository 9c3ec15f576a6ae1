"""Many running numbers in few words: those that follow one another become one stretch."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DIGITS = re.compile(r"(\d+)")


def spans(numbers: Sequence[str]) -> list[tuple[str, str]]:
    """Return first and last of each stretch, in the given order; a number alone is both.

    RE-2022-0005, RE-2022-0006, RE-2022-0009 are two stretches.
    """
    found: list[tuple[str, str]] = []
    for number in numbers:
        if found and _follows(found[-1][1], number):
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _follows(one: str, other: str) -> bool:
    """Return whether two numbers differ in one counter alone, which is one higher."""
    first, second = _DIGITS.split(one), _DIGITS.split(other)
    if len(first) != len(second):
        return False
    different = [(here, there) for here, there in zip(first, second, strict=True) if here != there]
    if len(different) != 1:
        return False
    here, there = different[0]
    return here.isdigit() and there.isdigit() and int(there) == int(here) + 1
