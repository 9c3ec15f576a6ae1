"""A ringing phone at work: the caller's record where nobody is disturbed, else a bar and one key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.domain.telephone import CallerId
from laverma_desk.i18n import _, ngettext
from laverma_desk.services import telephone
from laverma_desk.services.desk import Desk
from laverma_desk.services.telephone import Caller
from laverma_desk.ui import caller_words
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.stage import Stage
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.telephone.caller_bar import CallerBar

RINGING_MS = 120_000
"""How long a caller is shown: nobody lets a phone ring longer."""

MOST_CALLERS = 9


@dataclass(frozen=True)
class _Ringing:
    caller: Caller
    until: QDeadlineTimer


@dataclass(frozen=True)
class _Shown:
    """Who was last brought into the search, as it is read out, and the words that stand there since."""

    number: str
    typed: str
    until: QDeadlineTimer


class Telephone(QObject):
    """Shows who calls. While a session runs or something is being typed, that is a bar and nothing more.

    Emits `rang_unseen(sentence)` where nobody can see the bar, because the window is out of sight.
    """

    rang_unseen = Signal(str)

    def __init__(self, surroundings: Surroundings, shell: Shell, stage: Stage, parent: QObject) -> None:
        """Show nothing before somebody calls."""
        super().__init__(parent)
        self._surroundings, self._shell, self._stage = surroundings, shell, stage
        self._bar: CallerBar | None = None
        self._ringing: list[_Ringing] = []
        self._shown: _Shown | None = None
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.timeout.connect(self._on_gone_timeout)
        stage.caller_accepted.connect(self.accept)
        stage.search.session_started.connect(self._on_session_started)

    @property
    def bar(self) -> CallerBar | None:
        """Return the bar, None before the first caller that had to wait."""
        return self._bar

    def ring(self, caller: CallerId) -> None:
        """Look up who calls, and show it."""
        work = partial(_look_up, self._surroundings.desk, caller)
        self._surroundings.background.run(self, work, self._on_looked_up, _raise)

    def accept(self) -> None:
        """Open the search with the newest caller; a session that runs goes on, its notes are saved."""
        if not self._ringing:
            return
        if self._stage.search.unsaved:
            self._show_bar(_("A new customer is half typed. Create it, or close it with Esc, then accept."))
            return
        caller = self._ringing.pop().caller
        self._show_next()
        self._open(caller)

    def dismiss(self) -> None:
        """Forget the newest caller."""
        if self._ringing:
            self._ringing.pop()
        self._show_next()

    def stop(self) -> None:
        """Let nobody ring any more."""
        self._gone.stop()
        self._ringing.clear()

    def _on_looked_up(self, caller: Caller) -> None:
        # Many telephones say it twice, when it rings and when it is answered, and not always spelt alike.
        if self._is_shown(caller.shown):
            self._shell.bring_forward()
            return
        if not caller.caller_id.is_hidden and self._is_free():
            self._open(caller)
            self._shell.bring_forward()
            return
        self._ringing = [one for one in self._ringing if one.caller.shown != caller.shown]
        self._ringing.append(_Ringing(caller, QDeadlineTimer(RINGING_MS)))
        del self._ringing[:-MOST_CALLERS]
        self._show_next()
        if self._has_open_session():
            QApplication.alert(self._shell)
            if not self._shell.seen:
                self.rang_unseen.emit(caller_words.bar_sentence(caller))
        else:
            self._shell.bring_forward()

    def _open(self, caller: Caller) -> None:
        self._stage.show_new()
        self._stage.search.show_caller(caller)
        self._shown = _Shown(caller.shown, self._stage.search.typed, QDeadlineTimer(RINGING_MS))

    # --- whether somebody would be disturbed

    def _is_free(self) -> bool:
        """Return whether the search may come to the front: nothing runs, and nothing is being done there."""
        stage = self._stage
        if (
            self._has_open_session()
            or stage.front is stage.call
            or stage.later.is_report(stage.front)
            or stage.unsaved()
        ):
            return False
        if QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None:
            return False
        return self._search_is_free() if stage.front is stage.search else not _is_typing()

    def _is_shown(self, number: str) -> bool:
        """Return whether the search shows a caller already, as it was brought there."""
        stage, shown = self._stage, self._shown
        here = stage.front is stage.search and not self._has_open_session()
        return here and shown is not None and shown.number == number and shown.typed == stage.search.typed

    def _has_open_session(self) -> bool:
        return any(one.state is not SessionState.ENDED for one in self._stage.strip.sessions)

    def _search_is_free(self) -> bool:
        """Return whether nobody is chosen: Enter must not start for another than who was just looked at."""
        typed, shown = self._stage.search.typed, self._shown
        return not typed or (shown is not None and shown.typed == typed and shown.until.hasExpired())

    # --- the bar

    def _show_next(self) -> None:
        self._ringing = [one for one in self._ringing if not one.until.hasExpired()]
        if not self._ringing:
            self._gone.stop()
            self._hide_bar()
            return
        self._gone.start(max(1, min(one.until.remainingTime() for one in self._ringing)))
        self._show_bar(caller_words.bar_sentence(self._ringing[-1].caller))

    def _show_bar(self, sentence: str) -> None:
        if self._bar is None:
            self._bar = CallerBar(key_name("F9"))
            self._bar.accepted.connect(self.accept)
            self._bar.dismissed.connect(self.dismiss)
            self._shell.lay_over_notice(self._bar)
        waiting = len(self._ringing) - 1
        more = ngettext("%(count)s more", "%(count)s more", waiting) % {"count": text.number(waiting)}
        # Whatever the bar covers is not reached with Tab either.
        self._shell.notice.setEnabled(False)
        self._bar.show_caller(sentence, more if waiting else "")

    def _hide_bar(self) -> None:
        self._shell.notice.setEnabled(True)
        if self._bar is not None:
            self._bar.hide()

    def _on_gone_timeout(self) -> None:
        self._show_next()

    def _on_session_started(self, session: SupportSession) -> None:
        """Take the call away that somebody answered without the key."""
        self._ringing = [
            one
            for one in self._ringing
            if session.customer_id not in {hit.customer_id for hit in one.caller.customers}
        ]
        self._show_next()


def _look_up(desk: Desk, caller: CallerId) -> Caller:
    try:
        return telephone.who_calls(desk, caller.text)
    except DeskError:
        # A desk that cannot be read just now says so itself; the number is better than nothing.
        return telephone.unknown_caller(caller.text)


def _is_typing() -> bool:
    """Return whether there are words where the cursor stands."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit):
        return bool(focus.text()) and not focus.isReadOnly()
    return isinstance(focus, QPlainTextEdit) and bool(focus.toPlainText()) and not focus.isReadOnly()


def _raise(error: Exception) -> None:
    raise error
