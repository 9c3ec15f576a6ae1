"""Which sessions of one supporter ran at the same time: held against a comparison of each with each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.busy_time import BusyTime, meanwhile


def busy(supporter, session, begin, end):
    return BusyTime(supporter, session, f"S-{session}", f"{begin:03}", f"{end:03}")


@st.composite
def stretches(draw):
    """A day of two supporters: sessions of some stretches each, a few of them without any length."""
    found = []
    for session in range(draw(st.integers(0, 12))):
        supporter = draw(st.integers(1, 2))
        for _ in range(draw(st.integers(1, 3))):
            begin = draw(st.integers(0, 30))
            found.append(busy(supporter, session, begin, begin + draw(st.integers(0, 12))))
    return sorted(found, key=lambda one: (one.supporter_id, one.begin, one.session_id))


def each_with_each(times):
    found = {}
    for place, one in enumerate(times):
        for other in times[:place]:
            if (
                other.supporter_id == one.supporter_id
                and other.session_id != one.session_id
                and max(other.begin, one.begin) < min(other.end, one.end)
            ):
                found.setdefault(one.session_id, other.number)
                found.setdefault(other.session_id, one.number)
    return found


@given(stretches())
def test_the_same_are_found_as_by_comparing_each_with_each(times):
    assert meanwhile(times) == each_with_each(times)


class Counted(str):
    """An instant that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __gt__(self, other):
        Counted.compared += 1
        return super().__gt__(other)

    def __le__(self, other):
        Counted.compared += 1
        return super().__le__(other)


def test_a_thousand_at_once_are_compared_a_few_times_each(monkeypatch):
    """Issuing an invoice asks this of three days: it must not grow with the square of what ran at once."""
    monkeypatch.setattr(Counted, "compared", 0)
    times = [
        one._replace(begin=Counted(one.begin), end=Counted(one.end))
        for one in (busy(1, session, session // 20, 900) for session in range(1_000))
    ]
    found = meanwhile(times)
    assert len(found) == 1_000
    assert (found[0], found[999]) == ("S-1", "S-0")
    assert 1_000 <= Counted.compared < 10_000
