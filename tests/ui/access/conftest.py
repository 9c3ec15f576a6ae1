"""The whole program in German on the sample data, before somebody who sees nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from laverma_desk.paths import DataDir
from laverma_desk.services.demo import fill_demo
from laverma_desk.services.desk import open_desk
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.announcing import voice
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import SIZE, Shell
from tests.support.blind_reader import called, faults, said, shows_focus
from tests.support.desks import memory_secrets
from tests.support.fake_clock import FakeClock
from tests.support.settling import settle


class Listener:
    """Presses keys, and collects what is wrong wherever it comes."""

    def __init__(self, desk, qtbot):
        self.desk = desk
        self.faults: list[str] = []
        self.heard: list[str] = []
        voice.spoke.connect(self.heard.append)
        self.shell = Shell()
        self.shell.resize(*SIZE)
        self.running = RunningDesk(desk, self.shell, MachineSettings())
        self.running.begin()
        with qtbot.waitActive(self.shell):
            self.shell.show()
        self.settle()

    @property
    def stage(self):
        return self.running.stage

    def settle(self) -> None:
        """Wait until nothing works in the background."""
        settle(self.running.surroundings.background)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is, and see that the focus is somewhere afterwards."""
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)
        self.settle()
        self.check_focus(f"after {key}")

    def type(self, words: str) -> None:
        """Type plain letters."""
        QTest.keyClicks(QApplication.focusWidget(), words)
        self.settle()

    def use(self, name: str) -> None:
        """Press the button of that name by the keyboard."""
        button = self.button(name)
        button.setFocus()
        self.press(Qt.Key.Key_Space)

    def button(self, name: str) -> QAbstractButton:
        """Return the button of that name. There has to be one."""
        shown = [one for one in self.shell.findChildren(QAbstractButton) if one.isVisible()]
        return next(one for one in shown if said(one) == name)

    def check_focus(self, when: str) -> None:
        """Note it where the focus is nowhere, or where nobody sees it."""
        self.settle()
        focus = QApplication.focusWidget()
        if focus is None or not (focus.isVisible() and focus.isEnabled()):
            self.faults.append(f"{when}: the focus is lost")
            self.stage.front.panel.setFocus()
        elif not shows_focus(focus):
            self.faults.append(f"{when}: focus not seen at {called(focus)}")

    def look(self, place: str) -> None:
        """Walk everything that is in front, and through its areas."""
        self.check_focus(place)
        self.faults += [f"{place}: {one}" for one in faults(self.shell)]
        self.step_through_areas(place)

    def step_through_areas(self, place: str) -> None:
        """Press F6 until it comes round again."""
        start = QApplication.focusWidget()
        known: list[QWidget | None] = []
        while QApplication.focusWidget() not in known:
            known.append(QApplication.focusWidget())
            self.press(Qt.Key.Key_F6)
        if len(known) < 3:
            self.faults.append(f"{place}: F6 stops only at {[called(one) for one in known if one]}")
        if start is not None:
            start.setFocus()

    def go_home(self) -> None:
        """Close the window."""
        voice.spoke.disconnect(self.heard.append)
        self.running.close()
        self.shell.close()
        self.shell.deleteLater()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory) -> Path:
    """The sample data, made once."""
    folder = tmp_path_factory.mktemp("sample")
    desk = open_desk(DataDir(folder), FakeClock(), memory_secrets(), demo=True)
    fill_demo(desk)
    desk.close()
    return folder


@pytest.fixture
def listener(sample_folder, tmp_path, qtbot, dressed) -> Iterator[Listener]:
    """Somebody at the desk of the sample data."""
    shutil.copytree(sample_folder, tmp_path / "desk")
    person = Listener(open_desk(DataDir(tmp_path / "desk"), FakeClock(), memory_secrets(), demo=True), qtbot)
    yield person
    person.go_home()
