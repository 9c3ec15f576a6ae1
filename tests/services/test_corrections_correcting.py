"""A session that is over is corrected with a reason: nothing is lost, and nothing changes that need not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from laverma_desk.domain.errors import Rule
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import GapDecision, GapKind, Origin
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services import corrections
from laverma_desk.services.calls import call_sheet, session_access, timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.corrections import LateReason, Times, advise, entry_of
from laverma_desk.services.customers import merging
from laverma_desk.services.setup import house
from laverma_desk.storage import billing, gaps, sessions
from tests.support.desks import add_customer
from tests.support.report_desks import end_session
from tests.support.session_steps import broken, machine_of, mail, read, state_of

WHY = "Anfang vergessen"


@pytest.fixture
def ended(desk, bohrer, clock):
    """00:12:22 at PC Rezeption, and a day has passed since."""
    number = end_session(desk, bohrer, clock)
    clock.advance(days=1)
    return read(desk, number)


def lines(desk, number: int) -> dict[str, tuple[str, str]]:
    return {one.field: (one.old, one.new) for one in timekeeping.session_history(desk, number) if one.reason}


def correct(desk, found, why: str = WHY, late: LateReason | None = None, **changes):
    return corrections.correct_session(desk, found.id, replace(entry_of(found), **changes), why, late)


def test_each_field_that_changes_leaves_one_line_with_who_when_and_why(desk, ended, clock):
    begin = ended.begin - timedelta(minutes=5)
    result = correct(
        desk, ended, begin=begin, notes="Anders", internal_note="", requested_by="Dr. Bohrer", partner_id=""
    )
    assert result.changed == {Topic.SESSIONS}
    assert lines(desk, ended.id) == {
        "begin": (ended.begin.isoformat(), begin.isoformat()),
        "notes": (ended.notes, "Anders"),
        "internal_note": ("Chef fragt nach dem Angebot", ""),
        "requested_by": ("Sabine Lorenz", "Dr. Bohrer"),
        "partner_id": ("1234567890", ""),
        "net_cents": ("2925", "4050"),
    }
    made = {(one.at, one.who, one.reason) for one in timekeeping.session_history(desk, ended.id)}
    assert made == {(clock.now(), "Klaus Klassen", WHY)}
    assert (result.value.charge.seconds, result.value.charge.billed_minutes) == (1042, 18)
    assert read(desk, ended.id) == result.value


def test_without_a_change_nothing_is_written(desk, ended):
    assert correct(desk, ended).changed == frozenset()
    assert timekeeping.session_history(desk, ended.id) == []


def test_a_reason_must_be_given(desk, ended):
    error = broken(
        Rule.CORRECTION_WITHOUT_REASON, corrections.correct_session, desk, ended.id, entry_of(ended), " \n"
    )
    assert error.field == "change_reason"
    broken(Rule.CORRECTION_WITHOUT_REASON, corrections.change_billing, desk, ended.id, True, None, "")


def test_only_ended_sessions_are_corrected(desk, bohrer, ended):
    running = timekeeping.start_session(desk, bohrer.server).value
    broken(Rule.SESSION_NOT_ENDED, corrections.correct_session, desk, running.id, entry_of(ended), WHY)
    broken(Rule.SESSION_NOT_ENDED, corrections.change_billing, desk, running.id, True, None, WHY)
    broken(Rule.SESSION_UNKNOWN, corrections.correct_session, desk, 999, entry_of(ended), WHY)


def test_the_frozen_tariff_stays_while_day_and_customer_do(desk, ended):
    house.save_tariff(desk, Tariff(date(2020, 1, 1), price_cents=999))
    same = correct(desk, ended, end=ended.end + timedelta(minutes=1)).value
    assert same.tariff == ended.tariff
    other_day = correct(
        desk, same, begin=same.begin - timedelta(days=1), end=same.end - timedelta(days=1)
    ).value
    assert other_day.charge.price_cents == 999
    assert lines(desk, ended.id)["price_cents"] == ("225", "999")
    with desk.database.read() as connection:
        (row,) = connection.exec_driver_sql("SELECT day FROM session").all()
    assert str(row.day) == "2022-02-28"


def test_names_stay_frozen_unless_another_one_is_chosen(desk, bohrer, ended):
    jana = house.save_supporter(desk, "Jana Petersen", "").value
    house.save_supporter(desk, "Klaus Neu", "", known=ended.supporter_id)
    assert correct(desk, ended, notes="x").value.supporter_name == "Klaus Klassen"
    moved = correct(desk, read(desk, ended.id), workstation_id=bohrer.server, supporter_id=jana).value
    assert (moved.workstation_name, moved.supporter_name) == ("Server", "Jana Petersen")
    assert moved.tariff == ended.tariff
    assert lines(desk, ended.id)["partner"] == ("ZAP Dr. Bohrer – PC Rezeption", "ZAP Dr. Bohrer – Server")
    assert lines(desk, ended.id)["supporter"] == ("Klaus Klassen", "Jana Petersen")


def test_another_customer_without_agreement_makes_it_owe_a_reason(desk, bohrer, ended):
    place = machine_of(desk, add_customer(desk, "10002", "Praxis Dr. Weiß", "PC", has_agreement=False))
    advice = advise(desk, Times(ended.begin, ended.end, place, ended.supporter_id), ended.id)
    assert advice.owes_reason
    moved = correct(desk, ended, workstation_id=place).value
    assert (moved.customer_name, moved.origin, moved.recipient) == ("Praxis Dr. Weiß", Origin.MANUAL, "")
    assert corrections.is_reason_owed(desk, ended.id)
    back = correct(desk, moved, workstation_id=bohrer.reception).value
    assert not corrections.is_reason_owed(desk, back.id)
    again = correct(desk, back, late=LateReason("Notfall", "Jana"), workstation_id=place).value
    assert again.exception.reason == "Notfall"


def test_a_merged_record_is_the_same_practice(desk, bohrer, ended):
    other = add_customer(desk, "10002", "Praxis Bohrer", "PC Labor")
    merging.merge(desk, other, bohrer.customer_id, {}, "eine Praxis")
    house.save_tariff(desk, Tariff(date(2020, 1, 1), price_cents=999))
    moved = correct(desk, ended, workstation_id=machine_of(desk, other)).value
    assert (moved.customer_id, moved.customer_name) == (bohrer.customer_id, "ZAP Dr. Bohrer")
    assert moved.tariff == ended.tariff


def test_an_exception_of_another_customer_is_not_taken_along(desk, bohrer, clock, ended):
    customer = add_customer(desk, "10002", "Praxis Dr. Weiß", "PC", has_agreement=False)
    place = machine_of(desk, customer)
    session = timekeeping.start_session(desk, place, exception_reason="Notfall", exception_by="Jana").value
    clock.advance(minutes=3)
    timekeeping.end_session(desk, session.id)
    moved = correct(desk, read(desk, session.id), workstation_id=bohrer.reception).value
    assert moved.exception is None
    assert lines(desk, session.id)["exception"] == ("Jana: Notfall", "")


def test_pauses_and_gaps_follow_and_what_goes_stays_in_the_log(desk, bohrer, clock):
    session = timekeeping.start_session(desk, bohrer.reception).value
    clock.advance(minutes=10)
    timekeeping.pause_session(desk, session.id)
    clock.advance(minutes=5)
    timekeeping.resume_session(desk, session.id)
    clock.advance(minutes=20)
    timekeeping.end_session(desk, session.id)
    found = read(desk, session.id)
    inside = found.end - timedelta(minutes=10)
    with desk.database.write() as connection:
        gap = gaps.add_gap(connection, found.id, GapKind.SLEEP, inside, inside + timedelta(minutes=4))
        gaps.decide_gap(connection, gap, GapDecision.DEDUCT)
        session_access.freeze(connection, found.id, report_open=False)
    found = read(desk, session.id)
    assert found.charge.seconds == 26 * 60
    cut = correct(desk, found, end=inside + timedelta(minutes=2)).value
    assert cut.charge.seconds == (10 + 10) * 60
    assert [(one.begin, one.end) for one in cut.gaps] == [(inside, inside + timedelta(minutes=2))]
    gone = correct(desk, cut, end=found.begin + timedelta(minutes=8)).value
    assert (gone.charge.seconds, len(gone.segments), gone.gaps) == (8 * 60, 1, ())
    old = [one.old for one in timekeeping.session_history(desk, found.id) if one.field == "times"]
    assert old[-1].count("/") == 2
    assert any(
        one.field == "gaps" and "deduct" in one.old for one in timekeeping.session_history(desk, found.id)
    )


def test_a_waiting_report_with_the_old_words_is_withdrawn(desk, bohrer, ended):
    timekeeping.close_report(desk, ended.id)
    waiting = mail(desk, ended.id, MessageState.WAITING)
    sent = mail(desk, ended.id, MessageState.HANDED_OVER)
    assert correct(desk, ended, internal_note="nur für uns").changed == {Topic.SESSIONS}
    assert state_of(desk, waiting) is MessageState.WAITING
    result = correct(desk, ended, notes="Anders")
    assert result.changed == {Topic.SESSIONS, Topic.OUTBOX}
    assert result.value.report_open
    assert state_of(desk, waiting) is MessageState.DISCARDED
    assert state_of(desk, sent) is MessageState.HANDED_OVER


def test_billing_is_changed_with_a_reason_and_back(desk, ended):
    reason = house.read_house(desk).free_reasons[1]
    free = corrections.change_billing(desk, ended.id, False, reason.id, "Kulanz zugesagt").value
    assert (free.billable, free.free_reason, free.charge) == (False, reason.name, ended.charge)
    assert lines(desk, ended.id) == {"billable": ("yes", "no"), "free_reason": ("", reason.name)}
    broken(Rule.FREE_WITHOUT_REASON, corrections.change_billing, desk, ended.id, False, None, "x")
    broken(Rule.VALUE_NOT_IN_LIST, corrections.change_billing, desk, ended.id, False, 999, "x")
    billed = corrections.change_billing(desk, ended.id, True, reason.id, "doch nicht").value
    assert (billed.billable, billed.free_reason_id) == (True, None)


def test_a_strange_partner_id_from_before_is_let_be(desk, ended):
    with desk.database.write() as connection:
        sessions.update_session(connection, ended.id, partner_id="12")
    found = read(desk, ended.id)
    assert correct(desk, found, notes="x").value.partner_id == "12"
    entry = replace(entry_of(found), partner_id="13")
    broken(Rule.PARTNER_ID_INVALID, corrections.correct_session, desk, ended.id, entry, WHY)


def test_a_billed_session_refuses_everything_and_names_the_invoice(desk, bohrer, ended):
    with desk.database.write() as connection:
        billing.bill(connection, [ended.id], "RE-2022-0031")
    before = read(desk, ended.id)
    entry = replace(entry_of(ended), notes="Anders")
    for call in (
        lambda: broken(Rule.SESSION_BILLED, corrections.correct_session, desk, ended.id, entry, WHY),
        lambda: broken(Rule.SESSION_BILLED, corrections.change_billing, desk, ended.id, True, None, WHY),
        lambda: broken(Rule.SESSION_BILLED, corrections.give_reason, desk, ended.id, "x", "y"),
        lambda: broken(Rule.SESSION_BILLED, call_sheet.save_notes, desk, ended.id, "x", "y"),
        lambda: broken(
            Rule.SESSION_BILLED, call_sheet.save_billing, desk, ended.id, billable=True, free_reason_id=None
        ),
        lambda: broken(
            Rule.SESSION_BILLED, call_sheet.save_order, desk, ended.id, "x", before.channel
        ),
        lambda: broken(Rule.SESSION_BILLED, timekeeping.reopen_session, desk, ended.id),
    ):  # fmt: skip
        assert call().parameters["invoice"] == "RE-2022-0031"
    assert read(desk, ended.id) == before
    call_sheet.save_recipient(desk, ended.id, "neu@zap-bohrer.example")
    timekeeping.close_report(desk, ended.id)
    assert read(desk, ended.id).recipient == "neu@zap-bohrer.example"
