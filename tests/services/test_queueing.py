"""A report goes into the outbox as its session is then, under a subject that can be sent."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import update

from laverma_desk.services.calls import call_sheet
from laverma_desk.services.mails import outbox, queueing
from laverma_desk.storage.tables import workstation
from tests.support.desks import set_mail_account
from tests.support.report_desks import end_session, queue


@pytest.fixture(autouse=True)
def account(desk):
    set_mail_account(desk, 2525)


def test_a_report_whose_session_is_written_meanwhile_is_made_anew(desk, bohrer, clock):
    number = end_session(desk, bohrer, clock)

    class Meddling:
        """A clock at whose second look somebody else, the command line say, writes the notes."""

        looks = 0

        def now(self):
            self.looks += 1
            if self.looks == 2:
                call_sheet.save_notes(desk, number, "Netzpfad korrigiert", "")
            return clock.now()

    queued = queueing.queue_report(replace(desk, clock=Meddling()), number).value
    pdf = outbox.attachment_bytes(desk, queued.message_id)
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "Netzpfad korrigiert" in words
    assert "Synadoc" not in words


def test_a_name_as_long_as_names_may_be_still_leaves_a_subject_that_can_be_sent(desk, bohrer, clock):
    with desk.database.write() as connection:
        place = workstation.c.id == bohrer.reception
        connection.execute(update(workstation).where(place).values(name="Arbeitsplatz " * 22))
    queue(desk, bohrer, clock)
    subject = outbox.list_messages(desk)[0].subject
    assert subject.startswith("Bericht zur Fernwartung vom 01.03.2022, Arbeitsplatz")
    assert subject.endswith(" …")
    assert len(subject) <= 300
