"""Pages that no call needs before it ends are made when they are wanted, or while nobody waits."""

from __future__ import annotations

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.customers import callers
from laverma_desk.services.mails.queueing import queue_report
from laverma_desk.settings import MachineSettings
from laverma_desk.ui import running_desk
from laverma_desk.ui.call.ending import RefusedReport
from laverma_desk.ui.call.open_call import read_call
from laverma_desk.ui.later_pages import load_parts
from laverma_desk.ui.outbox.panel import OutboxPanel
from laverma_desk.ui.report.panel import ReportPanel
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import OUTBOX, Shell
from tests.support.desks import add_customer, set_mail_account


@pytest.fixture
def running(desk, bohrer, dressed, qtbot):
    """A desk that is open in a window, with a session that runs."""
    set_mail_account(desk, 1)
    made = timekeeping.start_session(desk, bohrer.reception).value
    shell = Shell()
    opened = RunningDesk(desk, shell, MachineSettings())
    opened.begin()
    opened.shell, opened.number = shell, made.id
    yield opened
    opened.close()
    shell.deleteLater()


def _made(running) -> set[type]:
    pages = [running.shell.stage.widget(place) for place in range(running.shell.stage.count())]
    return {type(page) for page in pages} & {ReportPanel, OutboxPanel}


def test_a_start_with_a_running_session_makes_neither_report_nor_outbox(running):
    stage = running.stage
    assert stage.front is stage.call
    assert _made(running) == set()
    assert not stage.later.is_report(stage.front)
    assert stage.save()
    assert stage.unsaved() == []
    assert _made(running) == set()


@pytest.fixture
def without_warm_up(monkeypatch):
    """Keep the idle work, which makes the page as well, from coming within the test."""
    monkeypatch.setattr(running_desk, "_WARM_UP_MS", 600_000)


def test_a_moment_later_the_report_that_a_running_session_leads_to_is_made(without_warm_up, running, qtbot):
    qtbot.waitUntil(lambda: _made(running) == {ReportPanel})


def test_without_a_session_the_report_waits_until_there_is_time(running):
    running.stage.show_new()
    running._on_settled()
    assert running.stage.later._pieces.waiting == 0


def test_while_nobody_waits_both_are_made_one_after_the_other(running, qtbot):
    load_parts()
    seen = []
    running.stage.later.page_made.connect(lambda _page: seen.append(_made(running)))
    running.stage.later.make()
    assert _made(running) == set()
    qtbot.waitUntil(lambda: _made(running) == {ReportPanel, OutboxPanel})
    assert len(seen) == 2
    report = running.stage.report
    running.stage.later.make()
    assert running.stage.report is report


def test_the_first_end_of_a_call_makes_the_report(running):
    stage = running.stage
    stage.call.keys()["Ctrl+E"]()
    assert stage.later.is_report(stage.front)
    assert _made(running) == {ReportPanel}


def test_a_problem_is_kept_for_a_report_that_is_not_made_yet(running, desk):
    stage = running.stage
    timekeeping.end_session(desk, running.number)
    error = RuleBroken(Rule.EMAIL_INVALID, field="recipient")
    stage.call.report_refused.emit(RefusedReport(running.number, error))
    stage.show_session(running.number)
    assert stage.report.panel.form.recipient_error()


def test_the_mails_are_counted_before_anybody_has_looked_into_the_outbox(running, desk, clock, qtbot):
    clock.advance(minutes=3)
    call_sheet.save_notes(desk, running.number, "Update", "")
    timekeeping.end_session(desk, running.number)
    rail = []
    running.stage.later.open_count_changed.connect(rail.append)
    running.surroundings.bus.publish(queue_report(desk, running.number))
    assert rail == [1]
    assert OutboxPanel not in _made(running)
    running.stage.open_page(OUTBOX)
    assert OutboxPanel in _made(running)


def test_the_page_of_a_call_reads_no_exceptions_which_it_does_not_show(desk):
    locked = add_customer(desk, "10044", "Praxis Dr. Hartmann", "Server", has_agreement=False)
    server = callers.customer_card(desk, locked).card.workstations[0]
    session = timekeeping.start_session(
        desk, server.id, exception_reason="Eilt", exception_by="Klaus Klassen"
    ).value
    assert len(callers.customer_card(desk, locked).exceptions) == 1
    assert read_call(desk, session.id).customer.exceptions == ()


def test_the_quiet_work_after_a_start_makes_both(running, qtbot):
    running._on_quiet()
    qtbot.waitUntil(lambda: _made(running) == {ReportPanel, OutboxPanel}, timeout=20_000)
