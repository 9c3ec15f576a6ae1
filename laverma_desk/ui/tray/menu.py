"""The menu of the icon: what runs, what can be done about it, and the way to the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.support_session import SupportSession
from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.call.popup_menu import PopupMenu
from laverma_desk.ui.call.timer_reading import state_words
from laverma_desk.ui.mini.reading import MiniReading
from laverma_desk.ui.tray.menu_head import MenuHead

_LOOK = """
QMenu { border-radius: 10px; icon-size: 20px; }
QMenu::item { height: 32px; padding: 0 24px 0 16px; border-radius: 6px; }
QMenu::icon { left: 8px; }
"""


class TrayMenu(PopupMenu):
    """Plain entries, for the desktop may draw them; there is no quit while a session is open.

    Emits `pause_pressed`, `end_pressed`, `window_pressed`, `new_pressed`, `quit_pressed` and
    `session_chosen(session id)` for one of the other sessions.
    """

    pause_pressed = Signal()
    end_pressed = Signal()
    window_pressed = Signal()
    new_pressed = Signal()
    quit_pressed = Signal()
    session_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_LOOK)
        self._head = MenuHead(self)
        self.addActions(self._head.actions)
        self.addSeparator()
        self._pause = self.addAction("", self._on_pause_triggered)
        self._end = self.addAction(_("Finish session"), self._on_end_triggered)
        self._others = PopupMenu(self)
        self._others.setTitle(_("Other sessions"))
        self._others.triggered.connect(self._on_other_triggered)
        self._others_entry = self.addMenu(self._others)
        self._new = self.addAction(_("New session"), self._on_new_triggered)
        self.addSeparator()
        self._window = self.addAction(_("Open window"), self._on_window_triggered)
        self._quit = self.addAction(_("Quit"), self._on_quit_triggered)
        self._paused: bool | None = None

    def show_reading(self, reading: MiniReading | None, others: Sequence[SupportSession]) -> None:
        """Show the session followed, or that there is none, and name the others that are open."""
        self._head.show_reading(reading, _("No session active"))
        for action in (self._pause, self._end):
            action.setVisible(reading is not None)
        for action in (self._new, self._quit):
            action.setVisible(reading is None)
        if reading is not None:
            self._show_pause(paused=not reading.running)
        self._others_entry.setVisible(bool(others))
        known = [(one.data(), one.text()) for one in self._others.actions()]
        wanted = [(one.id, _entry(one)) for one in others]
        if known != wanted:
            self._others.clear()
            for session_id, words in wanted:
                self._others.addAction(words).setData(session_id)

    def draw_icons(self) -> None:
        """Draw the icons in the colours in force."""
        for action, name in (
            (self._end, "stop"),
            (self._others_entry, "list"),
            (self._new, "plus"),
            (self._window, "expand"),
            (self._quit, "close"),
        ):
            action.setIcon(icons.icon(name, theme.palette().muted, 20))
        self._paused = None

    def _show_pause(self, *, paused: bool) -> None:
        if paused == self._paused:
            return
        self._paused = paused
        self._pause.setText(_("Resume") if paused else _("Pause"))
        self._pause.setIcon(icons.icon("play" if paused else "pause", theme.palette().muted, 20))

    def _on_pause_triggered(self) -> None:
        self.pause_pressed.emit()

    def _on_end_triggered(self) -> None:
        self.end_pressed.emit()

    def _on_other_triggered(self, action: QAction) -> None:
        self.session_chosen.emit(action.data())

    def _on_new_triggered(self) -> None:
        self.new_pressed.emit()

    def _on_window_triggered(self) -> None:
        self.window_pressed.emit()

    def _on_quit_triggered(self) -> None:
        self.quit_pressed.emit()


def _entry(session: SupportSession) -> str:
    return f"{session.partner}, {state_words(session.state)}".replace("&", "&&")
