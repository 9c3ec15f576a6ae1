"""The page of figures on a desk with the sessions of the history's picture."""

from __future__ import annotations

import pytest

from laverma_desk.ui.statistics.controller import StatisticsController
from tests.support import desks, rooms, statistics_page
from tests.support.history_desks import HistoryTeller

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk
opened_files, owner, surroundings = rooms.opened_files, rooms.owner, rooms.surroundings


@pytest.fixture
def teller(desk, clock):
    return HistoryTeller(desk, clock)


@pytest.fixture
def picture(teller):
    """The sessions of the history's picture: nine, in February and March 2022."""
    return teller.tell_picture()


@pytest.fixture
def page(surroundings, owner, qtbot):
    """The page in a real window with the window's keyboard; `bring()` puts it in front."""
    made = StatisticsController(surroundings, owner)
    keyboard = rooms.show_in_window(made, qtbot, surroundings)

    def bring():
        keyboard.follow(made)
        made.activate()
        statistics_page.settle(made, qtbot)
        return made

    made.bring = bring
    yield made
    qtbot.waitUntil(lambda: not surroundings.background.busy)
