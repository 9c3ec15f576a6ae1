"""A letter typed costs what is seen of it: counted in rows, statements and parts that come and go."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from sqlalchemy import event

from laverma_desk.domain.customer import Customer
from laverma_desk.services.changes import Topic
from laverma_desk.storage import customers
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.search.controller import SearchController
from laverma_desk.ui.search.lock_line import LockLine
from laverma_desk.ui.surroundings import Surroundings
from tests.support.desks import add_customer


@contextmanager
def _asked(desk):
    """Collect the statements that are asked meanwhile, of whichever thread."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(desk.database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", note)


@pytest.fixture
def series(page, desk):
    """Sixty practices that all fit."""
    with desk.database.write() as connection:
        for number in range(60):
            customers.insert_customer(
                connection, Customer(0, str(20000 + number), f"Serie {number}"), desk.clock.now()
            )
    page.reload()
    return page


def test_only_the_rows_that_are_seen_are_made_and_the_others_keep_their_room(series):
    series.type("serie")
    results = series.results
    assert results.count() == 50
    made = len(results._rows)
    assert made <= results.height() // 56 + 2
    assert results.sizeHint().height() == 50 * series.results.row(0).height() + 40 + 2
    for _step in range(20):
        series.press(Qt.Key.Key_PageDown)
    assert len(results._rows) == 50
    assert results.row(49).isVisible()
    assert results.row(49).result().name


def test_rows_that_are_scrolled_to_are_filled(series):
    series.type("serie")
    results = series.results
    made = results._filled
    bar = results._scroll.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert results._filled > made
    in_sight = [row for row in results._rows if not row.isHidden() and not row.visibleRegion().isEmpty()]
    assert in_sight
    assert all(row.result().name for row in in_sight)


def test_rows_that_come_into_sight_because_reasons_stand_back_are_filled(page, desk):
    for number in range(60):
        add_customer(desk, str(20000 + number), f"Serie {number}", "PC", has_agreement=False)
    page.reload()
    page.window.resize(1400, 1500)
    page.type("serie")
    page.press(Qt.Key.Key_Return)
    results = page.results
    assert results._form.isVisible()
    assert results._rows[results._filled - 1].geometry().bottom() >= results._scroll.viewport().height() - 1


def test_a_letter_that_leaves_the_first_hit_where_it_is_asks_the_desk_nothing(page, desk):
    page.type("bohre")
    with _asked(desk) as statements:
        page.type("r")
    assert not statements
    assert page.panel.hit.isVisible()


def test_what_changed_meanwhile_is_read_again_though_the_hit_stays(page, desk, bohrer):
    page.type("bohrer")
    with _asked(desk) as statements:
        page.bus.announce(Topic.SESSIONS)
    assert statements


def test_what_the_first_letter_needs_is_rehearsed_once_and_not_with_each_change(qtbot, desk, practices):
    background, bus = Background(), ChangeBus()
    controller = SearchController(Surroundings(desk, background, bus))
    qtbot.addWidget(controller.panel)
    cards = []
    quiet = controller._finding.rehearsal.quiet
    for happens in (controller.activate, lambda: (bus.announce(Topic.CUSTOMERS), controller.activate())):
        with _asked(desk) as statements:
            happens()
            with qtbot.waitSignal(quiet.timeout):
                pass
            qtbot.waitUntil(lambda: not background.busy)
        cards.append(len([one for one in statements if "WHERE contact.customer_id = ?" in one]))
    assert cards == [1, 0]
    background.close()


def test_nothing_is_rehearsed_while_somebody_types(page, desk, bohrer):
    quiet = page.controller._finding.rehearsal.quiet
    quiet.start(60_000)
    page.qtbot.waitUntil(lambda: quiet.remainingTime() < 59_200)  # More than a letter may take.
    left = quiet.remainingTime()
    page.type("b")
    assert quiet.remainingTime() > left
    quiet.stop()
    page.type("o")
    assert not quiet.isActive()


def test_the_line_of_a_locked_row_stays_as_it_is_when_it_is_shown_again(qtbot, page):
    class _Moves(QObject):
        def __init__(self, line):
            super().__init__(line)
            self.count = 0
            for part in line.findChildren(QObject):
                part.installEventFilter(self)

        def eventFilter(self, _watched, happened):
            self.count += happened.type() in (QEvent.Type.Show, QEvent.Type.Hide)
            return False

    page.type("hartmann")
    line = page.results.row(0).lock_line()
    assert isinstance(line, LockLine)
    moves = _Moves(line)
    page.press(Qt.Key.Key_Backspace)
    assert page.results.row(0).lock_line() is line
    assert moves.count == 0


def test_a_row_that_is_never_locked_makes_no_line_for_it(page):
    page.type("bohrer")
    assert page.results.row(0).lock_line() is None
    assert not page.results.row(0).findChildren(LockLine)


def test_a_hit_that_could_not_be_read_is_read_again_with_the_next_letter(page, desk):
    page.type("b")
    page.settle()
    desk.database.close()
    aside = desk.data.database.rename(desk.data.database.with_name("aside"))
    desk.data.database.write_bytes(b"no desk" * 100)
    page.press(Qt.Key.Key_Backspace)
    page.type("bo")
    assert not page.panel.hit.isVisible()
    desk.database.close()
    aside.rename(desk.data.database)
    page.type("h")
    assert page.panel.hit.isVisible()
