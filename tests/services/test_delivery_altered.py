"""Bytes of a waiting mail that are no longer those that were stored never go out."""

from __future__ import annotations

import pytest

from laverma_desk.domain.message import Failure, MessageState
from laverma_desk.explain import failure_sentence
from laverma_desk.services.mails import delivery, outbox
from tests.support.desks import set_mail_account
from tests.support.raw_words import lift_seal, say
from tests.support.report_desks import queue

ALTERED = {
    "a word": lambda content: content.replace(b"Bohrer", b"Bohner"),
    "empty": lambda _content: b"",
}


@pytest.mark.parametrize("how", ALTERED)
def test_each_attempt_looks_and_a_mail_made_anew_leaves(smtp_server, desk, bohrer, clock, how):
    _never_goes_out(smtp_server, desk, lambda: queue(desk, bohrer, clock).message_id, ALTERED[how])


@pytest.mark.files("a server keeps nothing but bytes in a column of bytes")
def test_the_same_letters_as_a_text_are_other_bytes(smtp_server, desk, bohrer, clock):
    _never_goes_out(smtp_server, desk, lambda: queue(desk, bohrer, clock).message_id, bytes.decode)


def _never_goes_out(smtp_server, desk, queued, altered):
    server = smtp_server()
    set_mail_account(desk, server.port)
    number = queued()
    with desk.database.write() as connection:
        lift_seal(connection, "document_no_update")
        row, content = say(connection, "SELECT id, content FROM document WHERE kind = 'mail'").one()
        say(connection, "UPDATE document SET content = ? WHERE id = ?", (altered(content), row))
    refused = delivery.send_message(desk, number).value
    assert refused.state is MessageState.FAILED
    assert refused.last_attempt.failure is Failure.CONTENT_ALTERED
    assert failure_sentence(Failure.CONTENT_ALTERED, "").startswith(
        "Die Mail ist nicht mehr die gespeicherte"
    )
    again = delivery.send_message(desk, number, force=True).value
    assert (again.state, server.connections) == (MessageState.FAILED, 0)
    outbox.readdress(desk, number, "praxis@zap-bohrer.example")
    assert delivery.send_message(desk, number).value.state is MessageState.HANDED_OVER
    assert len(server.wait_for(1)) == 1
