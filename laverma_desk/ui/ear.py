"""Hears what later starts of the program say to the open window: one line each, from this user alone."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from laverma_desk.handing_over import LONGEST_MESSAGE

_WAIT_MS = 1500
_log = logging.getLogger(__name__)


class Ear(QObject):
    """Listens under a name. Emits `heard(bytes)` with each line."""

    heard = Signal(object)

    def __init__(self, name: str, parent: QObject) -> None:
        """Hear nothing before `open`."""
        super().__init__(parent)
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_connected)

    def open(self) -> None:
        """Listen; what a crashed program left under the name goes. Whoever calls holds the desk's lock."""
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            _log.warning("No call and no second start is heard: %s", self._server.errorString())

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _on_server_connected(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            visitor = _Visitor(connection, self)
            visitor.said.connect(self.heard)
            visitor.listen()


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
