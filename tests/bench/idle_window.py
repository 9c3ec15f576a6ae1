"""A window that goes from one state of rest to the next when it is told to on stdin: what `idle` watches."""
# ruff: noqa: T201 (it tells its parent)

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from laverma_desk.domain.server_address import parse_address
from laverma_desk.paths import DataDir
from laverma_desk.ui.backup_keeper import FIRST_MS
from laverma_desk.ui.heartbeat import Heartbeat
from tests.bench.large_desk import opened
from tests.bench.large_server_desk import opened_at
from tests.bench.open_window import OpenWindow, open_window
from tests.support.desks import add_bohrer, lay_out

BARE, REAL = "bare", "real"
CARET, ASIDE, RUNNING, HIDDEN = "caret", "aside", "running", "hidden"
_A_MOMENT_MS = 1000
_BEFORE_BEAT_MS = 24_000


class _Ears(QObject):
    """Does what a line on stdin says, tells when it is done, and sleeps otherwise."""

    def __init__(self, window: QWidget, opened_: OpenWindow | None) -> None:
        super().__init__(window)
        self._window, self._opened = window, opened_
        self._other = QWidget()
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_line)

    def _on_line(self) -> None:
        wanted = sys.stdin.readline().strip()
        if not wanted:
            QApplication.quit()
            return
        if wanted == ASIDE:
            # Another window has the keyboard: no caret blinks.
            self._other.show()
            self._other.activateWindow()
        elif wanted == CARET:
            self._window.activateWindow()
        elif self._opened is not None:
            self._go_on(wanted, self._opened)
        QTest.qWait(_A_MOMENT_MS)
        print(wanted, flush=True)

    def _go_on(self, wanted: str, window: OpenWindow) -> None:
        if wanted == RUNNING:
            window.tap(*"bohrer", Qt.Key.Key_Return)
            assert window.stage.front is window.stage.call
            # The caret of the notes is no part of the clock.
            QTest.qWait(_A_MOMENT_MS)
            focus = window.app.focusWidget()
            if focus is not None:
                focus.clearFocus()
        elif wanted == HIDDEN:
            window.shell.hide()
            # The heart beats each half minute while time runs, seen or not; this is about the clock.
            window.wait(lambda: _until_beat(window) > _BEFORE_BEAT_MS)


def _until_beat(window: OpenWindow) -> int:
    heart = window.running.findChild(Heartbeat)
    assert heart is not None
    return heart.findChild(QTimer).remainingTime()


def _show_bare() -> None:
    app = QApplication(sys.argv[:1])
    window = QWidget()
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    window.resize(1280, 768)
    window.show()
    window.activateWindow()
    field.setFocus()
    ears = _Ears(window, None)
    print(BARE, flush=True)
    app.exec()
    del ears


def _show_real(url: str = "") -> None:
    address = parse_address(url) if url else None
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        desk = opened(data) if address is None else opened_at(address, data.root)
        lay_out(desk)
        add_bohrer(desk)
        desk.close()
        with open_window(data, address) as window:
            # What the program does once, after its first seconds: libraries, the copy of the day.
            QTest.qWait(FIRST_MS + _A_MOMENT_MS)
            window.rest()
            ears = _Ears(window.shell, window)
            print(REAL, flush=True)
            window.app.exec()
            del ears


def _die(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    # Qt would go on, and the parent wait for an answer.
    sys.__excepthook__(kind, error, trace)
    os._exit(1)


if __name__ == "__main__":
    sys.excepthook = _die
    _show_bare() if sys.argv[1] == BARE else _show_real(*sys.argv[2:])
