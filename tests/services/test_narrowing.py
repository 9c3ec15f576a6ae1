"""Lines that fit what is typed: the same as looked for from the start, with less looking."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.services.customers.narrowing import Narrowing

_LINES = st.lists(st.text("ab ", max_size=8), max_size=12)
_WORDS = st.lists(st.text("ab", min_size=1, max_size=4), max_size=3).map(tuple)


class _Line(str):
    """A line that counts how often it is looked at."""

    __slots__ = ()
    looks = 0

    def __contains__(self, word):
        type(self).looks += 1
        return super().__contains__(word)


def _looks(ask):
    """Return at how many lines something looks."""
    _Line.looks = 0
    ask()
    return _Line.looks


@given(lines=_LINES, asked=st.lists(_WORDS, max_size=40))
def test_whatever_was_asked_before_all_lines_that_have_the_words_fit_in_their_order(lines, asked):
    narrowing = Narrowing(lines)
    for words in asked:
        fitting = [place for place, line in enumerate(lines) if all(word in line for word in words)]
        assert list(narrowing.fitting(words)) == fitting


@given(lines=_LINES, spellings=st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=3))
def test_a_line_that_has_several_spellings_fits_once_in_its_place(lines, spellings):
    having = Narrowing(lines).having(range(len(lines)), spellings)
    assert having == [place for place, line in enumerate(lines) if any(one in line for one in spellings)]


def test_the_next_letter_looks_at_no_more_than_what_fitted_and_one_taken_back_at_nothing():
    names = ["bohrer"] * 5 + ["linder"] * 45
    narrowing = Narrowing([_Line(f"praxis b{number} {name}") for number, name in enumerate(names)])
    assert _looks(lambda: narrowing.fitting(("b",))) == 50
    assert _looks(lambda: narrowing.fitting(("bo",))) == 50
    assert _looks(lambda: narrowing.fitting(("boh",))) == 5
    assert _looks(lambda: narrowing.fitting(("bo",))) == 0
    assert _looks(lambda: narrowing.fitting(("boh", "p"))) == 5
    assert _looks(lambda: narrowing.fitting(("boh", "pr"))) == 5


def test_what_nobody_types_any_more_is_forgotten():
    narrowing = Narrowing([_Line("abcdefghijklmnopqrstuvwxyz")])
    assert _looks(lambda: narrowing.fitting(("z",))) == 1
    for letter in "abcdefghijklmnopqrstuvwxy":
        narrowing.fitting((letter,))
        narrowing.fitting(("y",))
    assert _looks(lambda: narrowing.fitting(("y",))) == 0, "asked for a moment ago"
    assert _looks(lambda: narrowing.fitting(("z",))) == 1
