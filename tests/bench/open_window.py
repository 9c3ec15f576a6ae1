"""The real window over a real desk in this process, and how long it takes until a key is seen in it."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from keyring.backends.fail import Keyring
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from laverma_desk import i18n
from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.einvoice.judging_apart import JudgeApart
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.services.shared_desk import open_shared_desk
from laverma_desk.settings import MachineSettings
from laverma_desk.ui import plain_imports
from laverma_desk.ui.bootstrap import create_application
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.stage import Stage

_PATIENCE = 60.0
_STEP_MS = 5


class Paints(QObject):
    """Counts how often a widget, or anything on it, is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


@dataclass(frozen=True)
class OpenWindow:
    """A window with its pages, active and at rest."""

    app: QApplication
    desk: Desk
    shell: Shell
    running: RunningDesk

    @property
    def stage(self) -> Stage:
        """Return the pages."""
        assert self.running.stage is not None
        return self.running.stage

    def press(self, key: Qt.Key | str) -> None:
        """Press a key where the keyboard is, as the window system would tell of it."""
        QTest.keyPress(self.shell.windowHandle(), key)

    def release(self, key: Qt.Key | str) -> None:
        """Let it go again."""
        QTest.keyRelease(self.shell.windowHandle(), key)

    def tap(self, *keys: Qt.Key | str) -> None:
        """Press and release keys one after the other."""
        for key in keys:
            self.press(key)
            self.release(key)

    def until_painted(self, act: Callable[[], object], paints: Paints) -> float:
        """Return the milliseconds from an act until what it changed is with the window system."""
        before, began = paints.count, time.perf_counter()
        act()
        ended = time.perf_counter()
        while True:
            self.app.sync()  # Works off what waits, and comes back when the window system has drawn it.
            if paints.count == before:
                return (ended - began) * 1000
            before, ended = paints.count, time.perf_counter()

    def rest(self) -> None:
        """Run the event loop until nothing is done in the background any more."""
        self.wait(lambda: not self.running.surroundings.background.busy)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Run the event loop until something holds. Raises TimeoutError after a minute."""
        until = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError
            QTest.qWait(_STEP_MS)


@contextmanager
def open_window(data: DataDir, address: ServerAddress | None = None) -> Iterator[OpenWindow]:
    """Open the program's window over a folder's desk, or a server's, in German, on a new machine."""
    plain_imports.restore()  # As the program does: else the source of each module that comes later is read.
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, XDG_CONFIG_HOME=home):
        i18n.use("de")
        settings = MachineSettings()
        gc.disable()
        app = QApplication.instance() or create_application(settings)
        desk = _opened(DataDir(Path(data.root)), address)
        shell = Shell()
        shell.show()
        running = RunningDesk(desk, shell, settings)
        running.begin()
        gc.freeze()  # As the program does when its pages stand.
        gc.enable()
        opened = OpenWindow(app, desk, shell, running)
        try:
            shell.activateWindow()
            opened.wait(shell.isActiveWindow)
            opened.rest()
            yield opened
        finally:
            running.close()
            desk.close()
            shell.close()
            shell.deleteLater()
            app.processEvents()


def _opened(data: DataDir, address: ServerAddress | None) -> Desk:
    clock, secrets, judge = SystemClock(), Secrets(Keyring()), JudgeApart()
    if address is None:
        return open_desk(data, clock, secrets, judge=judge)
    return open_shared_desk(data, address, clock, secrets, judge=judge)
