"""The window, put together: paths, log, language, shell; then the desk, the pages, and back in reverse."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QProcess, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from laverma_desk import i18n, log, settings
from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.errors import DeskError, OutsideTrouble, Trouble
from laverma_desk.i18n import _
from laverma_desk.paths import DataDir, default_data_dir
from laverma_desk.ui import theme
from laverma_desk.ui.bootstrap import create_application
from laverma_desk.ui.closing_question import ClosingQuestion
from laverma_desk.ui.crash import CrashReporter
from laverma_desk.ui.crash_notice import CrashNotice
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.single_instance import SingleInstance

if TYPE_CHECKING:
    from laverma_desk.services.backups.restoring import RestorePreview
    from laverma_desk.ui.running_desk import RunningDesk

_PAINT_MS = 100


@dataclass(frozen=True)
class Start:
    """How the program was started."""

    data: DataDir
    demo: bool
    language: str | None


def run(data_dir: Path | None = None, *, language: str | None = None, demo: bool = False) -> int:
    """Open the window and stay until it is closed; return the exit code.

    A second start for the same desk raises the first window and returns 0. Raises RuleBroken and
    OutsideTrouble for a folder that cannot be used.
    """
    temporary = Path(tempfile.mkdtemp(prefix="laverma-desk-demo-")) if demo else None
    data = DataDir(temporary or data_dir or default_data_dir().root)
    try:
        return _run(Start(data, demo, language))
    finally:
        if temporary is not None:
            logging.shutdown()
            shutil.rmtree(temporary, ignore_errors=True)


def _run(start: Start) -> int:
    log.start(start.data)
    machine = settings.load()
    i18n.use(start.language or machine.language or i18n.preferred())
    app = create_application(machine)
    instance = SingleInstance(start.data)
    try:
        _make_folder(start.data)
        if not instance.acquire():
            return 0
    except DeskError as error:
        box = _failure_box(_sentence(error), None)
        box.open()
        app.exec()
        raise
    program = Program(app, start, machine, instance)
    try:
        return program.run()
    finally:
        instance.release()


def _make_folder(data: DataDir) -> None:
    try:
        data.create()
    except OSError as error:
        raise OutsideTrouble(Trouble.FOLDER_UNWRITABLE, folder=str(data.root)) from error


def _sentence(error: DeskError) -> str:
    # Imported only where something failed: its words bring Babel, for which the first paint need not wait.
    from laverma_desk.explain import explain  # noqa: PLC0415

    return explain(error)


def _failure_box(sentence: str, parent: QWidget | None) -> QMessageBox:
    """Return a window that says why there is no desk: whoever started with a click sees no shell."""
    box = QMessageBox(QMessageBox.Icon.Critical, "Laverma Desk", sentence, parent=parent)
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


class Program(QObject):
    """The running program: the shell first, the desk as soon as the shell is painted."""

    def __init__(
        self, app: QApplication, start: Start, machine: settings.MachineSettings, instance: SingleInstance
    ) -> None:
        """Make the shell; everything heavy comes after its first paint."""
        super().__init__()
        self._app, self._start, self._machine, self._instance = app, start, machine, instance
        self._running: RunningDesk | None = None
        self._failure: Exception | None = None
        self._restart = False
        self._wanted_back: RestorePreview | None = None
        self._clean = True
        self._loss_accepted = False
        self._crash = CrashReporter(self)
        self._crash.install()
        self._crash.crashed.connect(self._on_crashed, Qt.ConnectionType.QueuedConnection)
        self._shell = Shell()
        if start.demo:
            self._shell.setWindowTitle(_("Laverma Desk – sample data"))
        self._shell.close_requested.connect(self._on_shell_closing)
        self._question = ClosingQuestion(self._shell)
        self._crash_notice = CrashNotice(self._shell.notice, self)
        self._question.loss_accepted.connect(self._on_loss_accepted)
        instance.raised.connect(self._shell.bring_forward)

    def run(self) -> int:
        """Run the event loop; return the exit code. Raises what kept the desk from being opened."""
        if self._machine.geometry:
            self._shell.restoreGeometry(QByteArray.fromBase64(self._machine.geometry.encode()))
        self._shell.show()
        QTimer.singleShot(0, self, self._on_shell_painted)
        code = self._app.exec()
        self._crash.uninstall()
        if self._failure is not None:
            raise self._failure
        if self._wanted_back is not None:
            self._bring_back(self._wanted_back)
        if self._restart:
            # Released first: the new process would find the desk in use, raise this window and go.
            self._instance.release()
            QProcess.startDetached(sys.executable, ["-m", "laverma_desk", *sys.argv[1:]])
        if not self._clean:
            # A mail server hangs after the text of a mail: nobody should wait minutes for it. The next
            # start finds the mail and calls it unclear.
            log.stop()
            self._instance.release()
            os._exit(code)
        return code

    def _on_shell_painted(self) -> None:
        # Imported only now: the store, the libraries behind it and the pages take longer than the shell.
        from laverma_desk.services.desk import is_older  # noqa: PLC0415

        try:
            older = is_older(self._start.data)
        except DeskError:
            older = False  # Said when it is opened.
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

    def _open_desk(self) -> None:
        from laverma_desk.mail.secret import Secrets  # noqa: PLC0415
        from laverma_desk.services.desk import open_desk  # noqa: PLC0415
        from laverma_desk.ui.running_desk import RunningDesk  # noqa: PLC0415

        try:
            with ExitStack() as opened:
                desk = open_desk(self._start.data, SystemClock(), Secrets(), demo=self._start.demo)
                opened.callback(desk.close)
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
                running.begin()
                self._running = running
                opened.pop_all()  # From here on it is closed with the window.
        except DeskError as error:
            self._fail(error, _sentence(error))
        except Exception as error:  # noqa: BLE001 (a window without a desk behind it helps nobody)
            self._fail(error, _("Something unexpected happened; the data are unharmed."))

    def _fail(self, error: Exception, sentence: str) -> None:
        # Said in a window now, and on stderr by whoever called.
        self._failure = error
        box = _failure_box(sentence, self._shell)
        box.finished.connect(self._app.quit)
        box.open()

    def _on_crashed(self, error: BaseException) -> None:
        if isinstance(error, DeskError):
            # No page foresaw it here, but what the machine did and what to do about it is known.
            self._crash_notice.say(_sentence(error))
            return
        self._crash_notice.say(
            _("Something unexpected happened. What you typed is kept. Details are in the log file."),
            str(self._start.data.log.name),
        )

    def _on_appearance_changed(self, machine: settings.MachineSettings) -> None:
        self._machine = machine
        theme.apply(self._app, machine.theme)

    def _on_restart_wanted(self) -> None:
        self._restart = True
        self._shell.close()

    def _on_restore_wanted(self, preview: RestorePreview) -> None:
        self._wanted_back, self._restart = preview, True
        self._shell.close()

    def _bring_back(self, preview: RestorePreview) -> None:
        """Restore now that the desk is closed; the next start tells what came of it."""
        from laverma_desk.services.backups.news import restore_and_note  # noqa: PLC0415

        restore_and_note(self._start.data, preview, SystemClock())

    def _on_demo_wanted(self) -> None:
        QProcess.startDetached(sys.executable, ["-m", "laverma_desk", "--demo"])

    def _on_shell_closing(self) -> None:
        loss = self._running.save() if self._running is not None and not self._loss_accepted else ""
        if loss:
            self._restart, self._wanted_back = False, None
            self._shell.stay()
            self._question.ask(loss)
            return
        geometry = bytes(self._shell.saveGeometry().toBase64().data()).decode()
        if not self._start.demo:
            settings.save(replace(self._machine, geometry=geometry))
        self._shell.hide()  # Nobody watches a window that waits for a mail server.
        self._instance.retire()
        if self._running is not None:
            self._clean = self._running.close()
            self._running = None

    def _on_loss_accepted(self) -> None:
        self._loss_accepted = True
        self._shell.close()
