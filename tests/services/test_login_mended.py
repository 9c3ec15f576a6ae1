"""Mails that failed at the login leave once another login is kept; others wait for a person."""

from __future__ import annotations

import pytest

from laverma_desk.domain.message import Failure, MessageState
from laverma_desk.services.mails import delivery, outbox
from laverma_desk.services.setup import house, house_mail
from tests.support.desks import set_mail_account
from tests.support.report_desks import queue
from tests.support.smtp_server import Step

USER, PASSWORD = "bericht@laverma.example", "Schlüssel§4711"

ALONE = pytest.mark.files("a desk that shares its outbox leaves such mails to the others")


def state_of(desk, number):
    return next(one.state for one in outbox.list_messages(desk) if one.id == number)


@ALONE
def test_a_mail_without_its_password_leaves_when_the_password_is_kept(smtp_server, desk, bohrer, clock):
    server = smtp_server(login=(USER, PASSWORD))
    set_mail_account(desk, server.port, user=USER)
    number = queue(desk, bohrer, clock).message_id
    failed = delivery.send_message(desk, number).value
    assert (failed.state, failed.last_attempt.failure) == (MessageState.FAILED, Failure.PASSWORD_MISSING)
    house_mail.save_mail_account(desk, house.read_house(desk).mail, PASSWORD)
    assert state_of(desk, number) is MessageState.WAITING
    assert delivery.due_messages(desk) == [number]
    assert delivery.send_message(desk, number).value.state is MessageState.HANDED_OVER


def test_a_refused_address_is_not_tried_again_for_another_password(smtp_server, desk, bohrer, clock):
    server = smtp_server()
    server.answer(Step.RCPT, "550 5.1.1 User unknown")
    set_mail_account(desk, server.port)
    number = queue(desk, bohrer, clock).message_id
    delivery.send_message(desk, number)
    house_mail.save_mail_account(desk, house.read_house(desk).mail, PASSWORD)
    assert state_of(desk, number) is MessageState.FAILED


def test_a_mail_whose_login_was_refused_leaves_with_another_password(smtp_server, desk, bohrer, clock):
    server = smtp_server(login=(USER, PASSWORD))
    set_mail_account(desk, server.port, user=USER)
    house_mail.save_mail_account(desk, house.read_house(desk).mail, "old")
    number = queue(desk, bohrer, clock).message_id
    failed = delivery.send_message(desk, number).value
    assert (failed.state, failed.last_attempt.failure) == (MessageState.FAILED, Failure.LOGIN_REFUSED)
    house_mail.save_mail_account(desk, house.read_house(desk).mail, PASSWORD)
    assert delivery.due_messages(desk) == [number]
    assert delivery.send_message(desk, number).value.state is MessageState.HANDED_OVER


@ALONE
def test_a_mail_that_was_discarded_stays_so_with_another_password(smtp_server, desk, bohrer, clock):
    server = smtp_server(login=(USER, PASSWORD))
    set_mail_account(desk, server.port, user=USER)
    number = queue(desk, bohrer, clock).message_id
    delivery.send_message(desk, number)
    outbox.discard(desk, number)
    house_mail.save_mail_account(desk, house.read_house(desk).mail, PASSWORD)
    assert delivery.due_messages(desk) == []
