"""The encrypted end of a line to a server whose own binaries know no TLS: what a client sees is real."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import struct
import threading

_SSL_REQUEST, _GSS_REQUEST = 80877103, 80877104


class TlsWire:
    """Listens at a port of this machine and hands on to another one; `context` None knows no encryption."""

    def __init__(self, port: int) -> None:
        """Listen at once."""
        self.context: ssl.SSLContext | None = None
        self._behind = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._threads = [threading.Thread(target=self._accept, name="tls wire")]
        self._threads[0].start()

    def close(self) -> None:
        """Listen no more; lines end with their clients."""
        # One that waits in accept() hears of a close only by a last call.
        listener, self._listener = self._listener, None
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
            pass
        self._threads[0].join()
        listener.close()
        for one in self._threads[1:]:
            one.join(10)

    def _accept(self) -> None:
        listener = self._listener
        while True:
            line, _address = listener.accept()
            if self._listener is None:
                line.close()
                return
            served = threading.Thread(target=self._serve, args=(line,), name="tls line")
            self._threads.append(served)
            served.start()

    def _serve(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line:
            while True:
                length, code = struct.unpack("!II", line.recv(8, socket.MSG_WAITALL))
                if length != 8 or code not in (_SSL_REQUEST, _GSS_REQUEST):
                    return
                if code == _SSL_REQUEST and self.context is not None:
                    break
                line.sendall(b"N")
                if code == _SSL_REQUEST:
                    return
            line.sendall(b"S")
            with (
                self.context.wrap_socket(line, server_side=True) as safe,
                socket.create_connection(("127.0.0.1", self._behind)) as behind,
            ):
                _hand_on(safe, behind)


def _hand_on(safe: ssl.SSLSocket, behind: socket.socket) -> None:
    while True:
        ready = [safe] if safe.pending() else select.select([safe, behind], [], [], 30)[0]
        if not ready:
            return
        for one in ready:
            content = one.recv(65536)
            if not content:
                return
            (behind if one is safe else safe).sendall(content)
