"""The caller is found however the telephone writes the number, and nobody is found by accident."""

from __future__ import annotations

import random

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.telephone import who_calls
from laverma_desk.storage.tables import contact, customer

LINES = {"practice": "+493023125014", "mobile": "+4915566123456", "direct": "+493023125099"}


@pytest.fixture
def numbered(desk, bohrer):
    """ZAP Dr. Bohrer with a line, and a person with a mobile and a direct one."""
    with desk.database.write() as connection:
        row = connection.execute(contact.select().limit(1)).one()
        connection.execute(
            customer.update().where(customer.c.id == bohrer.customer_id).values(phone=LINES["practice"])
        )
        connection.execute(
            contact.update()
            .where(contact.c.id == row.id)
            .values(customer_id=bohrer.customer_id, phone=LINES["direct"], mobile=LINES["mobile"])
        )
    return row.name


def spelled(number, chance):
    """Return a number in one of the ways of a softphone."""
    rest = number.removeprefix("+49")
    form = chance.choice(
        ["+49{}", "0049{}", "0{}", "+49(0){}", "tel:+49{}", "sip:0{}@pbx", "laverma-desk://0{}"]
    )
    return form.format(rest)


def test_each_line_is_found_by_each_spelling(desk, bohrer, numbered):
    chance = random.Random(1)
    for kind, number in LINES.items():
        for _again in range(20):
            found = who_calls(desk, spelled(number, chance))
            assert [hit.customer_id for hit in found.customers] == [bohrer.customer_id]
            assert found.certain
            assert found.customers[0].person == ("" if kind == "practice" else numbered)


def test_a_neighbouring_number_is_nobody(desk, bohrer, numbered):
    chance = random.Random(2)
    for number in LINES.values():
        for last in "0123456789":
            other = number[:-1] + last
            if other not in LINES.values():
                assert who_calls(desk, spelled(other, chance)).customers == ()


def test_what_is_no_number_finds_nobody_and_never_fails(desk, bohrer, numbered):
    chance = random.Random(3)
    for _again in range(500):
        given = "".join(chance.choice("0123456789+*#()/-. @:%;telsip\x00ä'\"\\") for _one in range(12))
        try:
            found = who_calls(desk, given)
        except RuleBroken as error:
            if error.code is not Rule.PHONE_INVALID:
                raise
        else:
            assert found.customers == ()
