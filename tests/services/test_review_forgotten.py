"""A practice that was forgotten stays forgotten: no report goes to it, and no index remembers its words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import Attempt
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.mails import outbox as mails
from laverma_desk.services.mails import queueing
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.services.mails.resend import reports_of, send_again
from laverma_desk.services.privacy.erasure import erase
from laverma_desk.storage import billing, customers, erasing, outbox, search_index, sessions
from tests.support.desks import set_mail_account
from tests.support.held_data import hold_everything, hold_session
from tests.support.report_desks import end_session, queue

REASON = "Verlangen vom 01.03.2022"
WORDS = ReportWords("neu@zap-bohrer.example", "Bericht", "Guten Tag")


def _refused(call, *given):
    with pytest.raises(RuleBroken) as caught:
        call(*given)
    return caught.value.code


def _on_the_strip(desk):
    with desk.database.read() as connection:
        return [one.id for one in sessions.on_the_strip(connection)]


def test_no_report_leaves_for_a_locked_practice(desk, bohrer, clock):
    set_mail_account(desk, 2525)
    number = end_session(desk, bohrer, clock)
    erase(desk, bohrer.customer_id, "10017", REASON)
    assert _refused(queueing.queue_report, desk, number, WORDS) is Rule.CUSTOMER_RESTRICTED
    assert _refused(queueing.draft_of_report, desk, number, WORDS) is Rule.CUSTOMER_RESTRICTED
    assert mails.list_messages(desk) == []


@pytest.mark.parametrize("as_sent", [True, False])
def test_no_report_that_was_sent_goes_there_once_more(desk, bohrer, clock, as_sent):
    set_mail_account(desk, 2525)
    sent = queue(desk, bohrer, clock)
    with desk.database.write() as connection:
        outbox.update_message(connection, sent.message_id, state="handed_over")
    erase(desk, bohrer.customer_id, "10017", REASON)
    with pytest.raises(RuleBroken) as caught:
        send_again(desk, sent.session_id, "neu@zap-bohrer.example", as_sent=as_sent)
    assert caught.value.code is Rule.CUSTOMER_RESTRICTED
    assert [one.id for one in reports_of(desk, sent.session_id)] == [sent.message_id]


def test_a_locked_practice_is_not_on_the_strip_for_a_report(desk, bohrer, clock):
    kept = end_session(desk, bohrer, clock)
    billed = hold_session(desk, bohrer.server, "Monitor getauscht", billable=True)
    with desk.database.write() as connection:
        billing.bill(connection, [billed], "RE-2022-0001")
        sessions.update_session(connection, billed, report_open=True)
    assert set(_on_the_strip(desk)) == {kept, billed}
    erase(desk, bohrer.customer_id, "10017", REASON)
    assert timekeeping.read_session(desk, kept).notes, "the law keeps what was written"
    assert _on_the_strip(desk) == []


@pytest.mark.files("a server has its pages to itself")
def test_the_index_of_the_search_forgets_the_words_too(desk, bohrer):
    held = hold_everything(desk, bohrer)
    with desk.database.write() as connection:
        sessions.update_session(connection, held.free, notes="Xylofonqueen")
    erase(desk, held.customer_id, "10017", REASON)
    desk.database.close()
    with closing(sqlite3.connect(desk.database.file)) as raw:
        blocks = b"".join(row[0] for row in raw.execute("SELECT block FROM session_words_data"))
    assert b"xyl" not in blocks


def test_neither_a_server_s_answer_nor_the_software_is_remembered(desk, bohrer):
    held = hold_everything(desk, bohrer)
    with desk.database.write() as connection:
        (failed,) = outbox.of_session(connection, held.failed)
        answer = "550 rezeption@zap-bohrer.example is not known here"
        outbox.add_attempt(connection, failed.id, failed.recipient, Attempt(desk.clock.now(), answer))
        found = customers.find(connection, held.customer_id)
        customers.update_customer(connection, replace(found, software="Zahnprogramm"))
    erase(desk, held.customer_id, "10017", REASON)
    with desk.database.read() as connection:
        (failed,) = outbox.of_session(connection, held.failed)
        assert customers.find(connection, held.customer_id).software == ""
    assert [one.answer for one in failed.attempts] == [""]


def test_the_search_is_whole_after_an_erasure(desk, bohrer):
    held = hold_everything(desk, bohrer)
    erase(desk, held.customer_id, "10017", REASON)
    with desk.database.write() as connection:
        assert search_index.search_problems(connection) == []
        assert search_index.index_is_sound(connection)


@pytest.mark.files("a server has its pages to itself")
def test_what_goes_is_written_over_whatever_sqlite_was_built_with(desk):
    with desk.database.write() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
        erasing.overwrite_what_goes(connection)
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
