"""What a chart shows, in numbers: both the window and the paper draw from it, each in its own way."""

from __future__ import annotations

from dataclasses import dataclass

LINES = 4
"""So many grid lines stand above zero at most."""

_STEPS = (10, 15, 20, 25, 30, 40, 50, 60, 80, 100)
"""Tenths of a power of ten, at which a line may stand."""


@dataclass(frozen=True)
class Axis:
    """Grid lines at `step`, 2 × `step`, …, up to `top`, in the unit of the values; it begins at zero."""

    step: int
    top: int

    @property
    def lines(self) -> tuple[int, ...]:
        """Return where the lines stand, the lowest first, zero left out."""
        return tuple(range(self.step, self.top + 1, self.step))


def axis(highest: int, unit: int = 1) -> Axis:
    """Return the axis on which `highest` has room: round steps, whole multiples of `unit`, as few as do.

    `unit` is 100 where values are cents and lines stand at whole euros.
    """
    wanted = -(-max(highest, 1) // unit)
    power = 1
    while True:
        for tenths in _STEPS:
            step, rest = divmod(tenths * power, 10)
            if not rest and step * LINES >= wanted:
                lines = -(-wanted // step)
                return Axis(step * unit, step * unit * lines)
        power *= 10
