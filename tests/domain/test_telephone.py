"""What telephones pass on is checked before it is anything, and matched without guessing."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.telephone import LONGEST, CallerId, Likeness, likeness, read_caller

BOHRER = "+493023125014"
HARMLESS = re.compile(r"[0-9+*#A-Za-z.:\-/() ]*")


@pytest.mark.parametrize(
    "spelling",
    [
        "030 23125014", "030/23125-014", "(030) 23125014", "(0)30 23125014", "0049 30 23125014",
        "0049 (0)30 23125014", "+49 (0) 30 23125-014", "+49 030 23125014", "00049 30 23125014",
        "493023125014", "49 (0)30 23125014", "*31#03023125014", "#31#03023125014", "tel:+49-30-23125014",
        "tel:%2B493023125014", "TEL:03023125014", "tel:030%2023125014", "tel:+493023125014;phone-context=+49",
        "callto://+493023125014/", "sip:03023125014@fritz.box;transport=udp", "sips:+493023125014@pbx:5061",
        "laverma-desk:03023125014", "laverma-desk://+493023125014/", "03023125014@192.168.178.1",
    ],
)  # fmt: skip
def test_every_spelling_of_a_line_is_that_line(spelling):
    caller = read_caller(spelling)
    assert caller.is_number
    assert likeness(caller.text, BOHRER) is Likeness.SAME


@pytest.mark.parametrize(
    "spelling",
    [
        "23125014",  # the area code left out
        "0030 23125014",  # the zero of a telephone system before it; 0030 alone is Greece
        "9 030 23125014",
        "0 23125014",
        "3023125014",
    ],
)
def test_the_end_of_a_number_is_like_it(spelling):
    assert likeness(spelling, BOHRER) is Likeness.ENDING


@pytest.mark.parametrize(
    ("spelling", "stored"),
    [
        ("040 23125014", BOHRER),
        ("+43 1 23125014", BOHRER),
        ("+3023125014", BOHRER),
        ("125014", BOHRER),
        ("620", "620 620 620"),
        ("030 23125013", BOHRER),
        ("030 2312501", BOHRER),
        ("030 231250140", BOHRER),
        ("030 23125014(0)", BOHRER),
        ("", BOHRER),
        ("030 23125014", ""),
        ("#", "+"),
    ],
)
def test_what_is_another_line_is_not_taken_for_it(spelling, stored):
    assert likeness(spelling, stored) is Likeness.NONE


def test_numbers_that_were_never_brought_into_order_are_compared_all_the_same():
    assert likeness("+493023125014", "030 / 23 12 50 14") is Likeness.SAME
    assert likeness("030 23125014", "23125014") is Likeness.ENDING
    assert likeness("620", "620") is Likeness.SAME


def test_the_zero_of_italy_belongs_to_the_number():
    assert likeness("+39 (0)6 1234567", "+39061234567") is Likeness.SAME
    assert likeness("0039 06 1234567", "+39061234567") is Likeness.SAME


@pytest.mark.parametrize(
    "word",
    ["", "  ", "anonymous", "Anonymous", "unknown", "private", "Unbekannt", "anonymous@anonymous.invalid",
     "sip:anonymous@anonymous.invalid", "tel:", "sip:", "laverma-desk://anonymous/"],
)  # fmt: skip
def test_whoever_hides_the_number_is_nobody(word):
    caller = read_caller(word)
    assert caller == CallerId("", is_number=False)
    assert caller.is_hidden


def test_the_name_of_a_sip_user_is_no_number():
    assert read_caller("sip:zap-bohrer@pbx.example") == CallerId("zap-bohrer", is_number=False)
    assert not read_caller("--data-dir /tmp/elsewhere").is_number


@pytest.mark.parametrize(
    "hostile",
    [
        "030\n123", "030;rm -rf /", "tel:030%0a123", "tel:030%00", "$(reboot)", "030`id`", "030|calc",
        'tel:030" --data-dir "\\\\evil\\share', "tel:030%252b", "030%", "030%zz", "٠٣٠١٢٣٤٥٦٧", "0\u202e30",
        "<030>",
        "0" * (LONGEST + 1), "tel:" + "%30" * (LONGEST + 1), "0" * 100_000, "tel:tel:030", "tel:%74el:030",
        "%74el:030", "sip:tel:030@x", "&calc", "^030", "'030'", "030=1",
    ],
)  # fmt: skip
def test_whatever_is_no_caller_is_refused(hostile):
    with pytest.raises(RuleBroken) as caught:
        read_caller(hostile)
    assert caught.value.code is Rule.PHONE_INVALID


def test_parameters_of_an_address_are_not_looked_at():
    assert read_caller("tel:030123;ext=$(id)").text == "030123"
    assert read_caller("sip:030123@x?subject=<script>").text == "030123"


@given(st.one_of(st.text(max_size=80), st.text("0+%2B4tel:sip/@;?()-*# ~\n", max_size=80)))
@example("tel:%2e%2e/%2e%2e")
def test_what_passes_is_harmless_and_reads_as_itself_again(argument):
    try:
        caller = read_caller(argument)
    except RuleBroken:
        return
    assert HARMLESS.fullmatch(caller.text)
    assert len(caller.text) <= LONGEST
    assert read_caller(caller.text) == caller
