"""A window that starts, says when it got how far, and ends: the program's own (`desk`), or a `bare` one.

Run as a file, so that nothing of the bench is loaded with it. What follows the second argument is the
program's own; the second says how far to go:
`painted` (and a key is in the field), `modules` (which are loaded by then), `ready`, `stay` (three seconds
longer, then the memory).
"""
# ruff: noqa: T201 (its words are read by who started it)

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

_LATER_MS = 3000
_LOOK_MS = 4


def _say(*words: object) -> None:
    print(time.monotonic_ns(), *words, flush=True)


def type_letter(window: QWidget, letter: str) -> None:
    """Press a letter's key as the window system would."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key(ord(letter.upper())), Qt.KeyboardModifier.NoModifier, letter)
        QCoreApplication.sendEvent(window.windowHandle(), event)


class FirstPaint(QObject):
    """Waits for the first picture of a window, then calls `painted`."""

    def __init__(self, window: QWidget, painted: Callable[[QWidget], None]) -> None:
        """Watch a window that is to be shown."""
        super().__init__(window)
        self._window, self._painted, self._seen = window, painted, False
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See the window system ask for a picture, which is there when its answer has been given."""
        if event.type() == QEvent.Type.Expose and not self._seen and self._window.windowHandle().isExposed():
            self._seen = True
            QTimer.singleShot(0, self, self._on_exposed)
        return False

    def _on_exposed(self) -> None:
        self._painted(self._window)


def _painted(window: QWidget) -> None:
    type_letter(window, "m")
    field = window.focusWidget()
    if not isinstance(field, QLineEdit) or field.text() != "m":
        sys.exit("The field takes no key.")
    _say("painted")
    os._exit(0)


def _modules(_window: QWidget) -> None:
    _say(*sorted(sys.modules))
    os._exit(0)


def memory() -> int:
    """Return the memory of this process, its share of what others use too, in KiB."""
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise LookupError


def _say_memory() -> None:
    _say(memory())
    os._exit(0)


def _stay(window: QWidget) -> None:
    QTimer.singleShot(_LATER_MS, window, _say_memory)


class Ready(QObject):
    """Watches the program's desk: the session that runs, the last three, and a search that answers."""

    def __init__(self, window: QWidget, last: Callable[[], None]) -> None:
        """Look from now on, every few milliseconds."""
        super().__init__(window)
        self._window, self._last, self._step = window, last, 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer)
        self._timer.start(_LOOK_MS)

    def _on_timer(self) -> None:
        stage = Watched.desk()
        if stage is None:
            return
        if self._step == 0:
            section = stage.call.panel.last_sessions
            if stage.front is stage.call and section.isVisible() and section._list.count() == 5:
                self._step = 1  # Three rows, and the two lines between them.
                _say("shown")
                stage.show_new()  # A shortcut would want a window manager that makes the window active.
                for letter in "prax":
                    type_letter(self._window, letter)
        elif stage.search.panel.results.count():
            self._timer.stop()
            QApplication.instance().sync()
            _say("ready")
            self._last()


class Watched:
    """Finds the pages of the program that runs in this process."""

    program = None

    @classmethod
    def desk(cls):
        """Return the pages once they are there."""
        running = cls.program._running if cls.program else None
        return running.stage if running else None


def _ready(window: QWidget) -> None:
    Ready(window, lambda: os._exit(0))


def _ready_and_stay(window: QWidget) -> None:
    Ready(window, lambda: _stay(window))


def _run_bare() -> None:
    app = QApplication([])
    window = QMainWindow()
    field = QLineEdit()
    window.setCentralWidget(field)
    window.resize(1280, 768)
    field.setFocus()
    window.show()
    app.exec()


def _run_desk(arguments: list[str]) -> None:
    from laverma_desk.__main__ import main  # noqa: PLC0415 (a bare window knows nothing of it)
    from laverma_desk.ui import plain_imports  # noqa: PLC0415

    # As the program does between Qt and itself: this file has imported Qt, and needs `app` before it does.
    plain_imports.restore()
    from laverma_desk import app  # noqa: PLC0415

    class Program(app.Program):
        def __init__(self, *arguments: object) -> None:
            Watched.program = self
            super().__init__(*arguments)

    app.Program = Program
    main(arguments)


def _run() -> None:
    side, wanted, *further = sys.argv[1:]
    then = {"painted": _painted, "modules": _modules, "ready": _ready, "stay": _ready_and_stay}[wanted]
    if side == "bare" and wanted == "stay":
        then = _stay
    run = QApplication.exec

    def exec_watched(*_arguments: object) -> int:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QMainWindow) and window.isVisible():
                FirstPaint(window, then)
        return run()

    QApplication.exec = exec_watched
    if side == "bare":
        _run_bare()
    else:
        _run_desk(further)


if __name__ == "__main__":
    _run()
