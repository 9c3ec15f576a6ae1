"""Opens a server's desk beside the window, which stays alive: asks for the password, says what is wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from laverma_desk import settings
from laverma_desk.domain.errors import DeskError, Trouble
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.desk import Desk
from laverma_desk.services.server_login import ServerLogin
from laverma_desk.ui.server_login.panel import LoginPanel
from laverma_desk.ui.shell import Shell

_AGAIN_MS = 3000
"""After so long a server that was away is asked once more."""

_ASKING = frozenset({Trouble.SERVER_LOGIN, Trouble.KEYRING_REFUSED})


class ServerOpening(QObject):
    """Emits `opened(Desk)` once, `failed(Exception)` where it waits for an answer (None: it tries again).

    A server that is away is asked again by itself, with what was typed last.

    `alone_wanted`: the settings name no server any more; the program has to start again.
    """

    opened = Signal(object)
    failed = Signal(object)
    alone_wanted = Signal()
    _ended = Signal(object)

    def __init__(self, login: ServerLogin, shell: Shell, parent: QObject) -> None:
        """Do nothing before `begin`."""
        super().__init__(parent)
        self._login, self._shell = login, shell
        self._panel: LoginPanel | None = None
        self._asked = False
        self._work: Callable[[], Desk] = login.open
        self._busy = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._on_again_timeout)
        self._closed = threading.Event()
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @property
    def panel(self) -> LoginPanel | None:
        """Return what is shown where somebody has to answer."""
        return self._panel

    def begin(self) -> None:
        """Try what is kept."""
        self._run(self._login.open)

    def close(self) -> None:
        """Want no desk any more; one that opens meanwhile is closed again."""
        self._closed.set()
        self._again.stop()

    def _run(self, work: Callable[[], Desk]) -> None:
        if self._busy:
            return
        self._again.stop()
        self._work, self._busy = work, True

        def job() -> None:
            outcome: Desk | Exception
            try:
                outcome = work()
            except Exception as error:  # noqa: BLE001 (told in the window)
                outcome = error
            if not self._closed.is_set():
                self._ended.emit(outcome)
            elif isinstance(outcome, Desk):
                outcome.close()

        threading.Thread(target=job, name="server").start()

    def _on_ended(self, outcome: Desk | Exception) -> None:
        self._busy = False
        if self._closed.is_set():
            if isinstance(outcome, Desk):
                outcome.close()
            return
        if isinstance(outcome, Exception):
            self._tell(outcome)
            return
        if self._panel is not None:
            self._panel = None
            self._shell.show_frame()
        self.failed.emit(None)
        self.opened.emit(outcome)

    def _tell(self, error: Exception) -> None:
        panel = self._panel or self._made()
        self.failed.emit(error)
        if isinstance(error, DeskError) and error.code in _ASKING:
            # That no password is kept yet is no mistake of whoever starts for the first time.
            panel.ask_password(explain(error) if self._asked else "", keeps=self._login.keeps())
            self._asked = True
        elif isinstance(error, DeskError) and error.code is Trouble.SERVER_AWAY:
            panel.show_waiting()
            self._again.start(_AGAIN_MS)
        elif isinstance(error, DeskError):
            panel.show_failure(explain(error))
        else:
            panel.show_failure(_("Something unexpected happened; the data are unharmed."))

    def _made(self) -> LoginPanel:
        # Where the address was said at the start, the next start would hear it again.
        by_settings = settings.load().database == self._login.address.url
        panel = LoginPanel(self._login.address, may_leave=by_settings, parent=self._shell)
        panel.password_entered.connect(self._on_panel_password_entered)
        panel.again_requested.connect(self._on_panel_again_requested)
        panel.alone_requested.connect(self._on_panel_alone_requested)
        self._panel = panel
        self._shell.show_alone(panel)
        return panel

    def _on_panel_password_entered(self, password: str) -> None:
        self._asked = True
        self._run(partial(self._login.open_with, password))

    def _on_panel_again_requested(self) -> None:
        self._run(self._work)

    def _on_again_timeout(self) -> None:
        self._run(self._work)

    def _on_panel_alone_requested(self) -> None:
        settings.change(database="")
        self.alone_wanted.emit()
