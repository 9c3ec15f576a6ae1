"""The window with a running session, and all that accompanies it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from laverma_desk.services.calls import timekeeping
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import Shell
from tests.support.desks import bohrer, clock, desk
from tests.support.settling import settle

__all__ = ["bohrer", "clock", "desk"]


class Work:
    """A technician's window with the first session of the day."""

    def __init__(self, desk, clock, bohrer, machine=None):
        self.desk, self.clock, self.bohrer = desk, clock, bohrer
        self.session = timekeeping.start_session(desk, bohrer.reception).value
        clock.advance(minutes=12, seconds=22)
        self.shell = Shell()
        self.running = RunningDesk(desk, self.shell, machine or MachineSettings())
        self.running.begin()
        assert self.running.companions  # As they are a moment later.
        self.shell.show()
        QApplication.processEvents()

    @property
    def companions(self):
        return self.running.companions

    @property
    def mini(self):
        return self.companions.mini

    @property
    def bus(self):
        return self.running.surroundings.bus

    @property
    def stage(self):
        return self.running.stage

    def stored(self, session_id=None):
        return timekeeping.read_session(self.desk, session_id or self.session.id)

    def settle(self):
        settle(self.running.surroundings.background)

    def close(self):
        self.running.close()
        self.shell.close()
        self.shell.deleteLater()


@pytest.fixture
def make_work(desk, clock, bohrer, dressed, tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = []

    def make(machine=None):
        made.append(Work(desk, clock, bohrer, machine))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def work(make_work):
    return make_work()
