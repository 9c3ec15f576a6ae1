"""One window for each desk: a second start says to the first one what it was started for, and goes."""

from __future__ import annotations

import logging
import os
import shutil

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from laverma_desk.domain.errors import DeskError, OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.handing_over import LONGEST_MESSAGE, RAISE, hand_over, line_name, read_call
from laverma_desk.paths import DataDir

_WAIT_MS = 1500
_AGAIN_MS = 250
_LONGEST_CLOSING_MS = 15_000
_log = logging.getLogger(__name__)


class SingleInstance(QObject):
    """Holds the desk's lock.

    Emits `raised` when the program was started again for the same desk, and `called(CallerId)` when a
    telephone started it. Anything else that is said is not heard.
    """

    raised = Signal()
    called = Signal(object)

    def __init__(self, data: DataDir, parent: QObject | None = None) -> None:
        """Remember which desk this is about."""
        super().__init__(parent)
        self._data = data
        self._name = line_name(data)
        # The lock names its process, so that one left behind by a crash is known to be stale.
        self._lock = QLockFile(str(data.root / "desk.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_connected)

    def acquire(self, patience_ms: int = _LONGEST_CLOSING_MS, message: bytes = RAISE) -> bool:
        """Return True if this is the first window of the desk; False after the first one was told.

        `message`: what it is told. A program that closes and waits for its mail server answers no more:
        it is waited for.
        Raises RuleBroken DESK_IN_USE where another program holds the desk and does not answer,
        OutsideTrouble FOLDER_UNWRITABLE or DISK_FULL where there is no room for the lock itself.
        """
        patience = QDeadlineTimer(patience_ms)
        is_first = self._lock.tryLock(0)
        while not is_first:
            # Asked again and again: one that closes may be followed by another, as when it starts anew.
            if hand_over(self._data, message):
                return False
            # A lock that is left in a folder that takes nothing any more cannot even be seen to be stale.
            writable = os.access(self._data.root, os.W_OK)
            held = writable and self._lock.error() is QLockFile.LockError.LockFailedError
            if not held or patience.hasExpired():
                raise self._refusal()
            is_first = self._lock.tryLock(min(_AGAIN_MS, max(1, patience.remainingTime())))
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            _log.warning("No call and no second start is heard: %s", self._server.errorString())
        return True

    def retire(self) -> None:
        """Answer no more: there is no window left to raise."""
        self._server.close()

    def release(self) -> None:
        """Let the desk go."""
        self._server.close()
        self._lock.unlock()

    def _refusal(self) -> DeskError:
        """Return why the lock was not to be had: somebody holds it, or it cannot even be written."""
        folder = self._data.root
        if not os.access(folder, os.W_OK):
            return OutsideTrouble(Trouble.FOLDER_UNWRITABLE, folder=str(folder))
        if self._lock.error() is QLockFile.LockError.LockFailedError:
            return RuleBroken(Rule.DESK_IN_USE, folder=str(folder))
        full = not shutil.disk_usage(folder).free
        return OutsideTrouble(Trouble.DISK_FULL if full else Trouble.FOLDER_UNWRITABLE, folder=str(folder))

    def _on_server_connected(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            visitor = _Visitor(connection, self)
            visitor.said.connect(self._on_visitor_said)
            visitor.listen()

    def _on_visitor_said(self, line: bytes) -> None:
        caller = read_call(line)
        if caller is not None:
            self.called.emit(caller)
        elif line == RAISE:
            self.raised.emit()


class _Visitor(QObject):
    """Somebody who says one line: `said(bytes)` is emitted once, and then nothing more is heard."""

    said = Signal(object)

    def __init__(self, connection: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._line = b""
        self._heard = False
        self._connection = connection
        connection.setParent(self)
        connection.setReadBufferSize(LONGEST_MESSAGE)
        connection.readyRead.connect(self._on_connection_ready_read)
        connection.disconnected.connect(self._leave)

    def listen(self) -> None:
        """Hear what is said, for as long as a line may take; it may have been said already."""
        QTimer.singleShot(_WAIT_MS, self, self._leave)
        self._on_connection_ready_read()
        if self._connection.state() is QLocalSocket.LocalSocketState.UnconnectedState:
            self._leave()

    def _on_connection_ready_read(self) -> None:
        self._line += bytes(self._connection.readAll().data())
        if b"\n" in self._line or len(self._line) >= LONGEST_MESSAGE:
            self._leave()

    def _leave(self) -> None:
        if self._heard:
            return
        self._heard = True
        line = self._line + bytes(self._connection.readAll().data())
        self._connection.abort()
        self.said.emit(line)
        self.deleteLater()
