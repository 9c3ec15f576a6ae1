"""What a first use has loaded is passed over when the interpreter looks for what can go."""

from __future__ import annotations

import gc
import sys

import pytest

from laverma_desk.settings import MachineSettings
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import Shell

_NAME = "something_that_a_first_use_loads"


@pytest.fixture
def running(desk, dressed, qtbot):
    """A desk that is open in a window and at rest."""
    shell = Shell()
    qtbot.addWidget(shell)
    opened = RunningDesk(desk, shell, MachineSettings())
    opened.begin()
    background = opened.surroundings.background
    qtbot.waitUntil(lambda: not background.busy)
    yield opened
    opened.close()
    sys.modules.pop(_NAME, None)
    gc.unfreeze()


def _work(running, qtbot, load) -> None:
    with qtbot.waitSignal(running.surroundings.background.idle):
        running.surroundings.background.run(running, load, lambda _done: None, lambda _error: None)


def test_what_work_has_loaded_stays_and_is_passed_over(running, qtbot):
    _work(running, qtbot, lambda: None)
    gc.unfreeze()
    _work(running, qtbot, lambda: None)
    assert gc.get_freeze_count() == 0
    _work(running, qtbot, lambda: sys.modules.setdefault(_NAME, gc))
    assert gc.get_freeze_count() > 10_000
