"""Two records that are one practice: what the preview says is what happens, and nothing is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.customer import Contact, Customer, FormerPartnerId, Tool, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.tariff import CustomerTariff
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers import callers as calls
from laverma_desk.services.customers.merging import Part, Side, merge, preview_merge
from laverma_desk.services.customers.search import load_finder
from laverma_desk.services.customers.trace import record_history
from laverma_desk.services.mails.reporting import prepare_report
from laverma_desk.storage import agreements, customer_records, customers, former_ids, sessions
from laverma_desk.storage.agreements import NewAgreement

OTHER = Customer(
    0, "10030", "Zahnarztpraxis Bohrer", "Hauptstr. 5", "12345", "Musterstadt", phone="+493023125099",
    email_invoice="rechnung@zap-bohrer.example", software="Z1", payment_days=14, since=date(2019, 5, 1),
)  # fmt: skip


@pytest.fixture
def other(desk, bohrer) -> int:
    """The same practice once more: with a server of its own, a Sabine Lorenz, and no agreement."""
    with desk.database.write() as connection:
        customer_id = customers.insert_customer(connection, OTHER, desk.clock.now())
        customers.put_contact(
            connection,
            customer_id,
            Contact(0, "sabine lorenz", "Leitung", phone="+493055", email="s@x.example"),
        )
        customers.put_contact(connection, customer_id, Contact(0, "Peter Panther", "Azubi"))
        server = customers.put_workstation(
            connection, Workstation(0, customer_id, "SERVER", Tool.ANYDESK, "987654321")
        )
        former_ids.add_former_id(
            connection, FormerPartnerId(server, Tool.ANYDESK, "111222333", datetime(2021, 1, 1, tzinfo=UTC))
        )
        customers.put_workstation(connection, Workstation(0, customer_id, "Röntgen", partner_id="1111111111"))
    return customer_id


def _call(desk, workstation_id, notes="Erledigt", **gate):
    one = timekeeping.start_session(desk, workstation_id, **gate).value
    desk.clock.advance(minutes=5)
    timekeeping.end_session(desk, one.id)
    with desk.database.write() as connection:
        sessions.update_session(connection, one.id, notes=notes)
    return one.id


def _machine(desk, customer_id, name):
    with desk.database.read() as connection:
        found = customer_records.all_workstations(connection, customer_id)
    return next(one for one in found if one.name == name)


def test_the_preview_names_what_differs_and_writes_nothing(desk, bohrer, other):
    _call(desk, bohrer.server)
    preview = preview_merge(desk, bohrer.customer_id, other)
    sides = {one.part: one.side for one in preview.choices}
    assert sides == {
        Part.NAME: Side.KEEP,
        Part.ADDRESS: Side.KEEP,
        Part.PHONE: Side.KEEP,
        Part.EMAIL_INVOICE: Side.OTHER,
        Part.SOFTWARE: Side.OTHER,
        Part.SINCE: Side.OTHER,
        Part.PAYMENT_DAYS: Side.OTHER,
    }
    assert [one.name for one in preview.contacts_joined] == ["sabine lorenz"]
    assert [one.name for one in preview.contacts_moved] == ["Peter Panther"]
    assert [one.name for one in preview.workstations_joined] == ["SERVER"]
    assert [one.name for one in preview.workstations_moved] == ["Röntgen"]
    assert (preview.keep.sessions, preview.other.sessions) == (1, 0)
    assert (len(preview.keep.agreements), len(preview.other.agreements)) == (1, 0)
    assert preview_merge(desk, bohrer.customer_id, other) == preview


def test_one_record_goes_on_and_the_other_points_to_it(desk, bohrer, other):
    with desk.database.write() as connection:
        customers.put_customer_tariff(connection, other, CustomerTariff(date(2021, 1, 1), price_cents=180))
    result = merge(
        desk, bohrer.customer_id, other, {Part.NAME: Side.OTHER, Part.SOFTWARE: Side.KEEP}, "Doppelt"
    )
    kept = result.value
    assert (kept.number, kept.name, kept.software) == ("10017", "Zahnarztpraxis Bohrer", "")
    assert (kept.street, kept.email_invoice, kept.payment_days) == (
        "Hauptstraße 5", "rechnung@zap-bohrer.example", 14,
    )  # fmt: skip
    assert result.changed == {Topic.CUSTOMERS, Topic.SESSIONS}
    with desk.database.read() as connection:
        gone = customers.find(connection, other)
        assert gone is not None
        assert (gone.merged_into, gone.archived, gone.name) == (kept.id, True, OTHER.name)
        assert [one.price_cents for one in customers.tariffs_of(connection, kept.id)] == [180]
        people = {one.name: one for one in customers.contacts_of(connection, kept.id)}
        assert customers.contacts_of(connection, other) == ()
    assert set(people) == {"Sabine Lorenz", "Peter Panther"}
    assert (people["Sabine Lorenz"].role, people["Sabine Lorenz"].phone) == ("Rezeption", "+493055")
    hits = load_finder(desk).search("bohrer").hits
    assert {one.customer.id for one in hits} == {kept.id}
    assert {one.workstation.name for one in hits} == {"PC Rezeption", "Server", "Röntgen"}


def test_namesake_machines_join_their_ids(desk, bohrer, other):
    merge(desk, bohrer.customer_id, other, {}, "Doppelt")
    server = _machine(desk, bohrer.customer_id, "Server")
    assert (server.id, server.partner_id, server.tool) == (bohrer.server, "987654321", Tool.ANYDESK)
    retired = _machine(desk, other, "SERVER")
    assert (retired.archived, retired.partner_id) == (True, "")
    with desk.database.read() as connection:
        former = [one.partner_id for one in former_ids.former_ids_of(connection, [server.id])]
        assert former_ids.former_ids_of(connection, [retired.id]) == []
    assert former == ["111222333"]


def test_a_partner_id_beside_another_becomes_a_former_one(desk, bohrer, other):
    with desk.database.write() as connection:
        customers.put_workstation(connection, Workstation(0, other, "PC Rezeption", partner_id="1000000001"))
    merge(desk, bohrer.customer_id, other, {}, "Doppelt")
    place = _machine(desk, bohrer.customer_id, "PC Rezeption")
    assert place.partner_id == "1234567890"
    with desk.database.read() as connection:
        assert [one.partner_id for one in former_ids.former_ids_of(connection, [place.id])] == ["1000000001"]


def test_both_histories_tell_who_merged_what_and_why(desk, bohrer, other):
    with desk.database.write() as connection:
        customers.put_contact(
            connection, bohrer.customer_id, Contact(0, "Sabine Lorenz", "Rezeption", phone="+49301")
        )
    merge(desk, bohrer.customer_id, other, {}, "Doppelt angelegt")
    lines = record_history(desk, bohrer.customer_id)
    told = {(one.field, one.old, one.new) for one in lines}
    assert ("merged_from", "", "10030 Zahnarztpraxis Bohrer") in told
    assert ("merged_into", "", "10017 ZAP Dr. Bohrer") in told
    assert ("payment_days", "", "14") in told
    assert ("contact.phone", "Sabine Lorenz\n+493055", "") in told, "what a namesake had otherwise"
    assert {(one.who, one.reason) for one in lines} == {("Klaus Klassen", "Doppelt angelegt")}


def test_sessions_and_agreements_of_both_are_read_as_one(desk, bohrer, other):
    roentgen = _machine(desk, other, "Röntgen").id
    held = _call(
        desk, _machine(desk, other, "SERVER").id, exception_reason="Notfall", exception_by="Dr. Bohrer"
    )
    _call(desk, bohrer.server)
    merge(desk, bohrer.customer_id, other, {}, "Doppelt")
    for asked in (bohrer.customer_id, other):
        card = calls.customer_card(desk, asked)
        assert card.card.customer.id == bohrer.customer_id
        assert len(card.last_sessions) == 2
        assert len(card.exceptions) == 1
        assert card.card.agreement.state is AgreementState.VALID
    report = prepare_report(desk, held)
    assert report.report.customer_name == "Zahnarztpraxis Bohrer", "as it was called that day"
    assert "rezeption@zap-bohrer.example" in report.recipients
    assert report.report.agreement_signed_on == date(2022, 1, 15)
    started = timekeeping.start_session(desk, roentgen).value
    assert (started.customer_id, started.exception) == (bohrer.customer_id, None)


def test_an_agreement_of_the_other_record_opens_the_gate(desk, bohrer, other):
    with desk.database.write() as connection:
        agreements.add_agreement(
            connection, NewAgreement(other, date(2021, 1, 1), date(2030, 12, 31)), desk.clock.now()
        )
    merge(desk, bohrer.customer_id, other, {}, "Doppelt")
    with desk.database.read() as connection:
        lasts = [one.valid_until for one in agreements.agreements_of(connection, bohrer.customer_id)]
    assert lasts == [date(2026, 12, 31), date(2030, 12, 31)]


def test_a_new_session_for_a_retired_machine_is_one_for_its_namesake(desk, bohrer, other):
    retired = _machine(desk, other, "SERVER").id
    merge(desk, bohrer.customer_id, other, {}, "Doppelt")
    started = timekeeping.start_session(desk, retired).value
    assert (started.workstation_id, started.customer_id) == (bohrer.server, bohrer.customer_id)


def test_a_record_that_others_went_into_takes_them_along(desk, bohrer, other):
    with desk.database.write() as connection:
        third = customers.insert_customer(connection, Customer(0, "10031", "Bohrer (alt)"), desk.clock.now())
    merge(desk, other, third, {}, "Doppelt")
    merge(desk, bohrer.customer_id, other, {}, "Auch doppelt")
    with desk.database.read() as connection:
        assert customers.family(connection, bohrer.customer_id) == [bohrer.customer_id, other, third]
        assert customers.family(connection, third) == [bohrer.customer_id, other, third]
        assert customers.survivor(connection, third) == bohrer.customer_id


def test_a_running_session_of_either_keeps_them_apart(desk, bohrer, other):
    running = timekeeping.start_session(desk, bohrer.reception).value
    for pair in ((bohrer.customer_id, other), (other, bohrer.customer_id)):
        with pytest.raises(RuleBroken) as refused:
            merge(desk, *pair, {}, "Doppelt")
        assert refused.value.code is Rule.CUSTOMER_RUNNING
    timekeeping.pause_session(desk, running.id)
    with pytest.raises(RuleBroken):
        preview_merge(desk, bohrer.customer_id, other)


@pytest.mark.parametrize(
    ("pair", "code"),
    [((1, 1), Rule.MERGE_IMPOSSIBLE), ((1, 99), Rule.CUSTOMER_UNKNOWN), ((99, 1), Rule.CUSTOMER_UNKNOWN)],
)
def test_what_cannot_be_merged(desk, bohrer, pair, code):
    with pytest.raises(RuleBroken) as refused:
        preview_merge(desk, *pair)
    assert refused.value.code is code


def test_a_merged_record_is_not_merged_again_and_a_reason_is_needed(desk, bohrer, other):
    with pytest.raises(RuleBroken) as refused:
        merge(desk, bohrer.customer_id, other, {}, "  ")
    assert (refused.value.code, refused.value.field) == (Rule.REASON_MISSING, "reason")
    merge(desk, bohrer.customer_id, other, {}, "Doppelt")
    for pair in ((bohrer.customer_id, other), (other, bohrer.customer_id)):
        with pytest.raises(RuleBroken) as refused:
            preview_merge(desk, *pair)
        assert refused.value.code is Rule.MERGE_IMPOSSIBLE
