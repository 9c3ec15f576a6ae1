"""What follows from two records that became one: prices, namesakes, people, and what keeps them apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from laverma_desk.domain.customer import Contact, Customer, Tool, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.tariff import CustomerTariff
from laverma_desk.services import corrections
from laverma_desk.services.agreements.overview import expiring
from laverma_desk.services.agreements.reading import agreement_sheet
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.corrections import entry_of
from laverma_desk.services.customers.merging import Part, Side, merge, preview_merge
from laverma_desk.services.privacy.erasure import erase, restricted
from laverma_desk.storage import customer_history, customer_records, customers
from tests.support.desks import add_contact, add_customer
from tests.support.raw_words import say
from tests.support.report_desks import end_session
from tests.support.session_steps import read


@pytest.fixture
def other(desk, bohrer) -> int:
    return add_customer(desk, "10030", "Praxis Bohrer", "PC Labor", has_agreement=False)


def _machines(desk, customer_id):
    with desk.database.read() as connection:
        return {one.name: one for one in customer_records.all_workstations(connection, customer_id)}


def _change(desk, customer_id, **values):
    with desk.database.write() as connection:
        found = customers.find(connection, customer_id)
        customers.update_customer(connection, replace(found, **values))


def test_an_old_session_follows_its_practice_to_another_machine(desk, bohrer, clock, other):
    ended = read(desk, end_session(desk, bohrer, clock))
    merge(desk, other, bohrer.customer_id, {}, "eine Praxis")
    place = _machines(desk, other)["PC Labor"].id
    entry = replace(entry_of(ended), workstation_id=place)
    moved = corrections.correct_session(desk, ended.id, entry, "Es war der andere").value
    assert (moved.workstation_id, moved.workstation_name) == (place, "PC Labor")
    assert (moved.customer_id, moved.customer_name) == (bohrer.customer_id, "ZAP Dr. Bohrer")
    assert moved.tariff == ended.tariff


def test_a_session_of_the_record_that_went_away_pays_what_the_other_one_does(desk, bohrer, clock, other):
    ended = read(desk, end_session(desk, bohrer, clock))
    with desk.database.write() as connection:
        customers.put_customer_tariff(connection, other, CustomerTariff(date(2022, 1, 1), price_cents=100))
    merge(desk, other, bohrer.customer_id, {}, "eine Praxis")
    timekeeping.reopen_session(desk, ended.id)
    clock.advance(minutes=1)
    assert timekeeping.end_session(desk, ended.id).value.charge.price_cents == 100


def test_a_locked_record_is_not_merged(desk, bohrer, other):
    erase(desk, bohrer.customer_id, "10017", "Verlangen")
    for pair in ((bohrer.customer_id, other), (other, bohrer.customer_id)):
        with pytest.raises(RuleBroken) as refused:
            preview_merge(desk, *pair)
        assert refused.value.code is Rule.CUSTOMER_RESTRICTED


def test_what_is_in_use_on_either_side_stays_in_use(desk, bohrer, other):
    with desk.database.write() as connection:
        server = next(
            one
            for one in customer_records.all_workstations(connection, bohrer.customer_id)
            if one.name == "Server"
        )
        customers.put_workstation(connection, replace(server, archived=True))
        customers.put_workstation(connection, Workstation(0, other, "Server", Tool.ANYDESK, "987654321"))
    _change(desk, bohrer.customer_id, archived=True)
    kept = merge(desk, bohrer.customer_id, other, {}, "eine Praxis").value
    assert not kept.archived
    assert not _machines(desk, bohrer.customer_id)["Server"].archived


def test_the_earlier_first_day_is_offered(desk, bohrer, other):
    _change(desk, bohrer.customer_id, since=date(2020, 5, 1))
    for since, side in ((date(2019, 5, 1), Side.OTHER), (date(2021, 5, 1), Side.KEEP)):
        _change(desk, other, since=since)
        sides = {one.part: one.side for one in preview_merge(desk, bohrer.customer_id, other).choices}
        assert sides[Part.SINCE] is side


def test_people_who_come_along_stand_behind_those_who_were_there(desk, bohrer, other):
    for name in ("Anna", "Berta"):
        add_contact(desk, other, Contact(0, name))
    merge(desk, bohrer.customer_id, other, {}, "eine Praxis")
    add_contact(desk, bohrer.customer_id, Contact(0, "Clara"))
    with desk.database.read() as connection:
        names = [one.name for one in customers.contacts_of(connection, bohrer.customer_id)]
        asked = "SELECT position FROM contact WHERE customer_id = ?"
        places = say(connection, asked, (bohrer.customer_id,))
        assert sorted(places.scalars()) == [0, 1, 2, 3]
    assert names == ["Sabine Lorenz", "Anna", "Berta", "Clara"]


@pytest.mark.parametrize(
    ("people", "address"),
    [
        ((Contact(0, "A", email="a@x.example"),), ""),
        (
            (Contact(0, "A", gets_reports=True), Contact(0, "B", email="b@x.example", gets_reports=True)),
            "b@x.example",
        ),
    ],
)
def test_only_who_gets_reports_and_has_an_address_is_taken(desk, bohrer, people, address):
    with desk.database.write() as connection:
        made = customers.insert_customer(connection, Customer(0, "10031", "Praxis"), desk.clock.now())
        place = customers.put_workstation(connection, Workstation(0, made, "PC"))
    for one in people:
        add_contact(desk, made, one)
    started = timekeeping.start_session(desk, place, exception_reason="Notfall", exception_by="Jana").value
    assert started.recipient == address


def test_the_agreements_of_the_record_that_went_away_are_only_read(desk, bohrer, other):
    merge(desk, bohrer.customer_id, other, {}, "eine Praxis")
    sheet = agreement_sheet(desk, other)
    assert not sheet.editable
    assert agreement_sheet(desk, bohrer.customer_id).editable
    assert sheet.entries == agreement_sheet(desk, bohrer.customer_id).entries


def test_the_list_of_what_expires_knows_the_agreement_of_the_record_that_went_away(desk, bohrer, other):
    assert [row.customer_id for row in expiring(desk).rows] == [other]
    merge(desk, other, bohrer.customer_id, {}, "eine Praxis")
    assert expiring(desk).rows == ()


def test_prices_that_are_given_up_in_a_merge_stay_in_the_log(desk, bohrer, other):
    with desk.database.write() as connection:
        customers.put_customer_tariff(connection, bohrer.customer_id, CustomerTariff(date(2022, 1, 1), 200))
        customers.put_customer_tariff(connection, other, CustomerTariff(date(2022, 2, 1), 180))
    merge(desk, bohrer.customer_id, other, {Part.TARIFFS: Side.OTHER}, "Doppelt")
    with desk.database.read() as connection:
        lines = customer_history.customer_changes_of(connection, bohrer.customer_id)
    prices = [(one.field.partition("\n")[0], one.old, one.new) for one in lines if "price" in one.field]
    assert len(prices) == 2
    assert {(old, new) for _field, old, new in prices} == {("2022-01-01\n200", ""), ("", "2022-02-01\n180")}


def test_a_session_that_goes_on_at_a_record_inside_keeps_the_whole_practice_apart(desk, bohrer, clock, other):
    number = end_session(desk, bohrer, clock)
    merge(desk, other, bohrer.customer_id, {}, "eine Praxis")
    third = add_customer(desk, "10031", "Praxis Drei", "PC Drei", has_agreement=False)
    timekeeping.reopen_session(desk, number)
    with pytest.raises(RuleBroken) as refused:
        merge(desk, third, other, {}, "auch diese")
    assert refused.value.code is Rule.CUSTOMER_RUNNING


def test_two_namesakes_of_one_person_fill_up_what_is_missing_together(desk, bohrer, other):
    add_contact(desk, other, Contact(0, "Sabine Lorenz", mobile="0171 1234567"))
    add_contact(desk, other, Contact(0, "SABINE LORENZ", phone="0471 98765"))
    merge(desk, bohrer.customer_id, other, {}, "eine Praxis")
    with desk.database.read() as connection:
        (one,) = customers.contacts_of(connection, bohrer.customer_id)
    assert (one.name, one.mobile, one.phone) == ("Sabine Lorenz", "0171 1234567", "0471 98765")


def test_a_practice_of_two_records_is_locked_once(desk, bohrer, other):
    merge(desk, bohrer.customer_id, other, {}, "eine Praxis")
    erase(desk, bohrer.customer_id, "10017", "Verlangen")
    assert [one.customer.id for one in restricted(desk)] == [bohrer.customer_id]
