"""Numbers in every spelling of a telephone system, and text that is no number at all."""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.folding import digits_of
from laverma_desk.domain.telephone import LONGEST, Likeness, likeness, read_caller

AREAS = ["30", "40", "89", "5401", "33203", "171", "15566", "700"]


@st.composite
def lines(draw):
    """Return area and subscriber of a German line."""
    first = draw(st.integers(1, 9))
    return draw(st.sampled_from(AREAS)), str(first) + draw(st.text("0123456789", min_size=5, max_size=6))


def spellings(area, subscriber):
    """Return the forms in which softphones pass a number on."""
    return [
        f"0{area}{subscriber}",
        f"0{area} / {subscriber[:3]}-{subscriber[3:]}",
        f"(0{area}) {subscriber}",
        f"+49{area}{subscriber}",
        f"+49 {area} {subscriber}",
        f"+49 (0) {area} {subscriber}",
        f"+49(0){area}-{subscriber}",
        f"0049{area}{subscriber}",
        f"0049 (0){area} {subscriber}",
        f"000 49{area}{subscriber}",
        f"tel:+49{area}{subscriber}",
        f"tel:+49-{area}-{subscriber};phone-context=+49",
        f"laverma-desk://0{area}{subscriber}/",
        f"callto:+49{area}{subscriber}",
        f"sip:0{area}{subscriber}@10.0.0.4:5060;transport=udp",
        f"sip:+49{area}{subscriber}@pbx",
        "tel:" + quote(f"+49 {area} {subscriber}", safe=""),
    ]


@given(lines())
def test_each_spelling_is_the_line_itself(line):
    area, subscriber = line
    for given_ in spellings(area, subscriber):
        caller = read_caller(given_)
        assert caller.is_number, given_
        assert likeness(caller.text, f"+49{area}{subscriber}") is Likeness.SAME, given_


@given(lines())
def test_the_zero_for_an_outside_line_is_no_other_number(line):
    area, subscriber = line
    for given_ in (f"00{area}{subscriber}", f"0 0{area} {subscriber}", f"9-0{area}-{subscriber}"):
        assert likeness(read_caller(given_).text, f"+49{area}{subscriber}") is Likeness.ENDING, given_


@given(lines(), lines())
def test_another_line_is_never_the_same(line, other):
    (area, subscriber), (far, extension) = line, other
    stored = f"+49{far}{extension}"
    mine, its = area + subscriber, far + extension
    for given_ in spellings(area, subscriber):
        found = likeness(read_caller(given_).text, stored)
        assert (found is Likeness.SAME) == (mine == its), given_
        if not mine.endswith(its) and not its.endswith(mine):
            assert found is Likeness.NONE, given_


@given(lines(), st.integers(1, 6))
def test_few_digits_are_never_enough(line, count):
    area, subscriber = line
    assert likeness(subscriber[-count:], f"+49{area}{subscriber}") is Likeness.NONE


@given(st.sampled_from(["41", "43", "33", "1", "39"]), lines())
def test_another_country_is_another_line(country, line):
    area, subscriber = line
    assert likeness(f"+{country}{area}{subscriber}", f"+49{area}{subscriber}") is Likeness.NONE
    assert likeness(f"+49{area}{subscriber}", f"+{country}{area}{subscriber}") is Likeness.NONE


@given(st.text(max_size=200) | st.text("telsip:/@+0123456789%();?-. ", max_size=90))
def test_nothing_but_checked_text_comes_out(written):
    try:
        caller = read_caller(written)
    except RuleBroken as error:
        if error.code is not Rule.PHONE_INVALID:
            raise
        return
    assert len(caller.text) <= LONGEST
    assert caller.text.isascii()
    assert caller.text.isprintable()
    assert "%" not in caller.text
    assert not caller.is_number or digits_of(caller.text)
    # What was read once is read the same again, and compared with anything without failing.
    assert read_caller(caller.text) == caller
    likeness(caller.text, written)
    likeness(written, caller.text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_never_fails_and_needs_digits(one, other):
    found = likeness(one, other)
    if found is not Likeness.NONE:
        assert digits_of(one)
        assert digits_of(other)
