"""Says that time runs before the window closes or the user logs off; it runs on whatever is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from laverma_desk import text
from laverma_desk.domain.clock import Clock, local_day
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.closing.farewell_bar import FarewellBar
from laverma_desk.ui.shell import Shell

_LOG_OFF_MS = 60_000
"""So long a log-off counts as going on: nobody tells a program that another one has stopped it."""


class SessionManager(Protocol):
    """What is needed of Qt's QSessionManager."""

    def allowsInteraction(self) -> bool:
        """Return whether there is time to ask something."""

    def release(self) -> None:
        """Let the log-off go on."""

    def cancel(self) -> None:
        """Stop the log-off."""


@dataclass(frozen=True)
class Farewell:
    """What is said of sessions whose time runs."""

    running: str
    going_on: str

    @property
    def sentence(self) -> str:
        """Return both sentences as one text."""
        return f"{self.running} {self.going_on}"


def farewell_of(sessions: list[SupportSession], now: datetime) -> Farewell | None:
    """Return what is to be said of these sessions before a farewell, None where no time runs."""
    found = [one for one in sessions if one.state is SessionState.RUNNING]
    if not found:
        return None
    going_on = _("It runs on, also while the program is closed.")
    if len(found) == 1:
        words = _("At %(customer)s the time has been running since %(time)s.")
        begin = found[0].begin
        today = local_day(begin) == local_day(now)
        time = text.clock_time(begin) if today else text.day_and_time(begin, now)
        return Farewell(words % {"customer": found[0].customer_name, "time": time}, going_on)
    words = ngettext(
        "The time of %(count)s session is running.", "The time of %(count)s sessions is running.", len(found)
    )
    return Farewell(words % {"count": text.number(len(found))}, going_on)


class FarewellQuestion(QObject):
    """Asks in a bar of the window, and at the log-off in a box if there is time for one.

    `sessions` gives what is open. Emits `close_accepted` and `mini_chosen`.
    """

    close_accepted = Signal()
    mini_chosen = Signal()

    def __init__(
        self, shell: Shell, sessions: Callable[[], list[SupportSession]], clock: Clock, parent: QObject
    ) -> None:
        """Ask nothing yet; the bar is made when it is needed first."""
        super().__init__(parent)
        self._shell, self._sessions, self._clock = shell, sessions, clock
        self._bar: FarewellBar | None = None
        self._focus: QWidget | None = None
        self._accepted = False
        self._log_off = QTimer(self)
        self._log_off.setSingleShot(True)
        self._log_off.setInterval(_LOG_OFF_MS)

    @property
    def bar(self) -> FarewellBar | None:
        """Return the bar, None before it was ever needed."""
        return self._bar

    @property
    def leaving(self) -> bool:
        """Return whether the user is logging off, so that nothing may be in the way of it."""
        return self._log_off.isActive()

    def leave(self) -> None:
        """Ask nothing for a minute: the user is logging off, or the system ends the program."""
        self._log_off.start()

    def sentence(self) -> str:
        """Return what is said of the time that runs; empty where none does."""
        found = self._found()
        return found.sentence if found else ""

    def _found(self) -> Farewell | None:
        return farewell_of(self._sessions(), self._clock.now())

    def holds(self) -> bool:
        """Ask where time runs, and return whether the window has to wait for the answer."""
        found = self._found()
        accepted, self._accepted = self._accepted, False
        if found is None or accepted or self.leaving:
            return False
        bar = self._bar = self._bar or self._made()
        if bar.isHidden():
            self._focus = self._shell.focusWidget()
        if not self._shell.seen:
            self._shell.bring_forward()  # Closed from the task bar: there the bar would not be seen.
        bar.ask(found.running, found.going_on)
        return True

    def look_again(self) -> None:
        """Take the question away when no time runs any more."""
        if self._bar is not None and self._bar.isVisible() and self._found() is None:
            self._on_stay_chosen()

    def ask_at_log_off(self, manager: SessionManager, loss: str) -> None:
        """Say at the log-off what is still to be said, where the desktop leaves the time for an answer.

        `loss` names what would be lost beside. Without an answer the log-off goes on.
        """
        words = "\n\n".join(filter(None, (loss, self.sentence())))
        self.leave()
        if not words or not manager.allowsInteraction():
            return
        if self._stays(words):
            self._log_off.stop()
            manager.cancel()
        else:
            manager.release()

    def _stays(self, words: str) -> bool:
        """Ask in a box and wait: the desktop takes the return for the answer."""
        box = QMessageBox(QMessageBox.Icon.Information, "Laverma Desk", words, parent=self._shell)
        stay = box.addButton(_("Stay open"), QMessageBox.ButtonRole.RejectRole)
        box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        loop = QEventLoop()
        box.finished.connect(loop.quit)
        box.open()
        loop.exec()
        stays = box.clickedButton() is stay
        box.deleteLater()
        return stays

    def _made(self) -> FarewellBar:
        bar = FarewellBar()
        bar.close_chosen.connect(self._on_close_chosen)
        bar.stay_chosen.connect(self._on_stay_chosen)
        bar.mini_chosen.connect(self._on_mini_chosen)
        self._shell.add_bar(bar)
        return bar

    def _on_close_chosen(self) -> None:
        self._accepted = True
        # Not from within the bar, which goes with the window.
        QTimer.singleShot(0, self, self.close_accepted.emit)

    def _on_stay_chosen(self) -> None:
        if self._bar is None:
            return
        inside = self._shell.focusWidget()
        had_focus = inside is not None and self._bar.isAncestorOf(inside)
        self._bar.hide()
        if had_focus and self._focus is not None and self._focus.isVisible():
            self._focus.setFocus()
        self._focus = None

    def _on_mini_chosen(self) -> None:
        self._on_stay_chosen()
        self.mini_chosen.emit()
