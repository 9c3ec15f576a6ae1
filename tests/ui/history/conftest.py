"""The page of the history on a desk with the sessions of the picture."""

from __future__ import annotations

import pytest

from laverma_desk.ui.history import row_source
from laverma_desk.ui.history.controller import HistoryController
from tests.support import desks, history_page, rooms
from tests.support.history_desks import HistoryTeller

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk
opened_files, owner, surroundings = rooms.opened_files, rooms.owner, rooms.surroundings


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """A busy machine is no reason here to fetch rows later than they are looked at."""
    monkeypatch.setattr(row_source, "FAST_SECONDS", 60.0)


@pytest.fixture
def teller(desk, clock):
    return HistoryTeller(desk, clock)


@pytest.fixture
def picture(teller):
    """The sessions of the picture, by partner and begin."""
    return teller.tell_picture()


@pytest.fixture
def page(surroundings, owner, qtbot):
    """The page in a real window with the window's keyboard; `bring()` puts it in front."""
    made = HistoryController(surroundings, owner)
    keyboard = rooms.show_in_window(made, qtbot, surroundings)

    def bring():
        keyboard.follow(made)
        made.activate()
        history_page.settle(made, qtbot)
        return made

    made.bring, made.model = bring, made._rows._model
    yield made
    qtbot.waitUntil(lambda: not surroundings.background.busy)
    made._typing.stop()
