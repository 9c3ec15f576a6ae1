"""A call begins: typing, choosing, starting, and all the ways back, from the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from laverma_desk import i18n
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup import house
from laverma_desk.storage import agreements, customers
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.search.controller import SearchController
from laverma_desk.ui.search.panel import Mode
from laverma_desk.ui.surroundings import Surroundings
from tests.support.desks import add_customer, archive_supporter, set_mail_account

Key = Qt.Key


def _ended_session(desk, clock, machine):
    session = timekeeping.start_session(desk, machine).value
    clock.advance(minutes=5)
    timekeeping.end_session(desk, session.id, report_open=False)
    return session


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_a_session_starts_from_the_keyboard_alone(page, bohrer, modifier):
    page.type("boher")
    assert page.panel.field.trailing() == "2 Treffer, ähnlich geschrieben"
    page.press(Key.Key_Down)
    assert page.results.current() == 1
    assert page.focus() is page.panel.field
    page.press(Key.Key_Return, modifier)
    assert [one.workstation_id for one in page.started] == [bohrer.server]
    assert page.started[0].state is SessionState.RUNNING
    assert page.panel.field.text() == ""
    assert timekeeping.read_session(page.desk, page.started[0].id) == page.started[0]


def test_a_second_enter_starts_no_second_session(page):
    page.type("bohrer")
    page.press(Key.Key_Return)
    page.press(Key.Key_Return)
    page.ctrl(Key.Key_Return)
    assert len(page.started) == 1


def test_typing_shows_hits_with_marks_and_the_panel_beside_them(page):
    page.type("rez")
    assert page.panel.field.trailing() == "4 Treffer"
    names = [row.name for row in page.rows()]
    assert names == ["KFO Dr. Lindner", "Praxis Dr. Hartmann", "Praxis Dr. Weiß", "ZAP Dr. Bohrer"]
    assert page.rows()[3].place_marks == ((3, 6),)
    assert page.rows()[0].badge == "AVV läuft in 12 Tagen ab"
    assert page.panel.hit.isVisible()
    page.press(Key.Key_Down)
    assert page.panel.hit.button().is_blocked()
    page.press(Key.Key_Up)
    page.press(Key.Key_Up)
    assert page.results.current() == 0
    assert not page.panel.hit.button().is_blocked()


def test_umlauts_are_found_in_any_spelling(page):
    page.panel.field.setText("weiss")
    assert [row.name for row in page.rows()] == ["Praxis Dr. Weiß"]
    page.panel.field.setText("Weiß")
    assert [row.name for row in page.rows()] == ["Praxis Dr. Weiß"]


def test_no_hit_offers_a_new_customer(page):
    page.type("qqq")
    assert page.panel.field.trailing() == "Kein Treffer"
    assert page.panel.nothing_sentence() == "Kein Treffer für ‚qqq‘."
    assert not page.results.isVisible()
    page.press(Key.Key_Return)
    assert not page.started


def test_a_locked_row_says_why_and_enter_asks_for_the_exception(page):
    page.type("hartmann rez")
    row = page.rows()[0]
    assert row.locked
    assert row.reason == "Ohne gültigen AVV keine Fernwartung."
    page.press(Key.Key_Return)
    assert page.panel.mode() is Mode.EXCEPTION
    assert page.focus() is page.panel.exception.reason
    assert not page.started


def test_an_exception_needs_a_reason_and_a_name(page):
    house.save_supporter(page.desk, "Maria Maier", "m@laverma.example")
    page.type("hartmann server")
    page.ctrl(Key.Key_Return)
    form = page.panel.exception
    page.ctrl(Key.Key_Return)
    assert form.error() == "Einen Grund für die Ausnahme angeben."
    assert page.focus() is form.reason
    page.type("Software startet nicht")
    assert form.error() == ""
    form.decided_by.setCurrentIndex(-1)
    page.ctrl(Key.Key_Return)
    assert page.focus() is form.decided_by
    assert form.reason.text() == "Software startet nicht"
    form.decided_by.choose("Maria Maier")
    page.ctrl(Key.Key_Return)
    assert len(page.started) == 1
    kept = page.started[0].exception
    assert (kept.reason, kept.decided_by) == ("Software startet nicht", "Maria Maier")
    assert page.panel.mode() is Mode.LIST


def test_enter_alone_never_makes_an_exception(page):
    page.type("hartmann")
    page.press(Key.Key_Return)
    page.type("Grund")
    page.press(Key.Key_Return)
    button = page.panel.exception._button
    button.setFocus()
    page.press(Key.Key_Return)
    assert not page.started
    page.press(Key.Key_Space)
    assert len(page.started) == 1


def test_a_cancelled_agreement_offers_no_exception(page, desk, clock):
    customer_id = add_customer(desk, "10050", "Praxis Dr. Ende", "PC")
    with desk.database.write() as connection:
        (agreement,) = agreements.agreements_of(connection, customer_id)
        agreements.end_agreement(connection, agreement.id, clock.now().date())
    page.reload()
    page.type("ende")
    (row,) = page.rows()
    assert row.locked
    assert not row.exception_offered
    assert "gekündigt" in row.reason
    page.press(Key.Key_Return)
    page.ctrl(Key.Key_Return)
    assert page.panel.mode() is Mode.LIST
    assert not page.started


def test_the_exceptions_of_the_past_are_listed(page, desk, clock, practices, machine):
    session = timekeeping.start_session(
        desk, machine(practices, "Server"), exception_reason="Eilt", exception_by="Klaus Klassen"
    ).value
    timekeeping.end_session(desk, session.id, report_open=False)
    page.bus.announce(Topic.SESSIONS)
    page.type("hartmann")
    assert page.panel.hit._exceptions.title.text() == "AVV-Ausnahmen (1)"
    page.panel.field.setText("bohrer")
    assert page.panel.hit._exceptions.isHidden()


def test_escape_goes_back_step_by_step(page):
    page.type("hartmann")
    page.press(Key.Key_Return)
    page.type("x")
    page.press(Key.Key_Escape)
    assert page.panel.mode() is Mode.LIST
    assert page.focus() is page.panel.field
    page.ctrl(Key.Key_U)
    assert page.panel.mode() is Mode.FORM
    page.press(Key.Key_Escape)
    assert page.panel.mode() is Mode.LIST
    assert page.panel.field.text() == "hartmann"
    page.press(Key.Key_Escape)
    assert page.panel.field.text() == ""
    assert not page.cancelled
    page.press(Key.Key_Escape)
    assert page.cancelled == [True]
    assert page.focus() is page.panel.field


def test_the_reason_stays_when_the_list_is_looked_at_in_between(page):
    page.type("hartmann")
    page.press(Key.Key_Return)
    page.type("Notfall")
    page.press(Key.Key_Down)
    assert page.panel.mode() is Mode.LIST
    assert page.focus() is page.panel.field
    assert page.results.current() == 1
    page.press(Key.Key_Return)
    assert page.panel.exception.reason.text() == "Notfall"
    page.panel.field.setText("hart")
    page.controller.begin_new()
    page.type("hartmann")
    page.press(Key.Key_Return)
    assert page.panel.exception.reason.text() == ""


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
    assert page.panel._title.text() == "Für wen ist die Sitzung?"
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


def test_a_gate_that_closed_meanwhile_is_said_in_place(page, desk, clock, bohrer):
    page.type("bohrer")
    with desk.database.write() as connection:
        for agreement in agreements.agreements_of(connection, bohrer.customer_id):
            agreements.end_agreement(connection, agreement.id, clock.now().date())
    page.press(Key.Key_Return)
    assert not page.started
    assert "gekündigt" in page.panel.problem()
    assert page.focus() is page.panel.field
    page.type("x")
    assert page.panel.problem() == ""


def test_without_a_supporter_the_page_says_so(page, desk):
    for one in house.read_house(desk).supporters:
        archive_supporter(desk, one.id)
    page.type("bohrer")
    page.press(Key.Key_Return)
    assert page.panel.problem().startswith("Es ist kein Supporter")


def test_customers_written_elsewhere_appear(page, desk):
    page.type("neue")
    assert page.results.count() == 0
    add_customer(desk, "10060", "Praxis Neumann Neuer", "PC")
    page.reload()
    assert [row.name for row in page.rows()] == ["Praxis Neumann Neuer"]


def test_a_desk_that_cannot_be_read_is_said_in_place(page, desk):
    page.type("boh")
    desk.database.close()
    desk.database.file.write_bytes(b"no database " * 1000)
    page.reload()
    assert "beschädigt" in page.panel.problem()
    assert page.results.count() == 2


def test_enter_before_the_customers_are_read_starts_when_they_are(qtbot, desk, bohrer, german):
    background = Background()
    controller = SearchController(Surroundings(desk, background, ChangeBus()))
    qtbot.addWidget(controller.panel)
    started = []
    controller.session_started.connect(started.append)
    controller.panel.field.setText("bohrer server")
    QTest.keyClick(controller.panel.field, Key.Key_Return)
    assert not started
    qtbot.waitUntil(lambda: bool(started))
    assert started[0].workstation_id == bohrer.server
    background.close()


def test_after_midnight_agreements_are_judged_anew(page, clock):
    page.type("lindner")
    assert not page.rows()[0].locked
    clock.advance(days=13)
    page.panel.field.setText("lindner rez")
    assert page.rows()[0].locked


def test_more_hits_than_rows_are_said(page, desk):
    with desk.database.write() as connection:
        for number in range(60):
            customers.insert_customer(
                connection, Customer(0, str(20000 + number), f"Serie {number}"), desk.clock.now()
            )
    page.reload()
    page.type("serie")
    assert page.results.count() == 50
    assert page.panel.field.trailing() == "60 Treffer"
    assert page.results._more.text().startswith("Die ersten 50 von 60.")
    for _step in range(20):
        page.press(Key.Key_PageDown)
    assert page.results.current() == 49
    last = page.results.row(49)
    assert page.results.rect().intersects(
        last.rect().translated(last.mapTo(page.results, last.rect().topLeft()))
    )


def test_the_mouse_chooses_and_starts_and_the_field_keeps_the_focus(page):
    page.type("rez")
    QTest.mouseClick(page.results.row(2), Qt.MouseButton.LeftButton)
    assert page.results.current() == 2
    assert page.focus() is page.panel.field
    QTest.mouseClick(page.panel.hit.button(), Qt.MouseButton.LeftButton)
    assert page.started[0].customer_name == "Praxis Dr. Weiß"


def test_the_link_of_a_locked_row_opens_the_exception(page):
    page.type("rez")
    QTest.mouseClick(page.results.row(1)._lock.exception, Qt.MouseButton.LeftButton)
    assert page.panel.mode() is Mode.EXCEPTION
    assert page.results.current() == 1
    assert page.results.row(1).height() == 56


def test_tab_walks_from_the_field_down_and_then_to_the_panel(page, desk, clock, bohrer):
    _ended_session(desk, clock, bohrer.server)
    page.bus.announce(Topic.SESSIONS)
    page.type("rez")
    walked = []
    for _step in range(5):
        page.press(Key.Key_Tab)
        walked.append(page.focus())
    panel = page.panel
    assert walked == [
        panel.recents.cards()[0],
        panel.list_bar._new,
        panel.hit.button(),
        panel.guide._head,
        panel.guide._mail.link,
    ]


def test_f1_opens_and_closes_the_guide(page):
    assert page.panel.guide.is_open()
    page.press(Key.Key_F1)
    assert not page.panel.guide.is_open()
    page.press(Key.Key_F1)
    assert page.panel.guide.is_open()


def test_the_guide_is_mailed_to_the_caller(page, desk):
    page.type("hartmann")
    guide = page.panel.guide
    guide._mail.link.click()
    assert page.focus() is guide._mail.field
    assert guide._mail.field.text() == "praxis@dr-hartmann.example"
    page.press(Key.Key_Return)
    assert guide._mail._outcome.text().startswith("Es ist kein E-Mail-Konto")
    assert guide._mail.field.isVisible()
    set_mail_account(desk, 2525)
    guide._mail.field.setText("praxis@")
    page.press(Key.Key_Return)
    assert guide._mail.field.is_invalid()
    guide._mail.field.setText("andere@dr-hartmann.example")
    page.press(Key.Key_Return)
    assert "andere@dr-hartmann.example" in guide._mail._outcome.text()
    assert page.focus() is guide._mail.link


def test_escape_closes_the_address_of_the_guide_first(page):
    page.type("hartmann")
    page.panel.guide._mail.link.click()
    page.press(Key.Key_Escape)
    assert not page.panel.guide._mail.field.isVisible()
    assert page.panel.field.text() == "hartmann"


def test_ctrl_f_goes_to_the_field(page):
    page.type("rez")
    page.panel.hit.button().setFocus()
    page.ctrl(Key.Key_F)
    assert page.focus() is page.panel.field
    assert page.panel.field.selectedText() == "rez"


def test_the_panel_beside_goes_where_the_window_is_narrow(page):
    assert page.panel.context.isVisible()
    page.window.resize(944, 640)
    assert not page.panel.context.isVisible()


def test_everything_that_takes_the_focus_has_a_name(page):
    page.type("hartmann")
    page.press(Key.Key_Return)
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    found = [one for kind in kinds for one in page.panel.findChildren(kind)]
    nameless = [
        one for one in found
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus and not one.accessibleName() and not one.isHidden()
    ]  # fmt: skip
    assert not nameless
    assert "Hartmann" in page.results.row(0).accessibleName()


def test_the_page_works_in_english(qtbot, desk, bohrer):
    before = i18n.current()
    i18n.use("en")
    background = Background()
    controller = SearchController(Surroundings(desk, background, ChangeBus()))
    qtbot.addWidget(controller.panel)
    controller.panel.field.setText("zzzz")
    qtbot.waitUntil(lambda: controller.panel.field.trailing() == "No hits")
    background.close()
    i18n.use(before)


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
