"""Shows the mini timer when it is wanted, keeps it in step with the clock, and takes what is done on it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication

from laverma_desk import settings
from laverma_desk.i18n import _
from laverma_desk.ui.keyboard import Keyboard
from laverma_desk.ui.mini import placing
from laverma_desk.ui.mini.following import Following
from laverma_desk.ui.mini.window import MiniWindow
from laverma_desk.ui.pulse import Pulse

_PLACE = "mini timer"


class MiniController(QObject):
    """Emits `end_wanted(session id)` and `window_wanted(session id)`.

    The window is made when it is wanted first; while it is hidden nothing ticks on its account.
    """

    end_wanted = Signal(int)
    window_wanted = Signal(int)

    def __init__(
        self, following: Following, pulse: Pulse, at: tuple[int, int] | None, parent: QObject, *, keeps: bool
    ) -> None:
        """Take where it was left; `keeps` says whether this machine remembers where it is left this time."""
        super().__init__(parent)
        self._following, self._pulse, self._keeps = following, pulse, keeps
        self._at = QPoint(*at) if at else None
        self._window: MiniWindow | None = None
        self._stood = QPoint()
        following.changed.connect(self._on_following_changed)
        pulse.ticked.connect(self._on_pulse_ticked)

    @property
    def window(self) -> MiniWindow | None:
        """Return the window, None before it was ever wanted."""
        return self._window

    @property
    def shown(self) -> bool:
        """Return whether the mini timer is seen."""
        return self._window is not None and self._window.isVisible()

    def show(self, *, focus: bool) -> bool:
        """Show the session followed, with the caret in the note if asked for; False where none is open."""
        reading = self._following.reading()
        if reading is None:
            return False
        window = self._window = self._window or self._made()
        window.show_reading(reading)
        if not window.isVisible():
            window.show_trouble("")
            self._put(window)
            window.show()
        if focus:
            window.take_focus()
        return True

    def hide(self) -> None:
        """Take it away; what is typed in the note stays."""
        if self._window is not None and self._window.isVisible():
            self._keep_place(self._window)
            self._window.hide()

    def close(self) -> None:
        """Take it away for good."""
        self.hide()
        if self._window is not None:
            self._window.deleteLater()
            self._window = None

    def _made(self) -> MiniWindow:
        window = MiniWindow()
        window.pause_pressed.connect(self.pause_or_resume)
        window.end_pressed.connect(self.end)
        window.expand_pressed.connect(self.expand)
        window.note_typed.connect(self._on_note_typed)
        window.seen_changed.connect(self._on_seen_changed)
        self._keyboard = Keyboard(
            window,
            {
                "F8": self.pause_or_resume,
                "Ctrl+E": self.end,
                "Ctrl+M": self.expand,
                "Ctrl+Tab": self._show_next,
                "Ctrl+Shift+Tab": self._show_previous,
            },
        )
        return window

    def _put(self, window: MiniWindow) -> None:
        rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        self._stood = placing.place(window.size(), self._at, rooms)
        window.move(self._stood)

    def _keep_place(self, window: MiniWindow) -> None:
        """Remember where a person has put it; what a program chose is chosen anew the next time."""
        if window.pos() == self._stood:
            return
        self._at = self._stood = window.pos()
        if self._keeps:
            settings.change(mini_place=(self._at.x(), self._at.y()))

    # --- what is done on it

    def pause_or_resume(self) -> None:
        """Stop the time of the session shown, or let it go on (F8)."""
        trouble = self._following.pause_or_resume()
        reading = self._following.reading()
        if self._window is None:
            return
        self._window.show_trouble(trouble)
        if reading is not None and not trouble:
            self._window.announce_state(reading.state_text)

    def end(self) -> None:
        """End the session shown; its report is looked at in the window."""
        session = self._following.session
        if session is not None:
            self.hide()
            self.end_wanted.emit(session.id)

    def expand(self) -> None:
        """Go to the session's page in the window."""
        session = self._following.session
        if session is not None:
            self.hide()
            self.window_wanted.emit(session.id)

    def _on_note_typed(self, line: str) -> None:
        saved = self._following.add_note(line)
        if self._window is None:
            return
        self._window.note.clear()
        # Kept and tried again like all that is typed: it is not to be typed twice.
        trouble = "" if saved else _("Could not be saved, is tried again.")
        self._window.show_trouble(trouble)
        if saved:
            self._window.announce_state(_("Note added."))

    def _show_next(self) -> None:
        self._following.step(1)

    def _show_previous(self) -> None:
        self._following.step(-1)

    # --- news

    def _on_seen_changed(self, seen: bool) -> None:
        self._pulse.set_seen_in(_PLACE, seen=seen)

    def _on_pulse_ticked(self) -> None:
        if self.shown:
            self._draw()

    def _on_following_changed(self) -> None:
        if self.shown:
            self._draw()

    def _draw(self) -> None:
        reading = self._following.reading()
        if reading is None:
            self.hide()
        elif self._window is not None:
            self._window.show_reading(reading)
