"""Numbers of documents: patterns, ranges, and no number that two kinds could give."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.company import InvoiceSettings
from laverma_desk.domain.document_number import (
    check_format,
    check_formats,
    filled,
    may_meet,
    range_year,
)
from laverma_desk.domain.errors import Rule, RuleBroken

DAY = date(2022, 3, 1)
_LETTERS = "".join(chr(one) for one in range(33, 127)) + " ßÄ_#"


def code_of(pattern: str) -> Rule | None:
    try:
        check_format(pattern, "number_format")
    except RuleBroken as error:
        return error.code if error.field == "number_format" else None
    return None


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("RE-{year}-{seq:04}", "RE-2022-0007"),
        ("{seq}", "7"),
        ("R{year}/{seq:09}", "R2022/000000007"),
        (" RE{seq:02}+{year} ", "RE07+2022"),
    ],
)
def test_a_pattern_is_filled(pattern, number):
    assert filled(check_format(pattern, "x"), 2022, 7) == number


def test_a_counter_outgrows_its_width():
    assert filled("RE-{seq:03}", 2022, 12345) == "RE-12345"


@pytest.mark.parametrize(
    ("pattern", "rule"),
    [
        ("RE-{year}", Rule.NUMBER_FORMAT_INVALID),
        ("", Rule.NUMBER_FORMAT_INVALID),
        ("{seq}{seq}", Rule.NUMBER_FORMAT_INVALID),
        ("{year}{year}{seq}", Rule.NUMBER_FORMAT_INVALID),
        ("RE-{seq:4}", Rule.PLACEHOLDER_UNKNOWN),
        ("RE-{month}-{seq}", Rule.PLACEHOLDER_UNKNOWN),
        ("RE-{seq", Rule.NUMBER_FORMAT_INVALID),
        ("RE-{seq:04", Rule.NUMBER_FORMAT_INVALID),
        ("RE-seq}", Rule.NUMBER_FORMAT_INVALID),
        ("RE-{seq}}", Rule.NUMBER_FORMAT_REFUSED),
        ("RE-{{year}-{seq}", Rule.NUMBER_FORMAT_REFUSED),
        ("RE {seq}", Rule.NUMBER_FORMAT_REFUSED),
        ("RE_{seq}", Rule.NUMBER_FORMAT_REFUSED),
        ("RE#{seq}", Rule.NUMBER_FORMAT_REFUSED),
        ("RÄ{seq}", Rule.NUMBER_FORMAT_REFUSED),
        ("R" * 31 + "{seq}", Rule.NUMBER_FORMAT_LONG),
    ],
)
def test_a_pattern_is_refused(pattern, rule):
    assert code_of(pattern) is rule


def test_thirty_characters_before_a_counter_of_six_fit():
    assert code_of("R" * 30 + "{seq}") is None


def test_the_range_is_the_year_or_none():
    assert range_year("RE-{year}-{seq}", DAY) == 2022
    assert range_year("RE-{seq}", DAY) == 0


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("RE-{year}-{seq:04}", "ST-{year}-{seq:04}", False),
        ("{seq}", "{seq:04}", True),
        ("1{seq}", "2{seq}", False),
        ("R{seq}", "r{seq}", True),
        ("{year}{seq:04}", "{seq:09}", True),
        ("{year}-{seq}", "20{year}-{seq}", False),
        ("A{seq}", "A1{seq}", True),
        ("{seq}A", "{seq}B", False),
        ("{year}-{seq}", "{seq}-{year}", True),
    ],
)
def test_patterns_that_meet(one, other, meet):
    assert may_meet(one, other) is meet
    assert may_meet(other, one) is meet


_PATTERNS = st.lists(
    st.sampled_from(["A", "1", "-", "20", "{year}"]), min_size=0, max_size=3, unique=True
).flatmap(
    lambda parts: st.sampled_from(["{seq}", "{seq:02}", "{seq:04}"]).flatmap(
        lambda seq: st.integers(0, len(parts)).map(
            lambda place: "".join([*parts[:place], seq, *parts[place:]])
        )
    )
)


@given(_PATTERNS, _PATTERNS)
def test_patterns_that_do_not_meet_never_give_one_number(one, other):
    """Against plain listing: where two lists share a number, the two patterns must be said to meet."""
    counts = [1, 2, 9, 10, 20, 99, 202, 2022, 20221, 12022, 99999]
    years = [2020, 2022, 2112]
    first, second = ({filled(one, year, count) for year in years for count in counts} for one in (one, other))
    if first & second:
        assert may_meet(one, other)


@given(st.text(_LETTERS, max_size=12), st.text(_LETTERS, max_size=12), st.booleans())
def test_what_passes_is_what_datev_takes(before, after, yearly):
    pattern = f"{before}{'{year}' if yearly else ''}{{seq:04}}{after}"
    if code_of(pattern) is None:
        assert re.fullmatch(r"[A-Za-z0-9$&%*+\-/]{1,36}", filled(check_format(pattern, "x"), 2022, 1))


def test_the_formats_of_a_new_house_are_right():
    check_formats(InvoiceSettings())


def test_two_kinds_with_one_number_are_refused_at_the_second():
    with pytest.raises(RuleBroken) as caught:
        check_formats(replace(InvoiceSettings(), reminder_format="re-{year}-{seq}"))
    assert (caught.value.code, caught.value.field) == (Rule.NUMBER_FORMATS_MEET, "reminder_format")
