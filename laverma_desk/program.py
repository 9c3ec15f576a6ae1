"""The window and the desk behind it: the shell first, then desk and pages, and back in reverse."""

from __future__ import annotations

import os
import sys
import threading
from base64 import b64decode
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from laverma_desk import log, own_program, settings
from laverma_desk.domain.errors import DeskError
from laverma_desk.i18n import _
from laverma_desk.paths import DataDir
from laverma_desk.ui import theme
from laverma_desk.ui.crash import CrashReporter
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.single_instance import SingleInstance

if TYPE_CHECKING:
    from laverma_desk.domain.server_address import ServerAddress
    from laverma_desk.domain.telephone import CallerId
    from laverma_desk.services.backups.restoring import RestorePreview
    from laverma_desk.services.desk import Desk
    from laverma_desk.ui.crash_notice import CrashNotice
    from laverma_desk.ui.running_desk import RunningDesk
    from laverma_desk.ui.server_login.opening import ServerOpening

_PAINT_MS = 100
_UNSEEN_MS = 500
"""A window that is not painted by then is covered or on another desktop; its desk is opened all the same."""


class Start(NamedTuple):
    """How the program was started; `server` is where a shared desk lies."""

    data: DataDir
    demo: bool
    language: str | None
    caller: CallerId | None = None
    server: ServerAddress | None = None


def start_again(*arguments: str) -> None:
    """Start this program once more, beside this one or after it."""
    from PySide6.QtCore import QProcess  # noqa: PLC0415 (every start would wait for it)

    program, *rest = own_program.command(*arguments)
    QProcess.startDetached(program, rest)


class Program(QObject):
    """The running program: the shell first, the desk as soon as the shell is painted.

    Emits `opened` when the desk is in the window.
    """

    opened = Signal()
    _parts_loaded = Signal()

    def __init__(
        self, app: QApplication, start: Start, machine: settings.MachineSettings, instance: SingleInstance
    ) -> None:
        """Make the shell; everything heavy comes after its first paint."""
        super().__init__()
        self._app, self._start, self._machine, self._instance = app, start, machine, instance
        self._running: RunningDesk | None = None
        self._opening: ServerOpening | None = None
        self._failure: Exception | None = None
        self._restart = False
        self._wanted_back: RestorePreview | None = None
        self._clean = True
        self._begun = self._closed = False
        self._crash = CrashReporter(self)
        self._crash.install()
        self._crash.crashed.connect(self._on_crashed, Qt.ConnectionType.QueuedConnection)
        self._shell = Shell()
        if start.demo:
            self._shell.setWindowTitle(_("Laverma Desk – sample data"))
        self._shell.painted.connect(self._on_shell_painted)
        self._shell.close_requested.connect(self._on_shell_closing)
        self._parts_loaded.connect(self._on_parts_loaded, Qt.ConnectionType.QueuedConnection)
        self._crash_notice: CrashNotice | None = None
        instance.raised.connect(self._shell.bring_forward)
        instance.called.connect(self._on_called)
        self._caller = start.caller

    def run(self) -> int:
        """Run the event loop; return the exit code. Raises what kept the desk from being opened."""
        if self._machine.geometry:
            with suppress(ValueError):  # Somebody wrote into the file: the window is as at a first start.
                self._shell.restoreGeometry(b64decode(self._machine.geometry))
        if self._start.server is not None or self._start.data.database.exists():
            self._shell.begin_search()
        self._shell.show()
        QTimer.singleShot(_UNSEEN_MS, self, self._on_shell_painted)
        code = self._app.exec()
        self._crash.uninstall()
        if self._failure is not None:
            raise self._failure
        if self._wanted_back is not None:
            self._bring_back(self._wanted_back)
        if self._restart:
            # Released first: the new process would find the desk in use, raise this window and go.
            from laverma_desk.cli.dialled import without_call  # noqa: PLC0415

            self._instance.release()
            start_again(*without_call(sys.argv[1:]))
        if not self._clean:
            # A mail server hangs after the text of a mail: nobody should wait minutes for it. The next
            # start finds the mail and calls it unclear.
            log.stop()
            self._instance.release()
            os._exit(code)
        return code

    @Slot()
    def _on_shell_painted(self) -> None:
        if self._begun:
            return
        self._begun = True
        self._instance.listen()
        # Not in this thread: whoever types meanwhile sees what is typed.
        threading.Thread(target=self._load_parts, name="parts").start()

    def _load_parts(self) -> None:
        # The store and the libraries behind it take longer than the shell. What cannot be loaded is said
        # where it is used. The pages are loaded in the thread of the window, like all that names Qt.
        with suppress(Exception):
            from laverma_desk.services import first_needs  # noqa: F401, PLC0415
        self._parts_loaded.emit()

    @Slot()
    def _on_parts_loaded(self) -> None:
        if self._closed:
            return
        try:
            from laverma_desk.services.desk import is_older  # noqa: PLC0415

            older = self._start.server is None and is_older(self._start.data)
        except Exception:  # noqa: BLE001 (said when it is opened)
            older = False
        if self._start.demo:
            sentence = _("The sample data are being made.")
        elif older:
            sentence = _(
                "The data are brought up to date; a copy is kept. With many sessions this takes minutes."
            )
        else:
            self._open_desk()
            return
        self._shell.notice.show_notice(sentence, icon="database")
        # With a moment for the sentence: nothing is painted while the desk is opened.
        QTimer.singleShot(_PAINT_MS, self, self._open_desk)

    @Slot()
    def _open_desk(self) -> None:
        if self._closed:
            return
        if self._start.server is not None:
            self._open_shared_desk(self._start.server)
            return
        try:
            from laverma_desk.domain.clock import SystemClock  # noqa: PLC0415
            from laverma_desk.einvoice.judging_apart import JudgeApart  # noqa: PLC0415
            from laverma_desk.mail.secret import Secrets  # noqa: PLC0415
            from laverma_desk.services.desk import open_desk  # noqa: PLC0415

            start = self._start
            desk = open_desk(start.data, SystemClock(), Secrets(), demo=start.demo, judge=JudgeApart())
        except Exception as error:  # noqa: BLE001 (a window without a desk behind it helps nobody)
            self._fail(error)
        else:
            self._show_desk(desk)

    def _open_shared_desk(self, server: ServerAddress) -> None:
        from laverma_desk.einvoice.judging_apart import JudgeApart  # noqa: PLC0415
        from laverma_desk.mail.secret import Secrets  # noqa: PLC0415
        from laverma_desk.services.server_login import ServerLogin  # noqa: PLC0415
        from laverma_desk.ui.server_login.opening import ServerOpening  # noqa: PLC0415

        login = ServerLogin(self._start.data, server, Secrets(), JudgeApart)
        self._opening = ServerOpening(login, self._shell, self)
        self._opening.opened.connect(self._show_desk)
        self._opening.failed.connect(self._on_opening_failed)
        self._opening.alone_wanted.connect(self._on_restart_wanted)
        self._opening.begin()

    def _show_desk(self, desk: Desk) -> None:
        try:
            with ExitStack() as opened:
                opened.callback(desk.close)
                from laverma_desk.ui.running_desk import RunningDesk  # noqa: PLC0415

                if self._start.demo:
                    from laverma_desk.services.demo import fill_demo  # noqa: PLC0415

                    fill_demo(desk)
                self._shell.notice.clear()
                running = RunningDesk(desk, self._shell, self._machine)
                opened.callback(running.close)
                running.appearance_changed.connect(self._on_appearance_changed)
                running.restart_wanted.connect(self._on_restart_wanted)
                running.restore_wanted.connect(self._on_restore_wanted)
                running.demo_wanted.connect(self._on_demo_wanted)
                running.close_wanted.connect(self._shell.close)
                self._app.commitDataRequest.connect(running.closing.on_log_off)
                running.begin()
                if self._caller is not None:
                    running.ring(self._caller)
                self._running = running
                opened.pop_all()  # From here on it is closed with the window.
            self.opened.emit()
        except Exception as error:  # noqa: BLE001 (a window without a desk behind it helps nobody)
            self._fail(error)

    def _on_opening_failed(self, error: Exception | None) -> None:
        self._failure = error  # None: it is tried again.

    def _fail(self, error: Exception) -> None:
        # Said in a window now, and on stderr by whoever called.
        from laverma_desk.ui.failure_box import failure_box, sentence_of  # noqa: PLC0415 (hardly ever needed)

        self._failure = error
        unforeseen = _("Something unexpected happened; the data are unharmed.")
        box = failure_box(sentence_of(error) if isinstance(error, DeskError) else unforeseen, self._shell)
        box.finished.connect(self._app.quit)
        box.open()

    def _on_called(self, caller: CallerId) -> None:
        if self._running is not None:
            self._running.ring(caller)
        else:
            self._caller = caller  # Whoever calls while the desk is being opened is shown as soon as it is.

    @Slot(object)
    def _on_crashed(self, error: BaseException) -> None:
        if isinstance(error, DeskError):
            from laverma_desk.ui.failure_box import sentence_of  # noqa: PLC0415

            if self._running is not None and self._running.says(error):
                return
            # No page foresaw it here, but what the machine did and what to do about it is known.
            self._say(sentence_of(error))
            return
        self._say(
            _("Something unexpected happened. What you typed is kept. Details are in the log file."),
            str(self._start.data.log.name),
        )

    def _say(self, sentence: str, aside: str = "") -> None:
        if self._crash_notice is None:
            from laverma_desk.ui.crash_notice import CrashNotice  # noqa: PLC0415 (hardly ever needed)

            self._crash_notice = CrashNotice(self._shell.notice, self)
        self._crash_notice.say(sentence, aside)

    def _on_appearance_changed(self, machine: settings.MachineSettings) -> None:
        self._machine = machine
        theme.apply(self._app, machine.theme)

    def _on_restart_wanted(self) -> None:
        self._restart, self._failure = True, None
        self._shell.close()

    def _on_restore_wanted(self, preview: RestorePreview) -> None:
        self._wanted_back, self._restart = preview, True
        self._shell.close()

    def _bring_back(self, preview: RestorePreview) -> None:
        """Restore now that the desk is closed; the next start tells what came of it."""
        from laverma_desk.domain.clock import SystemClock  # noqa: PLC0415
        from laverma_desk.services.backups.news import restore_and_note  # noqa: PLC0415

        restore_and_note(self._start.data, preview, SystemClock())

    def _on_demo_wanted(self) -> None:
        start_again("--demo")

    def _on_shell_closing(self) -> None:
        if self._running is not None and not self._running.closing.may_close(wanted=self._restart):
            self._restart, self._wanted_back = False, None
            self._shell.stay()
            return
        self._closed = True
        if self._opening is not None:
            self._opening.close()
        geometry = bytes(self._shell.saveGeometry().toBase64().data()).decode()
        if not self._start.demo:
            settings.change(geometry=geometry)
        self._shell.hide()  # Nobody watches a window that waits for a mail server.
        self._instance.retire()
        if self._running is not None:
            self._clean = self._running.close()
            self._running = None
