"""When a mail is tried again, and what an attempt leaves behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from laverma_desk.domain.mail_account import DEFAULT_PORTS, MailAccount, Security
from laverma_desk.domain.message import (
    Attempt,
    Failure,
    Message,
    MessageKind,
    MessageState,
    next_due,
    state_after,
)

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("made", "minutes"), [(0, 1), (1, 1), (2, 5), (3, 10), (4, 30), (5, 30), (100, 30)])
def test_the_pauses_grow_and_then_stay(made, minutes):
    assert next_due(made, NOON) == NOON + timedelta(minutes=minutes)


WAITS, FAILS, UNSURE = MessageState.WAITING, MessageState.FAILED, MessageState.UNCLEAR
AFTER = {
    Failure.ACCOUNT_MISSING: FAILS,
    Failure.NO_NETWORK: WAITS,
    Failure.NO_ANSWER: WAITS,
    Failure.TEMPORARY: WAITS,
    Failure.CERTIFICATE: FAILS,
    Failure.ENCRYPTION_MISSING: FAILS,
    Failure.LOGIN_REFUSED: FAILS,
    Failure.PASSWORD_MISSING: FAILS,
    Failure.SENDER_REFUSED: FAILS,
    Failure.RECIPIENT_REFUSED: FAILS,
    Failure.CONTENT_REFUSED: FAILS,
    Failure.CONTENT_ALTERED: FAILS,
    Failure.REFUSED: FAILS,
    Failure.BROKEN_AFTER_DATA: UNSURE,
    Failure.INTERRUPTED: UNSURE,
    Failure.RESTORED: UNSURE,
    Failure.CANCELLED: WAITS,
}


@pytest.mark.parametrize("failure", list(Failure))
def test_every_failure_has_its_state(failure):
    assert state_after(failure) is AFTER[failure]


def test_success_is_handed_over():
    assert state_after(None) is MessageState.HANDED_OVER


def test_the_last_attempt():
    bare = Message(1, MessageKind.REPORT, 1, "", "", "", "", "", "", "", 0, WAITS, NOON, NOON)
    first, second = Attempt(NOON, "421", Failure.TEMPORARY), Attempt(NOON, "250")
    tried = Message(
        1, MessageKind.REPORT, 1, "", "", "", "", "", "", "", 0, WAITS, NOON, NOON, (first, second)
    )
    assert (bare.last_attempt, tried.last_attempt) == (None, second)


@pytest.mark.parametrize(
    ("host", "sender", "complete"),
    [
        ("", "", False),
        ("smtp.example", "", False),
        ("", "a@b.example", False),
        ("smtp.example", "a@b.example", True),
    ],
)
def test_an_account_is_complete_with_host_and_sender(host, sender, complete):
    assert MailAccount(host=host, sender=sender).complete is complete


def test_every_kind_of_line_has_its_port():
    assert DEFAULT_PORTS == {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
