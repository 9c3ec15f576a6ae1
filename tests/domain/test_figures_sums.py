"""What follows from sums over sessions: all minutes, the share that is billed, how long one takes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.statistics import NO_FIGURES, Figures

figures = st.builds(Figures, *[st.integers(0, 10**9)] * 6)


def test_each_sum_is_added_to_its_own():
    assert Figures(1, 2, 3, 4, 5, 6) + Figures(10, 20, 30, 40, 50, 60) == Figures(11, 22, 33, 44, 55, 66)


@given(figures, figures, figures)
def test_the_order_of_adding_does_not_matter(one, two, three):
    assert (one + two) + three == one + (three + two)
    assert one + NO_FIGURES == one


def test_the_share_is_exact_and_of_the_minutes():
    some = Figures(sessions=3, billed_minutes=8073, free_minutes=1457)
    assert (some.minutes, some.billed_share) == (9530, Fraction(8073, 9530))
    assert Figures(sessions=1, free_minutes=5).billed_share == 0


@pytest.mark.parametrize(
    ("seconds", "sessions", "average"), [(3, 2, 2), (5, 2, 3), (4, 3, 1), (5, 3, 2), (0, 4, 0)]
)
def test_the_average_is_rounded_halves_up(seconds, sessions, average):
    assert Figures(sessions, seconds).average_seconds == average


def test_of_nothing_there_is_neither():
    assert (NO_FIGURES.billed_share, NO_FIGURES.average_seconds) == (None, None)
