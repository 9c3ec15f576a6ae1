"""Hears that the system ends the program: at the log-off of a Linux desktop, at a shutdown, by `kill`."""

from __future__ import annotations

import os
import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class Termination(QObject):
    """Emits `asked` in the event loop when SIGTERM or SIGHUP has come; Windows has neither, there Qt asks.

    Python runs no code of ours while Qt waits: the signal is written into a socket, and the socket wakes Qt.
    """

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        """Listen from now on until `stop`; in the main thread only."""
        super().__init__(parent)
        self._before: dict[signal.Signals, object] = {}
        if os.name == "nt":
            return
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)
        self._descriptor = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGHUP):
            self._before[number] = signal.signal(number, _leave_it_to_the_socket)

    def stop(self) -> None:
        """Listen no more: whoever listened before does again."""
        if not self._before:
            return
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._before.clear()
        signal.set_wakeup_fd(self._descriptor)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _on_notifier_activated(self) -> None:
        numbers = self._reader.recv(64)
        if {signal.SIGTERM, signal.SIGHUP} & set(numbers):
            self.asked.emit()


def _leave_it_to_the_socket(_number: int, _frame: FrameType | None) -> None:
    """Take the place of the handler that would end the program at once."""
