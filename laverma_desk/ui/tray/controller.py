"""The icon in the notification area: there while the desk is open, told of changes, counting no seconds."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from laverma_desk import text
from laverma_desk.domain.support_session import SessionState
from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.mini.following import Following
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.tray.menu import TrayMenu
from laverma_desk.ui.tray.picture import tray_icon

_PLACE = "tray menu"


class TrayController(QObject):
    """Shows the icon where the desktop has room for it; should that turn up later the icon comes by itself.

    Emits `window_wanted(session id)`, 0 for whichever, `end_wanted(session id)`, `new_wanted`,
    `quit_wanted`, and `troubled(session id)` where a pause could not be written.
    """

    window_wanted = Signal(int)
    end_wanted = Signal(int)
    new_wanted = Signal()
    quit_wanted = Signal()
    troubled = Signal(int)

    def __init__(self, following: Following, pulse: Pulse, parent: QObject) -> None:
        """Make icon and menu; `show` lets them be seen."""
        super().__init__(parent)
        self._following, self._pulse = following, pulse
        self.menu = TrayMenu()
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self._state: SessionState | bool | None = False
        self._connect()
        self._draw_anew()

    def _connect(self) -> None:
        menu = self.menu
        menu.pause_pressed.connect(self._on_pause_pressed)
        menu.end_pressed.connect(self._on_end_pressed)
        menu.window_pressed.connect(self._on_window_pressed)
        menu.session_chosen.connect(self.window_wanted)
        menu.new_pressed.connect(self.new_wanted)
        menu.quit_pressed.connect(self.quit_wanted)
        menu.aboutToShow.connect(self._on_menu_opened)
        menu.aboutToHide.connect(self._on_menu_closed)
        self.icon.activated.connect(self._on_icon_activated)
        self._following.changed.connect(self._draw)
        self._pulse.ticked.connect(self._on_pulse_ticked)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.notifier(app).changed.connect(self._draw_anew)

    @property
    def seen(self) -> bool:
        """Return whether this desktop shows the icon."""
        return self.icon.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    def show(self, *, wanted: bool) -> None:
        """Show the icon, or take it away; without a screen there is nothing to show it on."""
        self.icon.setVisible(wanted and QGuiApplication.platformName() != "offscreen")

    def close(self) -> None:
        """Take icon and menu away for good."""
        self.icon.hide()
        self._pulse.set_seen_in(_PLACE, seen=False)
        self.menu.deleteLater()

    # --- what it shows

    def _draw_anew(self) -> None:
        self._state = False
        self.menu.draw_icons()
        self._draw()

    def _draw(self) -> None:
        states = {one.state for one in self._following.sessions}
        state = SessionState.RUNNING if SessionState.RUNNING in states else next(iter(states), None)
        if state is not self._state:
            self._state = state
            self.icon.setIcon(tray_icon(state))
        self._draw_menu()
        self.icon.setToolTip(self._tip())

    def _draw_menu(self) -> None:
        reading = self._following.reading()
        others = [one for one in self._following.sessions if reading and one.id != reading.session_id]
        self.menu.show_reading(reading, others)

    def _tip(self) -> str:
        """Return whose time runs and since when: words that stay true without being told every second."""
        session = self._following.session
        if session is None:
            return "Laverma Desk"
        if session.state is SessionState.PAUSED:
            return f"{session.partner}, {_('Paused')}"
        since = _("running since %(time)s") % {"time": text.clock_time(session.begin)}
        return f"{session.partner}, {since}"

    def _on_pulse_ticked(self) -> None:
        if self.menu.isVisible():
            self._draw_menu()

    def _on_menu_opened(self) -> None:
        self._draw_menu()
        # Where the desktop draws the menu it may never say that it is gone: then nothing ticks for it.
        QTimer.singleShot(0, self, self._on_menu_shown)

    def _on_menu_shown(self) -> None:
        self._pulse.set_seen_in(_PLACE, seen=self.menu.isVisible())

    def _on_menu_closed(self) -> None:
        self._pulse.set_seen_in(_PLACE, seen=False)

    # --- what is done on it

    def _on_icon_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self._on_window_pressed()

    def _on_window_pressed(self) -> None:
        self.window_wanted.emit(0)

    def _on_end_pressed(self) -> None:
        session = self._following.session
        if session is not None:
            self.end_wanted.emit(session.id)

    def _on_pause_pressed(self) -> None:
        session = self._following.session
        if session is not None and self._following.pause_or_resume():
            self.troubled.emit(session.id)
