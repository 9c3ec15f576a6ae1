"""Bytes of a waiting mail that are no longer those that were stored never go out."""

from __future__ import annotations

import pytest

from laverma_desk.domain.message import Failure, MessageState
from laverma_desk.explain import failure_sentence
from laverma_desk.services.mails import delivery, outbox
from tests.support.desks import set_mail_account
from tests.support.report_desks import queue

ALTERED = {
    "a word": "CAST(replace(content, 'Bohrer', 'Bohner') AS BLOB)",
    "a text": "CAST(content AS TEXT)",
    "empty": "x''",
}


@pytest.mark.parametrize("how", ALTERED)
def test_each_attempt_looks_and_a_mail_made_anew_leaves(smtp_server, desk, bohrer, clock, how):
    server = smtp_server()
    set_mail_account(desk, server.port)
    number = queue(desk, bohrer, clock).message_id
    with desk.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER document_no_update")
        connection.exec_driver_sql(f"UPDATE document SET content = {ALTERED[how]} WHERE kind = 'mail'")  # noqa: S608
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
