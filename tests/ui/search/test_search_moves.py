"""Who was not searched for: a recent call, a machine of another page, a session that goes to another one."""

from __future__ import annotations

from PySide6.QtCore import Qt

from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.storage import customers
from laverma_desk.ui.search.panel import Mode
from tests.support.desks import add_customer

Key = Qt.Key


def _ended_session(desk, clock, machine):
    session = timekeeping.start_session(desk, machine).value
    clock.advance(minutes=5)
    timekeeping.end_session(desk, session.id, report_open=False)
    return session


def test_the_last_three_start_with_alt_and_a_figure(page, desk, clock, bohrer, practices, machine):
    _ended_session(desk, clock, bohrer.reception)
    clock.advance(minutes=1)
    _ended_session(desk, clock, bohrer.server)
    page.bus.announce(Topic.SESSIONS)
    cards = page.panel.recents.cards()
    assert [card.recent().detail for card in cards] == [
        "Server, heute 10:28 Uhr", "PC Rezeption, heute 10:22 Uhr"
    ]  # fmt: skip
    page.alt(Key.Key_3)
    assert not page.started
    page.alt(Key.Key_2)
    assert [one.workstation_id for one in page.started] == [bohrer.reception]


def test_a_recent_call_passes_the_gate_too(page, desk, clock, practices, machine):
    session = timekeeping.start_session(
        desk, machine(practices, "Server"), exception_reason="Eilt", exception_by="K"
    ).value
    timekeeping.end_session(desk, session.id, report_open=False)
    page.bus.announce(Topic.SESSIONS)
    page.alt(Key.Key_1)
    assert not page.started
    assert page.panel.mode() is Mode.EXCEPTION
    assert page.rows()[page.results.current()].place == "Server"
    assert page.focus() is page.panel.exception.reason


def test_a_running_session_is_given_to_another_machine(page, desk, bohrer):
    session = timekeeping.start_session(desk, bohrer.reception).value
    page.controller.begin_move(session.id)
    page.controller.activate()
    assert page.panel.head.title.text() == "Für wen ist die Sitzung?"
    page.type("hartmann")
    assert not page.rows()[0].exception_offered
    page.press(Key.Key_Return)
    assert page.panel.mode() is Mode.LIST
    page.panel.field.setText("weiss")
    page.press(Key.Key_Return)
    assert [one.customer_name for one in page.moved] == ["Praxis Dr. Weiß"]
    assert page.moved[0].id == session.id
    assert not page.started
    page.type("bohrer")
    page.press(Key.Key_Return)
    assert len(page.started) == 1


def test_the_own_practice_is_not_locked_for_a_session_that_runs(page, desk, practices, machine):
    session = timekeeping.start_session(
        desk, machine(practices, "Server"), exception_reason="Eilt", exception_by="K"
    ).value
    page.controller.begin_move(session.id)
    page.type("hartmann rez")
    assert not page.rows()[0].locked
    page.press(Key.Key_Return)
    assert page.moved[0].workstation_name == "Rezeption"
    assert page.moved[0].exception == session.exception


def test_choosing_the_same_machine_again_changes_nothing(page, desk, bohrer):
    session = timekeeping.start_session(desk, bohrer.reception).value
    page.controller.begin_move(session.id)
    page.type("bohrer rez")
    page.press(Key.Key_Return)
    assert page.moved == [session]


def test_a_machine_that_another_page_shows_is_started_at_once(page, bohrer):
    page.controller.start_at(bohrer.server)
    assert [one.workstation_id for one in page.started] == [bohrer.server]


def test_a_machine_that_was_just_written_is_started_as_soon_as_it_is_known(page):
    customer_id = add_customer(page.desk, "10099", "Praxis Neu", "PC")
    with page.desk.database.read() as connection:
        (machine,) = customers.workstations_of(connection, customer_id)
    page.bus.announce(Topic.CUSTOMERS)
    page.controller.start_at(machine.id)
    assert page.started == []
    page.settle()
    assert [one.workstation_id for one in page.started] == [machine.id]


def test_what_is_in_the_way_of_a_machine_is_shown_and_typing_takes_the_wish_back(page, practices):
    with page.desk.database.read() as connection:
        machine = customers.workstations_of(connection, practices)[0]
    page.controller.start_at(machine.id)
    assert page.started == []
    assert page.panel.mode() is Mode.EXCEPTION
    page.bus.announce(Topic.CUSTOMERS)
    page.controller.begin_new()
    page.controller.start_at(machine.id)
    page.type("weiss")
    page.settle()
    assert page.panel.mode() is Mode.LIST


def test_a_machine_that_is_gone_is_said(page, bohrer):
    page.controller.start_at(987654)
    assert page.started == []
    assert page.panel.problem() != ""
