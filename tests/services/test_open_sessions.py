"""What can be billed, by customer, and what stands in the way of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.support_session import GapDecision, GapKind
from laverma_desk.services.customers import merging
from laverma_desk.services.invoicing.drafts import DraftWish, create_drafts
from laverma_desk.services.invoicing.obstacles import ObstacleKind
from laverma_desk.services.invoicing.open_sessions import open_customers
from laverma_desk.services.privacy.erasure import erase
from laverma_desk.services.setup import house
from laverma_desk.storage import customers, gaps, sessions
from laverma_desk.storage.billing import bill
from tests.support.billing_desks import (
    UNTIL,
    Line,
    add_line,
    add_place,
    add_practice,
    at,
)


def one(desk, number, until=UNTIL):
    """Return an open customer by its number, None where there is none."""
    return next((found for found in open_customers(desk, until) if found.number == number), None)


def kinds(desk, number, until=UNTIL):
    """Return what is found at a customer's record and its sessions."""
    found = one(desk, number, until)
    return [*found.obstacles, *(item for session in found.sessions for item in session.obstacles)]


def change(desk, number, **values):
    """Write columns of a session."""
    with desk.database.write() as connection:
        sessions.update_session(connection, number, **values)


def change_customer(desk, number, **values):
    """Write values of a customer's record."""
    with desk.database.write() as connection:
        known = customers.find_by_number(connection, number)
        customers.update_customer(connection, replace(known, **values))


def test_the_month_of_the_picture(billing_desk):
    desk, _billing = billing_desk
    found = [(row.name, row.net_cents, row.minutes, len(row.sessions)) for row in open_customers(desk, UNTIL)]
    assert found == [
        ("ZAP Dr. Bohrer", 14850, 66, 5),
        ("Praxis Dr. Weiß", 23400, 104, 7),
        ("KFO Dr. Lindner", 19575, 87, 6),
        ("Praxis Dr. Berger", 16425, 73, 4),
        ("Praxis Dr. Sommer", 13050, 58, 5),
        ("Praxis Dr. Vogt", 9225, 41, 3),
    ]
    assert not any(row.blocked or row.obstacles for row in open_customers(desk, UNTIL))


def test_a_session_says_what_it_costs_and_why_not(billing_desk):
    desk, _billing = billing_desk
    first, *_others, free, _last = one(desk, "10017").sessions
    assert (first.begin, first.workstation_name, first.supporter_name) == (
        at(3, 8, 41),
        "PC Rezeption",
        "Klaus Klassen",
    )
    assert (first.seconds, first.minutes, first.net_cents, first.billable) == (1068, 18, 4050, True)
    assert first.first_line == "Kartenterminal neu gekoppelt, Testkarte gelesen"
    assert (free.minutes, free.net_cents, free.billable, free.free_reason) == (7, 0, False, "Garantie")


def test_the_last_day_counts_and_the_next_does_not(billing_desk):
    desk, billing = billing_desk
    place = billing.places["10022", "Rezeption 1"]
    add_line(desk, place, Line(at(28, 23, 50), 60, "", "Vor Mitternacht"))
    add_line(desk, place, Line(at(1, 0, 5, month=3), 60, "", "Nach Mitternacht"))
    assert one(desk, "10022").sessions[-1].first_line == "Vor Mitternacht"
    assert one(desk, "10022", date(2022, 3, 1)).sessions[-1].first_line == "Nach Mitternacht"
    assert one(desk, "10022", date(2022, 1, 31)) is None


def test_what_is_billed_drafted_running_or_internal_is_not_open(billing_desk):
    desk, billing = billing_desk
    billed, drafted, internal, running, *_rest = billing.sessions["10018"]
    internal_reason = next(row.id for row in house.read_house(desk).free_reasons if not row.on_invoice)
    with desk.database.write() as connection:
        sessions.update_session(connection, internal, billable=False, free_reason_id=internal_reason)
        sessions.update_session(connection, running, state="running")
        bill(connection, [billed], "RE-2022-0001")
    create_drafts(desk, [DraftWish(billing.customers["10018"], (drafted,))], UNTIL)
    left = [session.id for session in one(desk, "10018").sessions]
    assert left == list(billing.sessions["10018"][4:])


def test_a_customer_whose_sessions_are_all_free_waits(billing_desk):
    desk, billing = billing_desk
    reason = next(row.id for row in house.read_house(desk).free_reasons if row.on_invoice)
    for number in billing.sessions["10022"]:
        change(desk, number, billable=False, free_reason_id=reason)
    assert one(desk, "10022") is None


def test_sessions_of_merged_records_belong_to_the_survivor(billing_desk):
    desk, billing = billing_desk
    merging.merge(desk, billing.customers["10021"], billing.customers["10022"], {}, "Doppelt angelegt")
    found = one(desk, "10021")
    assert (len(found.sessions), found.minutes, found.net_cents) == (8, 99, 22275)
    assert one(desk, "10022") is None


def test_archived_customers_are_still_billed(billing_desk):
    desk, _billing = billing_desk
    change_customer(desk, "10022", archived=True)
    assert one(desk, "10022").net_cents == 9225


def test_a_locked_customer_is_billed_with_a_hint(billing_desk):
    """What was done before is kept for its invoice (§ 147 AO); Art. 18 (2) GDPR lets a claim be pursued."""
    desk, billing = billing_desk
    erase(desk, billing.customers["10022"], "10022", "Auf eigenen Wunsch")
    found = one(desk, "10022")
    assert [row.kind for row in found.obstacles] == [ObstacleKind.LOCKED]
    assert (found.net_cents, found.blocked) == (9225, False)


def test_what_was_erased_is_never_billed(billing_desk):
    desk, billing = billing_desk
    desk.clock.advance(days=366 * 10)
    erase(desk, billing.customers["10022"], "10022", "Auf eigenen Wunsch")
    assert one(desk, "10022") is None


@pytest.mark.parametrize(
    ("values", "kind", "blocking"),
    [
        ({"notes": " \n\t "}, ObstacleKind.NO_NOTES, True),
        ({"billable": False, "free_reason_id": None}, ObstacleKind.NO_REASON, True),
        ({"seconds": 7201}, ObstacleKind.LONG, False),
    ],
)
def test_what_is_wrong_with_a_session_is_named(billing_desk, values, kind, blocking):
    desk, billing = billing_desk
    number = billing.sessions["10022"][1]
    change(desk, number, **values)
    assert [(row.kind, row.session_id, row.blocking) for row in kinds(desk, "10022")] == [
        (kind, number, blocking)
    ]
    assert one(desk, "10022").blocked is blocking


def test_a_gap_that_nobody_has_decided_about_keeps_its_session_back(billing_desk):
    desk, billing = billing_desk
    number = billing.sessions["10022"][0]
    begin = at(2, 17, 6)
    with desk.database.write() as connection:
        row = gaps.add_gap(connection, number, GapKind.SLEEP, begin, begin + timedelta(minutes=3))
    assert [(one.kind, one.session_id, one.blocking) for one in kinds(desk, "10022")] == [
        (ObstacleKind.GAP_OPEN, number, True)
    ]
    with desk.database.write() as connection:
        gaps.decide_gap(connection, row, GapDecision.KEEP)
    assert kinds(desk, "10022") == []


def test_two_hours_are_not_long(billing_desk):
    desk, billing = billing_desk
    change(desk, billing.sessions["10022"][1], seconds=7200)
    assert kinds(desk, "10022") == []


@pytest.mark.parametrize("field", ["street", "postcode", "city"])
def test_an_address_that_is_not_complete_is_named_once(billing_desk, field):
    desk, _billing = billing_desk
    change_customer(desk, "10022", **{field: " "})
    found = kinds(desk, "10022")
    assert [(row.kind, row.session_id, row.detail, row.blocking) for row in found] == [
        (ObstacleKind.NO_ADDRESS, None, field, True)
    ]


def test_an_xrechnung_lacks_what_its_rules_want(billing_desk):
    desk, _billing = billing_desk
    change_customer(
        desk,
        "10022",
        invoice_format=InvoiceFormat.XRECHNUNG,
        email_invoice="",
        vat_id="",
        electronic_address="",
    )
    found = kinds(desk, "10022")
    assert [(row.kind, row.detail) for row in found] == [
        (ObstacleKind.E_INVOICE_FIELD, "customer_electronic_address")
    ]
    assert found[0].blocking
    assert kinds(desk, "10021") == []


def test_what_the_house_lacks_stands_at_every_customer(billing_desk):
    desk, _billing = billing_desk
    known = house.read_house(desk).company
    house.save_company(desk, replace(known, tax_number="", vat_id=""))
    found = [row.detail for customer in open_customers(desk, UNTIL) for row in customer.obstacles]
    assert found == ["company_tax_id"] * 6


def test_a_late_session_without_agreement_owes_its_reason(billing_desk):
    desk, _billing = billing_desk
    place = add_place(desk, add_practice(desk, "10030", "Praxis ohne AVV", agreed=False), "PC")
    imported = add_line(desk, place, Line(at(4, 9, 0), 600, "", "Nachgetragen"), origin="import")
    add_line(desk, place, Line(at(5, 9, 0), 600, "", "Am Tor vorbei"))
    add_line(
        desk, place, Line(at(6, 9, 0), 600, "", "Begründet"), origin="manual",
        exception_reason="Notfall", exception_by="Klaus Klassen", exception_at=at(6, 9, 0),
    )  # fmt: skip
    found = kinds(desk, "10030")
    assert [(item.kind, item.session_id, item.blocking) for item in found] == [
        (ObstacleKind.AGREEMENT_REASON_MISSING, imported, True)
    ]


def test_the_agreement_of_a_merged_record_counts_for_a_late_session(billing_desk):
    desk, billing = billing_desk
    other = add_practice(desk, "10030", "Praxis Dr. Sommer Filiale", agreed=False)
    late = add_line(desk, add_place(desk, other, "PC"), Line(at(4, 9, 0), 600, "", "Spät"), origin="import")
    assert [row.session_id for row in kinds(desk, "10030")] == [late]
    merging.merge(desk, billing.customers["10021"], other, {}, "Doppelt angelegt")
    assert kinds(desk, "10021") == []


def test_one_supporter_at_two_places_is_a_hint_on_both(billing_desk):
    desk, billing = billing_desk
    place = billing.places["10022", "Rezeption 1"]
    other = add_line(desk, place, Line(at(3, 8, 50), 600, "", "Zugleich"))
    first = billing.sessions["10017"][0]
    assert [(row.kind, row.session_id, row.blocking) for row in kinds(desk, "10022")] == [
        (ObstacleKind.OVERLAP, other, False)
    ]
    assert [(row.session_id, row.detail) for row in kinds(desk, "10017")] == [(first, "S-2022-0031")]


def test_an_overlap_with_a_billed_session_is_seen_too(billing_desk):
    desk, billing = billing_desk
    with desk.database.write() as connection:
        bill(connection, billing.sessions["10017"], "RE-2022-0001")
    add_line(desk, billing.places["10022", "Rezeption 1"], Line(at(3, 8, 50), 600, "", "Zugleich"))
    assert [row.detail for row in kinds(desk, "10022")] == ["S-2022-0001"]


def test_pauses_other_people_and_times_that_touch_do_not_overlap(billing_desk):
    desk, billing = billing_desk
    place = billing.places["10022", "Rezeption 1"]
    end = at(3, 8, 41) + timedelta(seconds=1068)
    add_line(desk, place, Line(end, 600, "", "Gleich danach"))
    add_line(desk, place, Line(at(9, 14, 5), 600, "", "Jemand anders", "Jana Petersen"))
    assert kinds(desk, "10022") == []


def test_an_overlap_over_midnight_is_seen(billing_desk):
    desk, billing = billing_desk
    place = billing.places["10022", "Rezeption 1"]
    add_line(desk, place, Line(at(10, 23, 50), 1800, "", "Spät"))
    add_line(desk, place, Line(at(11, 0, 10), 600, "", "Früh"))
    assert [row.detail for row in kinds(desk, "10022")] == ["S-2022-0032", "S-2022-0031"]


def test_the_questions_do_not_grow_with_the_customers(billing_desk):
    desk, _billing = billing_desk
    asked = []
    event.listen(desk.database.engine, "before_cursor_execute", lambda *values: asked.append(values[2]))
    open_customers(desk, UNTIL)
    few = len(asked)
    for count in range(40):
        row = add_practice(desk, f"2{count:04}", f"Praxis {count}")
        add_line(desk, add_place(desk, row, "PC"), Line(at(5, 9, 0), 600, "", "Getan"))
    asked.clear()
    assert len(open_customers(desk, UNTIL)) == 46
    assert len(asked) == few
