"""Erasure (Art. 17 GDPR): what no law keeps is gone from the file, what one keeps is locked until its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.history import HistoryFilter
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.retention import ERASED, Holding, Kept, Law, kept_until
from laverma_desk.services import history
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers import callers as calls
from laverma_desk.services.customers.customer_register import load_register
from laverma_desk.services.customers.search import load_finder
from laverma_desk.services.mails import outbox as mails
from laverma_desk.services.privacy.erasure import erase, erase_due, preview_erasure, restricted
from laverma_desk.storage import (
    agreements,
    billing,
    customers,
    erasing,
    outbox,
    sealing,
    session_history,
    sessions,
    stored_documents,
)
from laverma_desk.storage.customer_history import customer_changes_of
from laverma_desk.storage.tables import document, former_partner_id, session
from tests.support.desks import add_customer
from tests.support.held_data import change_phone, hold_everything, hold_session
from tests.support.raw_words import every_value
from tests.support.session_steps import machine_of

REASON = "Verlangen vom 01.03.2022"


@pytest.fixture
def held(desk, bohrer):
    return hold_everything(desk, bohrer)


def _session(desk, number):
    return timekeeping.read_session(desk, number)


def _row(desk, table, number):
    with desk.database.read() as connection:
        return connection.execute(select(table).where(table.c.id == number)).one()._mapping


def _words_of(desk):
    """Return every byte of the desk's file, its log folded in; of a server every value of every table."""
    if desk.database.shared:
        with desk.database.read() as connection:
            return every_value(connection)
    desk.database.close()
    return desk.database.file.read_bytes()


def test_the_years_run_from_the_end_of_the_calendar_year():
    assert kept_until(date(2022, 1, 1), Law.BOOKING) == date(2030, 12, 31)
    assert kept_until(date(2022, 12, 31), Law.LETTER) == date(2028, 12, 31)


def test_the_preview_tells_what_goes_and_what_the_law_keeps(desk, held):
    change_phone(desk, held.customer_id, "030 23125020")
    found = preview_erasure(desk, held.customer_id)
    assert (found.contacts, found.workstations, found.partner_ids) == (2, 2, 2)
    assert (found.sessions, found.mails, found.agreements) == (2, 1, 0)
    assert found.log_lines >= 1
    assert not found.record
    assert found.kept == (
        Kept(Holding.AGREEMENTS, Law.LETTER, 2, date(2028, 12, 31)),
        Kept(Holding.BILLED_SESSIONS, Law.BOOKING, 1, date(2030, 12, 31), "RE-2022-0001"),
        Kept(Holding.MAILS, Law.LETTER, 1, date(2028, 12, 31)),
        Kept(Holding.OPEN_SESSIONS, Law.BOOKING, 1, date(2030, 12, 31)),
        Kept(Holding.REPORTED_SESSIONS, Law.LETTER, 1, date(2028, 12, 31)),
    )
    assert found.until == date(2030, 12, 31)
    assert _session(desk, held.free).notes == "Geheimwort kostenlos", "a preview writes nothing"
    assert preview_erasure(desk, held.customer_id) == found


def test_what_no_law_keeps_is_anonymised_and_the_rest_stays_word_for_word(desk, held):
    before = {number: _session(desk, number) for number in (held.billed, held.open, held.reported)}
    result = erase(desk, held.customer_id, "10017", REASON)
    topics = {Topic.CUSTOMERS, Topic.SESSIONS, Topic.OUTBOX, Topic.INVOICES, Topic.CONNECTIONS}
    assert result.changed == topics
    assert {number: _session(desk, number) for number in before} == before
    for number in (held.free, held.failed):
        one = _session(desk, number)
        told = (one.notes, one.internal_note, one.requested_by, one.partner_id, one.recipient)
        assert told == ("",) * 5
        assert (one.customer_name, one.workstation_name) == (ERASED, ERASED)
        assert one.charge is not None
        assert (one.charge.seconds, one.supporter_name) == (300, "Klaus Klassen"), (
            "the house's own time stays"
        )
        with desk.database.read() as connection:
            (line,) = session_history.changes_of(connection, number)
        assert (line.field, line.old, line.new, line.who, line.reason) == (
            "notes", "", "", "Klaus Klassen", "",
        )  # fmt: skip
    with desk.database.read() as connection:
        assert customers.contacts_of(connection, held.customer_id) == ()
        assert connection.execute(select(former_partner_id)).all() == []
        (sent,) = outbox.of_session(connection, held.reported)
        (refused,) = outbox.of_session(connection, held.failed)
        assert stored_documents.read(connection, held.document).name == "AVV Bohrer.pdf"
        assert list(stored_documents.damaged(connection)) == []
    assert sent.recipient == "rezeption@zap-bohrer.example"
    assert (refused.recipient, refused.customer_name, refused.state) == (
        ERASED,
        ERASED,
        MessageState.DISCARDED,
    )


def test_the_record_is_locked_and_found_no_more(desk, held):
    erase(desk, held.customer_id, "10017", REASON)
    with desk.database.read() as connection:
        kept = customers.find(connection, held.customer_id)
    assert kept is not None
    assert (kept.name, kept.street, kept.phone, kept.email_report) == (
        "ZAP Dr. Bohrer",
        "Hauptstraße 5",
        "",
        "",
    )
    assert (kept.restricted_at, kept.erased_at, kept.archived) == (desk.clock.now(), None, True)
    assert load_finder(desk).search("bohrer").hits == ()
    assert calls.recent_sessions(desk) == []
    everything = HistoryFilter(None, None)
    assert history.overview(desk, everything).total.sessions == 0
    assert history.overview(desk, replace(everything, customer_id=held.customer_id)).total.sessions == 0
    assert mails.list_messages(desk) == []
    assert [one.customer for one in load_register(desk).rows("", archived=True)] == []
    with pytest.raises(RuleBroken) as refused:
        timekeeping.start_session(desk, 1)
    assert refused.value.code is Rule.CUSTOMER_RESTRICTED
    with pytest.raises(RuleBroken) as refused:
        erase(desk, held.customer_id, "10017", REASON)
    assert refused.value.code is Rule.CUSTOMER_RESTRICTED
    with desk.database.read() as connection:
        line = customer_changes_of(connection, held.customer_id)[-1]
    assert (line.field, line.who, line.reason) == ("restricted_at", "Klaus Klassen", REASON)


def test_the_log_of_the_record_loses_its_values_but_those_of_the_address(desk, held):
    change_phone(desk, held.customer_id, "030 23125020")
    erase(desk, held.customer_id, "10017", REASON)
    with desk.database.read() as connection:
        lines = {one.field: (one.old, one.new) for one in customer_changes_of(connection, held.customer_id)}
    assert lines["phone"] == ("", "")
    assert lines["street"] == ("Hauptstraße 5", "Nebenstraße 7")


def test_where_no_law_keeps_anything_nothing_is_left_in_the_file(desk):
    customer_id = add_customer(desk, "10050", "Praxis Zausel", "Zauselrechner", has_agreement=False)
    place = machine_of(desk, customer_id)
    one = timekeeping.start_session(
        desk, place, requested_by="Zauselinchen", exception_reason="Zauselnotfall", exception_by="Zauselchef"
    ).value
    timekeeping.end_session(desk, one.id)
    with desk.database.write() as connection:
        sessions.update_session(connection, one.id, notes="Zauselnotiz", billable=False)
    assert b"Zausel" in _words_of(desk)
    done = erase(desk, customer_id, " 10050 ", REASON).value
    assert (done.record, done.kept, done.sessions) == (True, (), 1)
    with desk.database.read() as connection:
        gone = customers.find(connection, customer_id)
        assert [one.field for one in customer_changes_of(connection, customer_id)] == [
            "restricted_at",
            "erased_at",
        ]
    assert gone is not None
    assert (gone.number, gone.name, gone.erased_at) == ("10050", ERASED, desk.clock.now())
    assert not preview_erasure(desk, customer_id).anything_goes
    assert b"zausel" not in _words_of(desk).lower(), (
        "not in the rows, the free pages, or the lines of the index"
    )
    assert restricted(desk) == []


def test_later_the_law_lets_go_of_one_after_the_other(desk, held):
    erase(desk, held.customer_id, "10017", REASON)
    assert not restricted(desk)[0].anything_goes
    assert erase_due(desk).value == 0
    desk.clock.set_wall(datetime(2029, 1, 2, tzinfo=UTC))
    (due,) = restricted(desk)
    assert (due.sessions, due.mails, due.agreements, due.record) == (1, 1, 2, False)
    assert erase_due(desk).value == 1
    assert _session(desk, held.reported).notes == ""
    with desk.database.read() as connection:
        assert stored_documents.read(connection, held.document).content == b""
        assert list(stored_documents.damaged(connection)) == []
        signed = {one.id: one for one in agreements.agreements_of(connection, held.customer_id)}[
            held.agreement
        ]
    assert (signed.signed_by_customer, signed.valid_from) == (ERASED, date(2022, 2, 1))
    assert erase_due(desk).value == 0, "nothing is taken out twice"
    assert _session(desk, held.open).notes == "Geheimwort offen"
    desk.clock.set_wall(datetime(2031, 1, 2, tzinfo=UTC))
    assert erase_due(desk).value == 1
    assert _session(desk, held.open).notes == ""
    billed = _session(desk, held.billed)
    assert (billed.notes, billed.invoice_number) == ("Geheimwort Rechnung", "RE-2022-0001")
    with desk.database.read() as connection:
        assert customers.find(connection, held.customer_id).erased_at is None


def test_a_customer_without_invoices_is_erased_for_good_when_the_years_are_over(desk, held):
    with desk.database.write() as connection:
        billing.release(connection, "RE-2022-0001")
    erase(desk, held.customer_id, "10017", REASON)
    desk.clock.set_wall(datetime(2031, 1, 2, tzinfo=UTC))
    assert restricted(desk)[0].record
    erase_due(desk)
    with desk.database.read() as connection:
        gone = customers.find(connection, held.customer_id)
    assert (gone.name, gone.erased_at) == (ERASED, desk.clock.now())
    assert restricted(desk) == []
    assert b"Geheimwort" not in _words_of(desk)


def test_a_billed_session_is_never_changed_even_by_hand(desk, held):
    with pytest.raises(IntegrityError), desk.database.write() as connection:
        erasing.erase_sessions(connection, [held.billed])
    assert _session(desk, held.billed).notes == "Geheimwort Rechnung"


def test_records_that_were_merged_go_together(desk, held):
    other = add_customer(desk, "10060", "Praxis Doppelt", "PC Doppelt", has_agreement=False)
    with desk.database.write() as connection:
        connection.execute(
            text("UPDATE customer SET merged_into = :a, archived = true WHERE id = :b"),
            {"a": held.customer_id, "b": other},
        )
    erase(desk, other, "10017", REASON)
    with desk.database.read() as connection:
        assert customers.find(connection, other).restricted_at is not None
        assert customers.find(connection, held.customer_id).restricted_at is not None


@pytest.mark.parametrize(
    ("number", "reason", "code", "field"),
    [
        ("10018", REASON, Rule.CUSTOMER_NUMBER_DIFFERS, "number"),
        ("10017", " ", Rule.REASON_MISSING, "reason"),
    ],
)
def test_nobody_is_erased_by_mistake(desk, held, number, reason, code, field):
    with pytest.raises(RuleBroken) as refused:
        erase(desk, held.customer_id, number, reason)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert _session(desk, held.free).notes == "Geheimwort kostenlos"


def test_not_while_a_session_runs_or_a_mail_is_on_its_way(desk, bohrer):
    number = hold_session(desk, bohrer.server, "Notiz", billable=False, mail=MessageState.WAITING)
    with pytest.raises(RuleBroken) as refused:
        preview_erasure(desk, bohrer.customer_id)
    assert refused.value.code is Rule.MAIL_ON_ITS_WAY
    with desk.database.write() as connection:
        (mail,) = outbox.of_session(connection, number)
        outbox.update_message(connection, mail.id, state=MessageState.HANDED_OVER.value)
    timekeeping.start_session(desk, bohrer.server)
    with pytest.raises(RuleBroken) as refused:
        erase(desk, bohrer.customer_id, "10017", REASON)
    assert refused.value.code is Rule.CUSTOMER_RUNNING


def test_the_seals_stand_again_afterwards(desk, held):
    erase(desk, held.customer_id, "10017", REASON)
    desk.clock.set_wall(datetime(2029, 1, 2, tzinfo=UTC))
    erase_due(desk)
    for change in (
        "UPDATE document SET content = NULL",
        "UPDATE agreement SET signed_by_customer = 'x'",
        "DELETE FROM agreement",
    ):
        with pytest.raises(IntegrityError), desk.database.write() as connection:
            connection.execute(text(change))


def test_a_seal_that_was_lifted_comes_back_with_the_transaction(desk, held):
    with (  # noqa: PT012 (what fails is inside)
        pytest.raises(ZeroDivisionError),
        desk.database.write() as connection,
        sealing.unsealed(connection, "document_no_update"),
    ):
        connection.execute(document.update().values(name="x"))
        raise ZeroDivisionError
    assert _row(desk, document, held.document)["name"] == "AVV Bohrer.pdf"
    with pytest.raises(IntegrityError), desk.database.write() as connection:
        connection.execute(document.update().values(name="x"))


def test_a_desk_of_others_is_left_alone(desk, held):
    customer_id = add_customer(desk, "10070", "Praxis Nachbar", "PC Nachbar")
    number = hold_session(desk, machine_of(desk, customer_id), "Nachbarnotiz", billable=False)
    before = dict(_row(desk, session, number))
    erase(desk, held.customer_id, "10017", REASON)
    assert dict(_row(desk, session, number)) == before
    assert [one.customer.name for one in load_finder(desk).search("nachbar").hits] == ["Praxis Nachbar"]
