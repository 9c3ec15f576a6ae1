from __future__ import annotations

import pytest
from sqlalchemy import update

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.message import MessageState
from laverma_desk.services import corrections
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.mails import outbox, resend
from laverma_desk.services.setup.house import read_house
from laverma_desk.storage import outbox as stored
from laverma_desk.storage import stored_documents
from laverma_desk.storage.tables import document
from tests.support.desks import set_mail_account
from tests.support.raw_words import lift_seal
from tests.support.report_desks import end_session, queue


def hand_over(desk, number, state=MessageState.HANDED_OVER):
    with desk.database.write() as connection:
        stored.update_message(connection, number, state=state.value)


def attachment_of(desk, number):
    with desk.database.read() as connection:
        _content, attachment = stored.documents_of(connection, number)
        return attachment


@pytest.fixture
def sent(desk, bohrer, clock):
    """A session whose report was handed over, and that mail."""
    set_mail_account(desk, 2525)
    queued = queue(desk, bohrer, clock)
    hand_over(desk, queued.message_id)
    clock.advance(minutes=5)
    return queued


def test_a_report_that_was_sent_is_opened_as_it_was_stored(desk, sent):
    paper = resend.paper_of(desk, sent.session_id)
    assert paper.message is not None
    assert paper.message.id == sent.message_id
    assert paper.pdf == outbox.attachment_bytes(desk, sent.message_id)


def test_a_report_whose_bytes_were_altered_is_neither_opened_nor_sent_again(desk, sent):
    with desk.database.write() as connection:
        lift_seal(connection, "document_no_update")
        connection.execute(
            update(document)
            .where(document.c.id == attachment_of(desk, sent.message_id))
            .values(content=b"%PDF-1.7 another one")
        )
    for work in (
        lambda: resend.paper_of(desk, sent.session_id),
        lambda: outbox.attachment_bytes(desk, sent.message_id),
        lambda: resend.send_again(desk, sent.session_id, "chefin@praxis.example", as_sent=True),
    ):
        with pytest.raises(OutsideTrouble) as found:
            work()
        assert found.value.code is Trouble.DOCUMENT_ALTERED
    assert [one.id for one in resend.reports_of(desk, sent.session_id)] == [sent.message_id]


def test_a_report_that_never_left_is_made_now(desk, bohrer, clock):
    number = end_session(desk, bohrer, clock)
    paper = resend.paper_of(desk, number)
    assert paper.message is None
    assert paper.pdf.startswith(b"%PDF")


def test_a_correction_does_not_change_what_was_sent(desk, sent):
    before = resend.paper_of(desk, sent.session_id).pdf
    reason = read_house(desk).free_reasons[0]
    corrections.change_billing(desk, sent.session_id, False, reason.id, "War Garantie")
    assert resend.paper_of(desk, sent.session_id).pdf == before


def test_sent_again_as_it_was_carries_the_same_document_to_another_address(desk, sent, clock):
    done = resend.send_again(desk, sent.session_id, " chefin@praxis.example ", as_sent=True)
    queued = done.value
    assert attachment_of(desk, queued.message_id) == attachment_of(desk, sent.message_id)
    assert queued.recipient == "chefin@praxis.example"
    assert (queued.due_at - clock.now()).total_seconds() == 10
    newest = resend.reports_of(desk, sent.session_id)[0]
    assert (newest.id, newest.state) == (queued.message_id, MessageState.WAITING)
    assert newest.attachment_name == resend.reports_of(desk, sent.session_id)[1].attachment_name
    with desk.database.read() as connection:
        content = stored_documents.read(connection, stored.documents_of(connection, newest.id)[0]).content
    assert b"chefin@praxis.example" in content
    assert b"application/pdf" in content


def test_sent_anew_it_carries_the_correction(desk, sent):
    reason = read_house(desk).free_reasons[0]
    corrections.change_billing(desk, sent.session_id, False, reason.id, "War Garantie")
    queued = resend.send_again(desk, sent.session_id, "a@b.example", as_sent=False).value
    old = outbox.attachment_bytes(desk, sent.message_id)
    assert outbox.attachment_bytes(desk, queued.message_id) != old


@pytest.mark.parametrize("as_sent", [True, False])
def test_no_twin_while_one_is_under_way(desk, sent, as_sent):
    resend.send_again(desk, sent.session_id, "a@b.example", as_sent=True)
    with pytest.raises(RuleBroken) as broken:
        resend.send_again(desk, sent.session_id, "a@b.example", as_sent=as_sent)
    assert broken.value.code is Rule.REPORT_ALREADY_SENT
    assert len(resend.reports_of(desk, sent.session_id)) == 2


def test_a_wrong_address_is_said_at_the_field_and_nothing_is_queued(desk, sent):
    with pytest.raises(RuleBroken) as broken:
        resend.send_again(desk, sent.session_id, "rezeption", as_sent=True)
    assert broken.value.field == "recipient"
    assert len(resend.reports_of(desk, sent.session_id)) == 1


@pytest.mark.parametrize("as_sent", [True, False])
def test_a_failed_mail_is_replaced_not_doubled(desk, sent, clock, as_sent):
    failed = resend.send_again(desk, sent.session_id, "falsch@b.example", as_sent=True).value
    hand_over(desk, failed.message_id, MessageState.FAILED)
    again = resend.send_again(desk, sent.session_id, "richtig@b.example", as_sent=as_sent).value
    assert [one.id for one in resend.reports_of(desk, sent.session_id)] == [again.message_id, sent.message_id]
    assert outbox.is_discarded(desk, failed.message_id)


@pytest.mark.parametrize("as_sent", [True, False])
def test_taken_back_only_that_mail_goes_and_the_session_stays_done(desk, sent, as_sent):
    queued = resend.send_again(desk, sent.session_id, "a@b.example", as_sent=as_sent).value
    assert outbox.take_back(desk, queued.message_id, again=queued.again).value
    assert outbox.is_discarded(desk, queued.message_id)
    assert [one.id for one in resend.reports_of(desk, sent.session_id)] == [sent.message_id]
    assert not timekeeping.read_session(desk, sent.session_id).report_open
