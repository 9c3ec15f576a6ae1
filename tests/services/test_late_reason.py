"""A late session without an agreement keeps its report at home until somebody says why it took place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from laverma_desk.domain.errors import Rule
from laverma_desk.domain.report import Report
from laverma_desk.services import corrections
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.corrections import SessionEntry
from laverma_desk.services.mails import queueing, reporting
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.services.setup import house
from tests.support.desks import add_customer, set_mail_account
from tests.support.report_desks import end_session
from tests.support.session_steps import broken, machine_of, read

WORDS = ReportWords("praxis@weiss.example", "Bericht", "Guten Tag")


@pytest.fixture
def late(desk, clock) -> int:
    """A session recorded afterwards at a practice without an agreement."""
    set_mail_account(desk, 25)
    place = machine_of(desk, add_customer(desk, "10002", "Praxis Dr. Weiß", "PC", has_agreement=False))
    supporter = house.read_house(desk).supporter.id
    begin = clock.now() - timedelta(hours=1)
    entry = SessionEntry(place, supporter, begin, begin + timedelta(minutes=5), notes="Router neu gestartet")
    return corrections.record_session(desk, entry).value.id


def test_the_report_waits_for_the_reason_and_goes_then(desk, late):
    error = broken(Rule.AGREEMENT_REASON_MISSING, queueing.queue_report, desk, late, WORDS)
    assert error.field == "agreement_reason"
    broken(Rule.AGREEMENT_REASON_MISSING, queueing.draft_of_report, desk, late, WORDS)
    corrections.give_reason(desk, late, "Notfall", "Jana Petersen")
    assert queueing.queue_report(desk, late, WORDS).value.session_id == late
    report: Report = reporting.prepare_report(desk, late).report
    assert report.exception


def test_the_reason_is_logged_with_who_decided(desk, late, clock):
    found = corrections.give_reason(desk, late, " Server\nstand ", "Jana Petersen").value
    assert (found.exception.reason, found.exception.decided_by) == ("Server stand", "Jana Petersen")
    assert found.exception.decided_at == clock.now()
    line = timekeeping.session_history(desk, late)[-1]
    assert (line.who, line.field, line.new) == ("Klaus Klassen", "exception", "Jana Petersen: Server stand")
    assert line.reason == "Server stand"


def test_reason_and_name_are_both_needed_once(desk, late):
    assert (
        broken(Rule.EXCEPTION_WITHOUT_REASON, corrections.give_reason, desk, late, " ", "Jana").field
        == "reason"
    )
    assert (
        broken(Rule.EXCEPTION_WITHOUT_NAME, corrections.give_reason, desk, late, "x", "").field
        == "decided_by"
    )
    corrections.give_reason(desk, late, "Notfall", "Jana")
    broken(Rule.AGREEMENT_REASON_NEEDLESS, corrections.give_reason, desk, late, "anders", "Klaus")
    assert read(desk, late).exception.reason == "Notfall"


def test_a_session_that_passed_the_gate_needs_none(desk, bohrer, clock):
    number = end_session(desk, bohrer, clock)
    broken(Rule.AGREEMENT_REASON_NEEDLESS, corrections.give_reason, desk, number, "x", "y")
