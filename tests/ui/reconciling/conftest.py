"""The page of the reconciliation in a real window, with a real file that it has read."""

from __future__ import annotations

import pytest

from laverma_desk.services.reconciling.reading import read_log_file
from laverma_desk.ui.reconciling.controller import ReconcilingController
from tests.support import desks, reconciling_page, rooms

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk
owner, surroundings = rooms.owner, rooms.surroundings


@pytest.fixture
def scene(desk, bohrer):
    return reconciling_page.tell_scene(desk, bohrer)


@pytest.fixture
def log_file(tmp_path):
    return reconciling_page.write_log(tmp_path)


@pytest.fixture
def read(desk, scene, log_file):
    return read_log_file(desk, log_file).value


@pytest.fixture
def page(surroundings, owner, qtbot):
    """The page in a real window with the window's keyboard; `bring()` puts it in front."""
    made = ReconcilingController(surroundings, owner)
    keyboard = rooms.show_in_window(made, qtbot, surroundings)

    def bring():
        keyboard.follow(made)
        made.activate()
        reconciling_page.settle(made, qtbot)
        return made

    made.bring = bring
    yield made
    qtbot.waitUntil(lambda: not surroundings.background.busy)
