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
from laverma_desk.storage import customers
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


def test_enter_before_the_customers_are_read_starts_when_they_are(qtbot, desk, bohrer):
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


def test_tab_walks_from_the_field_down_and_then_to_the_panel(page, desk, clock, bohrer):
    _ended_session(desk, clock, bohrer.server)
    page.bus.announce(Topic.SESSIONS)
    page.type("rez")
    walked = []
    for _step in range(6):
        page.press(Key.Key_Tab)
        walked.append(page.focus())
    panel = page.panel
    assert walked == [
        panel.recents.cards()[0],
        panel.list_bar._new,
        panel.hit.button(),
        panel.hit.not_possible,
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
    i18n.use("en")
    background = Background()
    controller = SearchController(Surroundings(desk, background, ChangeBus()))
    qtbot.addWidget(controller.panel)
    controller.panel.field.setText("zzzz")
    qtbot.waitUntil(lambda: controller.panel.field.trailing() == "No hits")
    background.close()
