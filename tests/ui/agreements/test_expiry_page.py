"""The list of who needs an agreement: sorted, filtered, sent from, and quick with ten thousand customers."""

from __future__ import annotations

import time
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from sqlalchemy import insert

from laverma_desk.domain.message import MessageState
from laverma_desk.services.agreements.overview import expiring
from laverma_desk.services.mails import outbox
from laverma_desk.storage.tables import agreement, customer
from laverma_desk.ui.customers.agreements.expiry import ExpiryPage
from laverma_desk.ui.customers.agreements.expiry_delegate import columns
from laverma_desk.ui.customers.controller import CustomersController
from tests.support import rooms
from tests.support.desks import add_customer


@pytest.fixture
def practices(desk, hartmann, bohrer):
    add_customer(
        desk, "10031", "KFO Dr. Lindner", agreement_until=date(2022, 3, 13), email="info@lindner.example"
    )
    add_customer(desk, "10051", "MVZ Nord", agreement_until=date(2022, 2, 1), city="Köln")
    return hartmann


@pytest.fixture
def page(qtbot, surroundings, owner, practices, settle):
    made = ExpiryPage(surroundings, owner)
    keyboard = rooms.show_in_window(made, qtbot, surroundings)
    keyboard.follow(made)
    made.opened, made.left, made.settings = [], [], []
    made.customer_chosen.connect(made.opened.append)
    made.back_wanted.connect(lambda: made.left.append(True))
    made.settings_wanted.connect(made.settings.append)
    made.activate()
    settle()
    made.keyboard = keyboard
    return made


def names(page):
    model = page.panel.table.rows.model()
    return [model.held_at(place).name for place in range(model.rowCount())]


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(page.shell.focusWidget(), key, modifier)


def test_the_most_urgent_comes_first_and_is_chosen(page):
    assert names(page) == ["MVZ Nord", "Praxis Dr. Hartmann", "KFO Dr. Lindner"]
    assert page.panel.table.current_row().name == "MVZ Nord"
    assert page.shell.focusWidget() is page.panel.table.rows


def test_the_filter_counts_and_narrows(page):
    view = page.panel
    for key, expected in (
        ("missing", ["Praxis Dr. Hartmann"]),
        ("expiring", ["KFO Dr. Lindner"]),
        ("ended", []),
        ("all", ["MVZ Nord", "Praxis Dr. Hartmann", "KFO Dr. Lindner"]),
    ):
        view.state.set_current(key)
        view.filter_changed.emit()
        assert names(page) == expected
        assert bool(view.nothing.text()) == (not expected)
    view.search.setText("koeln")
    assert names(page) == ["MVZ Nord"]
    press(page, Qt.Key.Key_Escape)
    assert len(names(page)) == 3


def test_enter_opens_the_customer_and_escape_leads_back(page, practices):
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Return)
    assert page.opened == [practices]
    press(page, Qt.Key.Key_Escape)
    assert page.left == [True]


def test_without_a_template_nothing_can_be_sent(page, desk):
    press(page, Qt.Key.Key_Down)
    assert page.panel.send.is_blocked()
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert outbox.list_messages(desk) == []
    QTest.mouseClick(page.panel.link(), Qt.MouseButton.LeftButton)
    assert page.settings == ["agreement"]


def test_the_template_goes_to_the_address_of_the_row(template, page, desk, settle):
    assert page.panel.send.is_blocked(), "MVZ Nord has no address"
    press(page, Qt.Key.Key_Down)
    assert "praxis@dr-hartmann.example" in page.panel.news()
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    (mail,) = outbox.list_messages(desk)
    assert (mail.recipient, mail.state) == ("praxis@dr-hartmann.example", MessageState.WAITING)
    assert page.panel.table.current_row().template_state is MessageState.WAITING
    QTest.mouseClick(page.panel.link(), Qt.MouseButton.LeftButton)
    settle()
    assert outbox.list_messages(desk) == []
    assert page.panel.table.current_row().template_state is None


def test_the_words_of_a_row_send_from_any_row(template, page, desk, settle):
    rows = page.panel.table.rows
    area = QRectF(rows.visualRect(rows.model().index(2)))
    left, wide = columns(rows.width())[-1]
    place = QPoint(int(left + wide - 10), int(area.center().y()))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert [mail.recipient for mail in outbox.list_messages(desk)] == ["info@lindner.example"]
    assert page.panel.table.current_row().name == "KFO Dr. Lindner"


def test_a_screen_reader_hears_the_whole_row(page):
    model = page.panel.table.rows.model()
    spoken = model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Praxis Dr. Hartmann, 10044, kein AVV, praxis@dr-hartmann.example"


def test_everything_in_order_is_said(qtbot, desk, bohrer, surroundings, owner, settle):
    page = ExpiryPage(surroundings, owner)
    qtbot.addWidget(page.panel)
    page.panel.show()
    page.activate()
    settle()
    assert page.panel.nothing.text() == "Jeder Kunde hat einen gültigen AVV."
    assert page.panel.send.is_blocked()


def test_ten_thousand_customers_are_listed_fast(desk, qtbot, surroundings, owner, settle):
    now = desk.clock.now()
    with desk.database.write() as connection:
        connection.execute(
            insert(customer),
            [{"id": n, "number": str(n), "name": f"Praxis {n}", "created_at": now} for n in range(1, 10_001)],
        )
        connection.execute(
            insert(agreement),
            [
                {
                    "customer_id": n,
                    "valid_from": date(2020, 1, 1),
                    "valid_until": date(2022, 3, 1),
                    "created_at": now,
                }
                for n in range(1, 10_001)
                if n % 2
            ],
        )
    begun = time.monotonic()
    found = expiring(desk)
    assert time.monotonic() - begun < 3
    assert len(found.rows) == 10_000
    page = ExpiryPage(surroundings, owner)
    qtbot.addWidget(page.panel)
    page.panel.resize(1104, 720)
    page.panel.show()
    page.activate()
    settle()
    begun = time.monotonic()
    page.panel.search.setText("praxis 9999")
    assert time.monotonic() - begun < 1
    assert names(page) == ["Praxis 9999"]


def test_the_foot_of_the_customers_leads_to_the_list_and_back(qtbot, surroundings, owner, practices, settle):
    page = CustomersController(surroundings, owner)
    qtbot.addWidget(page.panel)
    page.panel.resize(1104, 720)
    page.panel.show()
    page.activate()
    settle()
    count = page.panel.register.count
    assert count.text() == "4 Kunden, 3 mit AVV-Hinweis"
    QTest.mouseClick(count, Qt.MouseButton.LeftButton)
    settle()
    view = page.panel.guest()
    assert [view.table.rows.model().held_at(place).name for place in range(view.table.count())] == [
        "MVZ Nord", "Praxis Dr. Hartmann", "KFO Dr. Lindner",
    ]  # fmt: skip
    view.table.choose(practices)
    QTest.mouseClick(view.open, Qt.MouseButton.LeftButton)
    settle()
    assert page.panel.guest() is None
    assert page.customer_id == practices
