"""Brings what was still being typed to a session that is somebody else's now, and loses no word of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from laverma_desk.domain.errors import DeskError, OutsideTrouble
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.alone import is_alone
from laverma_desk.services.calls import handing_over
from laverma_desk.services.changes import Done
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.together.passing_notice import PassingNotice

AGAIN_MS = 5000


@dataclass(frozen=True, eq=False)
class _Words:
    session: SupportSession
    texts: tuple[str, str]


class LastWords(QObject):
    """Writes them below the notes, again and again if need be; what a rule forbids goes to the clipboard."""

    def __init__(self, surroundings: Surroundings, notice: PassingNotice, parent: QObject) -> None:
        """Have nothing to bring yet."""
        super().__init__(parent)
        self._surroundings, self._notice = surroundings, notice
        self._waiting: list[_Words] = []
        self._writing = threading.Lock()
        self._on_clipboard = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def bring(self, session: SupportSession, texts: tuple[str, str]) -> None:
        """Write what was typed below a session's notes and internal note; what is refused now, later."""
        words = _Words(session, texts)
        self._waiting.append(words)
        outcome = self._write(words)
        self._take(words, outcome)
        if isinstance(outcome, OutsideTrouble):
            later = _("What was still being typed there is added as soon as possible.")
            self._notice.say(f"{explain(outcome)} {later}")

    def give_back(self, texts: tuple[str, str], error: DeskError) -> None:
        """Put on the clipboard what can be written nowhere, and say why."""
        clipboard = QGuiApplication.clipboard()
        # Also that of another session, unless somebody has copied something since.
        before = self._on_clipboard if clipboard.text() == self._on_clipboard else ""
        self._on_clipboard = "\n\n".join(one for one in (before, *texts) if one.strip())
        clipboard.setText(self._on_clipboard, QClipboard.Mode.Clipboard)
        there = _("What was still being typed there is on the clipboard.")
        self._notice.say(f"{explain(error)} {there}")

    def unsaved(self) -> list[str]:
        """Try once more here and now; return the names of what is still to be written."""
        for words in list(self._waiting):
            self._take(words, self._write(words))
        return [_("Notes on %(customer)s") % {"customer": one.session.customer_name} for one in self._waiting]

    def stop(self) -> None:
        """Try no more."""
        self._timer.stop()

    def _write(self, words: _Words) -> Done[None] | DeskError:
        """Write, from any thread. Lines that stand there already are left out: a second time does no harm."""
        with self._writing:
            try:
                return handing_over.add_notes(self._surroundings.desk, words.session.id, *words.texts)
            except DeskError as error:
                return error

    def _take(self, words: _Words, outcome: Done[None] | DeskError) -> None:
        if words not in self._waiting:
            return  # Closing was quicker.
        if isinstance(outcome, OutsideTrouble):
            self._timer.start()
            return
        self._waiting.remove(words)
        if isinstance(outcome, DeskError):
            self.give_back(words.texts, outcome)
        else:
            self._surroundings.bus.publish(outcome)

    def _on_timer_timeout(self) -> None:
        if is_alone(self._surroundings.desk):
            self._timer.start()
            return
        for words in self._waiting:
            self._surroundings.background.run(
                self, partial(self._write, words), partial(self._take, words), self._on_crashed
            )

    def _on_crashed(self, error: Exception) -> None:
        raise error
