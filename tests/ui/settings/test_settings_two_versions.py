"""Two change the settings: who saves second sees both versions of the page, and chooses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from laverma_desk.domain.edition import Side
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services.setup import house, house_mail
from laverma_desk.services.setup.house import read_house
from tests.support.neighbours import neighbour as _neighbour

neighbour = _neighbour


@pytest.fixture
def anna(neighbour, hand):
    other = neighbour()
    house.choose_supporter(other, house.save_supporter(other, "Anna Albers", "").value)
    return other


def shown(hand):
    return hand.controller._versions.meeting.shown


def words(dialog):
    return {row.name: (row.own._said.text(), row.theirs._said.text(), row.side()) for row in dialog.rows}


def test_a_page_that_somebody_else_saved_is_not_written_over(hand, anna):
    hand.open("company").type("street", "Neue Straße 7")
    house.save_company(anna, replace(read_house(anna).company, street="Lange Gasse 3", city="Neustadt"))
    hand.save()
    assert words(shown(hand)) == {
        "street": ("Neue Straße 7", "Lange Gasse 3", Side.OWN),
        "city": ("Musterstadt", "Neustadt", Side.THEIRS),
    }
    assert shown(hand).accessibleDescription().startswith("Anna Albers hat das um ")
    assert read_house(hand.desk).company.street == "Lange Gasse 3"
    shown(hand).reject()
    assert hand.form.text("street") == "Neue Straße 7"
    assert hand.controller.changes()


def test_what_is_ticked_is_saved(hand, anna):
    hand.open("company").type("street", "Neue Straße 7")
    house.save_company(anna, replace(read_house(anna).company, street="Lange Gasse 3", city="Neustadt"))
    hand.save()
    shown(hand).save.click()
    company = read_house(hand.desk).company
    assert (company.street, company.city) == ("Neue Straße 7", "Neustadt")
    assert hand.controller.changes() == 0


def test_keeping_theirs_shows_theirs(hand, anna):
    hand.open("company").type("street", "Neue Straße 7")
    house.save_company(anna, replace(read_house(anna).company, street="Lange Gasse 3"))
    hand.save()
    shown(hand).keep_theirs.click()
    assert hand.form.text("street") == "Lange Gasse 3"
    assert hand.controller.changes() == 0


def test_another_page_of_somebody_else_asks_nothing(hand, anna):
    hand.open("company").type("street", "Neue Straße 7")
    house.save_snippets(anna, [("Neu", "Neuer Satz")])
    hand.save()
    assert shown(hand) is None
    assert read_house(hand.desk).company.street == "Neue Straße 7"


def test_news_of_the_other_version_does_not_make_ones_own_the_newer_one(hand, anna):
    hand.open("company").type("street", "Neue Straße 7")
    changed = house.save_company(anna, replace(read_house(anna).company, street="Lange Gasse 3"))
    hand.surroundings.bus.publish(changed)
    assert hand.form.text("street") == "Neue Straße 7"
    hand.save()
    shown(hand).take_own.click()
    assert read_house(hand.desk).company.street == "Neue Straße 7"


def test_a_list_is_decided_as_a_whole(hand, anna):
    hand.open("tariff").type("price", "2,50")
    house.save_tariff(anna, Tariff(date(2023, 1, 1), 300))
    hand.save()
    ((own, theirs, _side),) = words(shown(hand)).values()
    assert "2,50" in own
    assert "3,00" in theirs
    shown(hand).keep_theirs.click()
    assert [one.price_cents for one in read_house(hand.desk).tariffs] == [225, 300]
    assert hand.controller.changes() == 0


def test_the_mail_account_is_compared_off_the_gui_thread(hand, anna):
    hand.open("mail").type("sender_name", "Klaus")
    account = read_house(anna).mail
    house_mail.save_mail_account(anna, replace(account, sender_name="Anna"), None)
    hand.save()
    hand.settle()
    assert words(shown(hand))["sender_name"] == ("Klaus", "Anna", Side.OWN)
    shown(hand).take_own.click()
    hand.settle()
    assert read_house(hand.desk).mail.sender_name == "Klaus"
