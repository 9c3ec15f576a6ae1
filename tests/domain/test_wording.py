"""The house's templates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.wording import GUIDE_PLACEHOLDERS, REPORT_PLACEHOLDERS, check_template, fill


def test_known_placeholders_pass_unchanged():
    template = "{salutation},\n\nam {date} an „{workstation}“: {notes}"
    assert check_template(template, REPORT_PLACEHOLDERS, "body") is template


@pytest.mark.parametrize("name", ["datum", "", " date", "Date", "link"])
def test_the_first_unknown_one_is_named_at_its_field(name):
    with pytest.raises(RuleBroken) as broken:
        check_template(f"{{date}} {{{name}}} {{other}}", REPORT_PLACEHOLDERS, "subject")
    assert broken.value.code is Rule.PLACEHOLDER_UNKNOWN
    assert broken.value.field == "subject"
    assert broken.value.parameters["name"] == name
    assert broken.value.parameters["known"].startswith("{company}, {customer}, {date}")


def test_each_template_has_its_own_placeholders():
    assert check_template("{link} {guide} {phone}", GUIDE_PLACEHOLDERS, "guide_body")
    with pytest.raises(RuleBroken):
        check_template("{notes}", GUIDE_PLACEHOLDERS, "guide_body")


def test_braces_that_are_no_placeholder_stay():
    template = "if (x) {\n  y }"
    assert check_template(template, REPORT_PLACEHOLDERS, "body") == template
    assert fill(template, {"x": "1"}) == template


def test_filling_in():
    assert fill("{date}: {customer} {unknown}", {"date": "1.3.", "customer": "ZAP"}) == "1.3.: ZAP {unknown}"


def test_what_is_filled_in_is_never_read_again():
    values = {"notes": "Pfad {customer}\\{date}", "customer": "{notes}", "date": "heute"}
    assert fill("{notes}|{customer}", values) == "Pfad {customer}\\{date}|{notes}"


@given(st.text(), st.text())
def test_whatever_is_filled_in_comes_out_as_it_is(notes, around):
    around = around.replace("{", "(").replace("}", ")")
    assert fill(around + "{notes}" + around, {"notes": notes}) == around + notes + around
