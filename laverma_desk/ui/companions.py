"""What accompanies the window while the work is done elsewhere: mini timer, tray icon, desktop messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from laverma_desk.domain.support_session import SupportSession
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.closing.farewell import FarewellQuestion
from laverma_desk.ui.closing.termination import Termination
from laverma_desk.ui.mini.controller import MiniController
from laverma_desk.ui.mini.following import Following
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.stage import Stage
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.tray.controller import TrayController
from laverma_desk.ui.tray.notifications import Notifications

if TYPE_CHECKING:
    from laverma_desk.ui.tray.desktop_messages import DesktopMessages


class Companions(QObject):
    """Made with the pages, closed with them.

    Emits `quit_wanted`: by the tray's menu while no session is open, or by the system that ends the program.
    """

    quit_wanted = Signal()

    def __init__(
        self,
        surroundings: Surroundings,
        stage: Stage,
        shell: Shell,
        pulse: Pulse,
        *,
        machine: MachineSettings,
        parent: QObject,
    ) -> None:
        """Make them as this machine's settings want them."""
        super().__init__(parent)
        self._stage, self._shell, self._machine = stage, shell, machine
        self._demo = surroundings.desk.demo
        self._minimised = shell.isMinimized()
        self._messages: DesktopMessages | None = None
        self.following = Following(surroundings, stage.strip, stage.call.notes, self)
        self.mini = MiniController(self.following, pulse, machine.mini_place, self, keeps=not self._demo)
        self.tray = TrayController(self.following, pulse, self)
        self.notifications = Notifications(surroundings, self.following, stage.dispatcher, self.say, self)
        self.farewell = FarewellQuestion(shell, self._kept_sessions, surroundings.desk.clock, self)
        self.termination = Termination(self)
        self._connect()
        self.use(machine)

    def _connect(self) -> None:
        self._shell.seen_changed.connect(self._on_shell_seen_changed)
        self.mini.end_wanted.connect(self.end_session)
        self.mini.window_wanted.connect(self.open_window)
        self.tray.end_wanted.connect(self.end_session)
        self.tray.window_wanted.connect(self.open_window)
        self.tray.new_wanted.connect(self._on_new_wanted)
        self.tray.quit_wanted.connect(self.quit_wanted)
        self.tray.troubled.connect(self._on_tray_troubled)
        self.farewell.mini_chosen.connect(self._on_farewell_mini_chosen)
        self.termination.asked.connect(self._on_termination_asked)
        self.following.changed.connect(self.farewell.look_again)
        self.tray.icon.messageClicked.connect(self._on_message_clicked)

    def use(self, machine: MachineSettings) -> None:
        """Follow this machine's settings, also when they change."""
        self._machine = machine
        self.tray.show(wanted=machine.tray)
        self.notifications.set_wanted(machine.notifications)

    def close(self) -> None:
        """Take everything away."""
        self.termination.stop()
        self.notifications.stop()
        self.mini.close()
        self.tray.close()
        if self._messages is not None:
            self._messages.close()

    def _kept_sessions(self) -> list[SupportSession]:
        """Return the open sessions that are still there after the program has ended: of a demo nothing is."""
        return [] if self._demo else self.following.sessions

    # --- ways between the window and what accompanies it

    def open_mini(self) -> None:
        """Let the mini timer stand for the window, with the caret in its note (Ctrl+M)."""
        self.following.follow_shown()
        if self.following.session is not None:
            # Minimised first: a window that goes gives the focus on, and the mini timer is to have it.
            self._shell.showMinimized()
            self.mini.show(focus=True)

    def open_window(self, session_id: int) -> None:
        """Bring the window to the front, with the page of a session; 0 leaves the page as it is."""
        self.mini.hide()
        self._shell.bring_forward()
        if session_id:
            self._stage.show_session(session_id)

    def end_session(self, session_id: int) -> None:
        """End a session and show its report in the window."""
        self.open_window(session_id)
        self._stage.call.ending.end_and_show()

    def _on_farewell_mini_chosen(self) -> None:
        """Show whose time runs: that is what was asked about, whichever page is in front."""
        self._shell.showMinimized()
        # Afterwards: a window that goes lets the page in front be followed.
        self.following.follow_running()
        self.mini.show(focus=True)

    def _on_new_wanted(self) -> None:
        self.open_window(0)
        self._stage.show_new()

    def _on_shell_seen_changed(self, _seen: bool) -> None:
        minimised, before = self._shell.isMinimized(), self._minimised
        self._minimised = minimised
        if before and not minimised:
            self.mini.hide()
        elif minimised and not before and self._machine.mini_on_minimise and not self.mini.shown:
            self.following.follow_shown()
            self.mini.show(focus=False)

    def _on_termination_asked(self) -> None:
        """Close as if somebody had: saved, and nobody is asked, for the system waits some seconds at most."""
        self.farewell.leave()
        self.quit_wanted.emit()

    # --- what the desktop says

    def say(self, title: str, sentence: str) -> None:
        """Let the desktop show a message, by its own service or else at the icon."""
        if QGuiApplication.platformName() == "offscreen":
            return  # Nobody sits there.
        if self._messages is None:
            # Most days there is nothing to be said.
            from laverma_desk.ui.tray.desktop_messages import DesktopMessages  # noqa: PLC0415

            self._messages = DesktopMessages()
        if not self._messages.show(title, sentence) and self.tray.seen:
            self.tray.icon.showMessage(title, sentence, QSystemTrayIcon.MessageIcon.NoIcon)

    def _on_message_clicked(self) -> None:
        self.open_window(0)

    def _on_tray_troubled(self, session_id: int) -> None:
        """Try once more on the page of the session, which says what is wrong and keeps on trying."""
        self.open_window(session_id)
        self._stage.call.clock.pause_or_resume()
