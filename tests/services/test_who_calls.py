"""Who calls: practices, their people, records that were merged, and nobody who is not to be found."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from laverma_desk.domain.customer import Contact
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.customers.search import load_finder
from laverma_desk.services.telephone import CallerHit, unknown_caller, who_calls
from laverma_desk.storage.tables import customer
from tests.support.desks import add_contact, add_customer


def change(desk, customer_id, **values):
    with desk.database.write() as connection:
        connection.execute(update(customer).where(customer.c.id == customer_id).values(**values))


def names(caller):
    return [hit.customer_name for hit in caller.customers]


def test_the_line_of_a_practice_is_shown_as_it_is_read_out(desk, bohrer):
    caller = who_calls(desk, "tel:+49-30-23125014")
    assert caller.shown == "030 23125 014"
    assert caller.customers == (CallerHit(bohrer.customer_id, "ZAP Dr. Bohrer", ""),)
    assert caller.certain


def test_the_mobile_of_one_person_says_who_it_is(desk, bohrer):
    add_contact(desk, bohrer.customer_id, Contact(0, "Jan Bohrer", mobile="+4917112345678"))
    caller = who_calls(desk, "0049 171 12345678")
    assert caller.customers == (CallerHit(bohrer.customer_id, "ZAP Dr. Bohrer", "Jan Bohrer"),)


def test_a_line_that_several_people_share_is_nobodys_own(desk, bohrer):
    for name in ("Jan Bohrer", "Eva Bohrer"):
        add_contact(desk, bohrer.customer_id, Contact(0, name, phone="+493099900011"))
    (hit,) = who_calls(desk, "03099900011").customers
    assert hit.person == ""


def test_all_practices_with_a_number_are_named(desk, bohrer):
    add_customer(desk, "10018", "Labor Bohrer", phone="+493023125014")
    caller = who_calls(desk, "03023125014")
    assert names(caller) == ["Labor Bohrer", "ZAP Dr. Bohrer"]
    assert caller.shown == "030 23125 014"


def test_the_whole_number_beats_one_that_ends_alike(desk, bohrer):
    add_customer(desk, "10018", "Athen", phone="+3023125014")
    assert names(who_calls(desk, "0030 23125014")) == ["Athen"]
    caller = who_calls(desk, "23125014")
    assert names(caller) == ["Athen", "ZAP Dr. Bohrer"]
    assert not caller.certain
    assert caller.shown == "23125014", "nobody knows which of the two it is"


def test_a_line_that_was_never_brought_into_order_is_found(desk, bohrer):
    add_customer(desk, "10018", "Alt", phone="030 / 99 90 00-33")
    add_customer(desk, "10019", "Neu", phone="+49 (30) 9990 00 33")
    add_customer(desk, "10020", "Vermerkt", phone="03099900033 / intern")
    add_customer(desk, "10021", "Zwischen", phone="030-99900033i")
    add_customer(desk, "10022", "Zuletzt", phone="03099900033i")
    assert names(who_calls(desk, "+493099900033")) == ["Alt", "Neu", "Vermerkt", "Zuletzt", "Zwischen"]


def test_archived_and_locked_practices_do_not_call(desk, bohrer, clock):
    change(desk, bohrer.customer_id, archived=True)
    assert not who_calls(desk, "03023125014").customers
    change(desk, bohrer.customer_id, archived=False, restricted_at=clock.now())
    assert not who_calls(desk, "03023125014").customers


def test_the_line_of_a_merged_record_leads_to_the_one_that_goes_on(desk, bohrer):
    old = add_customer(desk, "10018", "Zahnarzt Bohrer", phone="+493099900022")
    change(desk, old, archived=True, merged_into=bohrer.customer_id)
    caller = who_calls(desk, "030 99900022")
    assert names(caller) == ["ZAP Dr. Bohrer"]
    assert load_finder(desk).search(caller.shown).hits[0].customer.id == bohrer.customer_id
    change(desk, old, restricted_at=desk.clock.now())
    assert names(who_calls(desk, "030 99900022")) == [], "what data protection has locked is not used"


@pytest.mark.parametrize(
    ("said", "shown", "searched"),
    [
        ("0405551234", "040 5551 234", True),
        ("+431234567", "+43 1 234567", True),
        ("620", "620", False),
        ("**620", "**620", False),
        ("sip:mvz.nord-leitung@pbx", "mvz nord leitung", True),
        ("anonymous", "", False),
    ],
)
def test_a_stranger_is_shown_as_well_as_can_be(desk, bohrer, said, shown, searched):
    caller = who_calls(desk, said)
    assert (caller.shown, caller.customers, caller.certain) == (shown, (), False)
    assert caller.can_be_looked_for is searched


def test_what_is_no_caller_is_refused(desk):
    for ask in (lambda: who_calls(desk, "030\n1"), lambda: unknown_caller("030\n1")):
        with pytest.raises(RuleBroken) as caught:
            ask()
        assert caught.value.code is Rule.PHONE_INVALID


def test_a_desk_that_cannot_be_read_still_has_the_number():
    assert unknown_caller("0049 30 23125014").shown == "030 23125 014"


def test_the_search_finds_people_by_their_own_lines(desk, bohrer):
    add_contact(desk, bohrer.customer_id, Contact(0, "Jan Bohrer", mobile="+4917112345678"))
    for typed in ("0171 1234", "+49 171 12345678", "0049 171 12345678"):
        assert {hit.customer.id for hit in load_finder(desk).search(typed).hits} == {bohrer.customer_id}
