"""The strip follows the sessions."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from laverma_desk.services.calls import timekeeping
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.strip_controller import StripController
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.session_strip import SessionStrip


@pytest.fixture
def strip(desk, qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    surroundings = Surroundings(desk, Background(owner), ChangeBus(owner))
    made = StripController(surroundings, SessionStrip(owner), Pulse(owner), owner)
    made.surroundings = surroundings
    yield made
    surroundings.background.close()


def start(strip, workstation_id):
    desk = strip.surroundings.desk
    return strip.surroundings.bus.publish(timekeeping.start_session(desk, workstation_id))


def test_a_session_gets_its_tab_when_it_starts_and_loses_it_when_it_ends(strip, bohrer):
    heard = []
    strip.running_changed.connect(heard.append)
    session = start(strip, bohrer.reception)
    assert [one.id for one in strip.sessions] == [session.id]
    desk = strip.surroundings.desk
    strip.surroundings.bus.publish(timekeeping.end_session(desk, session.id))
    assert [one.report_open for one in strip.sessions] == [True]
    strip.surroundings.bus.publish(timekeeping.close_report(desk, session.id))
    assert strip.sessions == []
    assert heard == [True, False, False]


def test_the_neighbours_wrap_around(strip, bohrer):
    first, second = start(strip, bohrer.reception), start(strip, bohrer.server)
    strip.show_current(first.id, session_page=True)
    assert strip.neighbour(1) == second.id
    assert strip.neighbour(-1) == second.id
    strip.show_current(second.id, session_page=True)
    assert strip.neighbour(1) == first.id
    strip.show_current(None, session_page=True)
    assert (strip.neighbour(1), strip.neighbour(-1)) == (first.id, second.id)


def test_without_a_session_there_is_no_neighbour(strip):
    assert strip.neighbour(1) is None
