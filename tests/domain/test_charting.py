"""The axis of a chart: it begins at zero, has round steps, few lines, and room for the highest bar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.charting import LINES, Axis, axis


@pytest.mark.parametrize(
    ("highest", "unit", "step", "top"),
    [
        (1090, 1, 300, 1200),  # minutes of a month
        (210_825, 100, 60_000, 240_000),  # its revenue: 600 €, 1.200 €, …
        (0, 1, 1, 1),
        (3, 1, 1, 3),
        (4, 1, 1, 4),
        (5, 1, 2, 6),
        (1, 100, 100, 100),
        (1_000_000, 1, 250_000, 1_000_000),
    ],
)
def test_steps_are_those_that_people_count_in(highest, unit, step, top):
    assert axis(highest, unit) == Axis(step, top)


def test_lines_stand_above_zero_up_to_the_top():
    assert Axis(300, 1200).lines == (300, 600, 900, 1200)


@given(st.integers(0, 10**12), st.sampled_from([1, 60, 100]))
def test_the_highest_has_room_and_little_is_left_over(highest, unit):
    found = axis(highest, unit)
    assert found.top >= highest
    assert found.step % unit == 0
    assert 1 <= len(found.lines) <= LINES
    assert found.lines[-1] == found.top
    # The next line below the top would not do.
    assert found.top - found.step < max(highest, 1)
