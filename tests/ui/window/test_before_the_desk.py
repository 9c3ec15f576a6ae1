"""Between the first picture of the window and the open desk: what is typed then is kept, and searched for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.services.calls import timekeeping
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.search.head import SearchHead, SearchPrelude
from laverma_desk.ui.search.panel import SearchPanel
from laverma_desk.ui.shell import MINIMUM, SIZE, Shell
from laverma_desk.ui.stage import Stage
from laverma_desk.ui.surroundings import Surroundings


@pytest.fixture
def shell(qtbot, dressed):
    """The window as it is first painted, with the caret in its field."""
    made = Shell()
    qtbot.addWidget(made)
    made.begin_search()
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), type(SearchHead().field)))
    return made


@pytest.fixture
def open_desk(shell, desk, bohrer, qtbot):
    """Open the desk into the window."""
    background = Background()
    surroundings = Surroundings(desk, background, ChangeBus())
    made = []

    def open_():
        stage = Stage(surroundings, shell, Pulse(shell), MachineSettings())
        made.append(stage)
        stage.begin()
        qtbot.waitUntil(lambda: not background.busy)
        return stage

    yield open_
    for stage in made:
        stage.close()
    background.close()


def test_what_was_typed_before_the_desk_is_searched_for_and_typed_on(open_desk):
    QTest.keyClicks(QApplication.focusWidget(), "boh")
    stage = open_desk()
    field = stage.search.panel.field
    assert QApplication.focusWidget() is field  # Not cleared by the prelude when it goes.
    QTest.keyClicks(QApplication.focusWidget(), "rer")
    assert field.text() == "bohrer"
    assert stage.search.panel.results.count() == 2


def test_enter_before_the_desk_starts_the_session_once_the_customers_are_read(open_desk, qtbot):
    QTest.keyClicks(QApplication.focusWidget(), "bohrer")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    stage = open_desk()
    qtbot.waitUntil(lambda: stage.front is stage.call)
    assert [one.customer_name for one in stage.strip.sessions] == ["ZAP Dr. Bohrer"]


def test_enter_before_the_desk_is_forgotten_where_something_is_typed_after_it(open_desk):
    QTest.keyClicks(QApplication.focusWidget(), "boh")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "r")
    stage = open_desk()
    assert stage.front is stage.search
    assert stage.strip.sessions == []


def test_a_running_session_does_not_take_the_place_of_what_somebody_types(open_desk, desk, bohrer):
    timekeeping.start_session(desk, bohrer.reception)
    QTest.keyClicks(QApplication.focusWidget(), "linder")
    stage = open_desk()
    assert stage.front is stage.search
    assert stage.search.typed == "linder"


def test_without_a_letter_typed_a_running_session_is_in_front(open_desk, desk, bohrer):
    timekeeping.start_session(desk, bohrer.reception)
    stage = open_desk()
    assert stage.front is stage.call


@pytest.mark.parametrize("size", [SIZE, MINIMUM])
def test_nothing_moves_when_the_page_takes_the_place_of_its_prelude(qtbot, dressed, size):
    page = QSize(size[0] - 176, size[1] - 40)
    places = []
    for widget in (SearchPrelude(), SearchPanel()):
        qtbot.addWidget(widget)
        widget.resize(page)
        with qtbot.waitExposed(widget):
            widget.show()
        head = widget.head
        places.append(
            [head.field.mapTo(widget, head.field.rect().topLeft()), head.field.size(), head.title.text()]
        )
    assert places[0][:2] == places[1][:2]


def test_the_window_tells_once_of_its_first_picture(qtbot, dressed):
    shell = Shell()
    qtbot.addWidget(shell)
    told = []
    shell.painted.connect(lambda: told.append(shell.windowIcon().isNull()))
    shell.show()
    qtbot.waitUntil(lambda: bool(told))
    shell.repaint()
    QApplication.processEvents()
    assert told == [False]
