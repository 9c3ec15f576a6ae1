"""What surrounds an attempt: whose place among the month's sessions, which ID, and what counts as a note."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from laverma_desk.domain.errors import Rule
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.calls.not_possible import end_as_not_possible
from laverma_desk.services.calls.recurring import sessions_lately
from laverma_desk.services.corrections import record_attempt
from laverma_desk.storage.tables import workstation
from tests.support.session_steps import broken, start


def test_an_older_session_keeps_its_own_place_among_the_others(desk, bohrer, clock):
    begun = []
    for _count in range(4):
        begun.append(timekeeping.start_session(desk, bohrer.reception).value)
        timekeeping.end_session(desk, begun[-1].id)
        clock.advance(days=1)
    assert sessions_lately(desk, bohrer.reception, begun[2]) == 3
    assert sessions_lately(desk, bohrer.reception, begun[3]) == 4


def test_blanks_are_no_note_that_says_why(desk, bohrer):
    number = start(desk, bohrer.reception)
    call_sheet.save_notes(desk, number, " \n ", "")
    broken(Rule.NOTES_MISSING, end_as_not_possible, desk, number, NotPossible.OTHER)


@pytest.mark.parametrize(
    ("tool", "stored", "kept"),
    [
        ("anydesk", "praxis@ad", "praxis@ad"),
        ("teamviewer", "1234567890", "1234567890"),
        ("teamviewer", "12", ""),
    ],
)
def test_an_attempt_has_the_id_of_its_machine_if_it_is_one(desk, bohrer, tool, stored, kept):
    with desk.database.write() as connection:
        row = workstation.c.id == bohrer.reception
        connection.execute(update(workstation).where(row).values(tool=tool, partner_id=stored))
    made = record_attempt(desk, bohrer.reception, NotPossible.NO_INTERNET).value
    assert (made.tool.value, made.partner_id) == (tool, kept)
