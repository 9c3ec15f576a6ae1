"""A report is never older than the notes: what waits here for the server is there before it is made."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.services import corrections
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.mails import queueing
from laverma_desk.storage import outbox as stored
from laverma_desk.storage import stored_documents
from tests.support.desks import set_mail_account
from tests.support.servers import shared_server


class Gate:
    """Opens and shuts the way to the desk's database."""

    def __init__(self, desk):
        self._name = desk.database.address.database

    def shut(self):
        shared_server().say(
            f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS false',
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self._name}'",  # noqa: S608
        )

    def open(self):
        shared_server().say(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS true')


@pytest.fixture
def ended_alone(desk, bohrer, clock):
    """A session whose last notes and end the server does not know yet, though it is back."""
    set_mail_account(desk, 2525)
    number = timekeeping.start_session(desk, bohrer.reception).value.id
    call_sheet.save_notes(desk, number, "Alte Fassung", "")
    gate = Gate(desk)
    gate.shut()
    clock.advance(seconds=20)
    call_sheet.save_notes(desk, number, "Neue Fassung", "")
    timekeeping.end_session(desk, number)
    yield number, gate
    gate.open()


def test_a_report_waits_for_the_notes_that_are_kept_here(desk, ended_alone, qtbot):
    number, gate = ended_alone
    with pytest.raises(OutsideTrouble) as refused:
        queueing.queue_report(desk, number)
    assert refused.value.code is Trouble.SERVER_AWAY
    gate.open()
    qtbot.waitUntil(lambda: not desk.database.watchman.away)
    queued = queueing.queue_report(desk, number).value
    with desk.database.read() as connection:
        _content, paper = stored.documents_of(connection, queued.message_id)
        content = stored_documents.read(connection, paper).content
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "Neue Fassung" in words
    assert "Alte Fassung" not in words


def test_a_correction_waits_too(desk, ended_alone, qtbot):
    number, gate = ended_alone
    with pytest.raises(OutsideTrouble):
        corrections.read_correctable(desk, number)
    gate.open()
    qtbot.waitUntil(lambda: not desk.database.watchman.away)
    assert corrections.read_correctable(desk, number).session.notes == "Neue Fassung"
