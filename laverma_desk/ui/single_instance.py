"""One window for each desk: a second start raises the first one and goes."""

from __future__ import annotations

import hashlib
import os
import shutil

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from laverma_desk.domain.errors import DeskError, OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.paths import DataDir

_RAISE = b"raise\n"
_WAIT_MS = 1500
_LONGEST_CLOSING_MS = 15_000


class SingleInstance(QObject):
    """Holds the desk's lock. Emits `raised` when the program was started again for the same desk."""

    raised = Signal()

    def __init__(self, data: DataDir, parent: QObject | None = None) -> None:
        """Remember which desk this is about."""
        super().__init__(parent)
        self._data = data
        digest = hashlib.sha256(str(data.root.resolve()).encode()).hexdigest()[:24]
        self._name = f"laverma-desk-{digest}"
        # The lock names its process, so that one left behind by a crash is known to be stale.
        self._lock = QLockFile(str(data.root / "desk.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_connected)

    def acquire(self, patience_ms: int = _LONGEST_CLOSING_MS) -> bool:
        """Return True if this is the first window of the desk; False after the first one was raised.

        A program that closes and waits for its mail server answers no more: it is waited for.
        Raises RuleBroken DESK_IN_USE where another program holds the desk and does not answer,
        OutsideTrouble FOLDER_UNWRITABLE or DISK_FULL where there is no room for the lock itself.
        """
        if not self._lock.tryLock(0):
            if self._ask_first():
                return False
            # A lock that is left in a folder that takes nothing any more cannot even be seen to be stale.
            writable = os.access(self._data.root, os.W_OK)
            held = writable and self._lock.error() is QLockFile.LockError.LockFailedError
            if not held or not self._lock.tryLock(patience_ms):
                raise self._refusal()
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
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

    def _ask_first(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(_RAISE)
        written = socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return written

    def _on_server_connected(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(connection.deleteLater)
            self.raised.emit()
