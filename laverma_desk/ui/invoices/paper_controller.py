"""Brings the paper of the chosen row: a slow one never takes the place of one that was chosen later."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.ui.invoices.obstacle_words import need_hint
from laverma_desk.ui.invoices.paper_panel import PaperPanel
from laverma_desk.ui.invoices.papers import Paper, Subject
from laverma_desk.ui.invoices.toolbar import Action
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.surroundings import Surroundings

WALKING_PAUSE = 60
"""Milliseconds on a row after which its paper is made: who walks through the list waits for none."""


class PaperController(QObject):
    """Shows a Subject, and its paper as soon as that is there."""

    def __init__(self, surroundings: Surroundings, panel: PaperPanel, parent: QObject) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._desk, self._panel = surroundings.desk, panel
        self.subject: Subject | None = None
        self.paper: Paper | None = None
        self._keep_place = False
        self._loading = False
        self._busy, self._refusal = "", ""
        self._reading = LatestRead(surroundings, self)
        self._reading.loaded.connect(self._on_loaded)
        self._reading.failed.connect(self._on_failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WALKING_PAUSE)
        self._timer.timeout.connect(self._fetch)

    def show(self, subject: Subject | None, *, stale: bool = False) -> None:
        """Show what a row stands for; `stale` makes the paper anew even for the same one."""
        before, self.subject = self.subject, subject
        same = before is not None and subject is not None and before.identity == subject.identity
        if same and subject is not None and self.paper is not None and not stale:
            self._panel.head.show_headline(subject.headline)
            self._show_state()
            return
        self._reading.stop()
        again = (
            before is not None
            and subject is not None
            and (before.kind, before.id) == (subject.kind, subject.id)
        )
        self._keep_place = again
        if not again or self.paper is None:
            self.paper = None
            self._panel.begin(subject.headline if subject else None)
        elif subject is not None:
            self._panel.head.show_headline(subject.headline)
        self._loading = True
        self._show_state()
        if subject is None:
            self._timer.stop()
        else:
            self._timer.start()

    def set_busy(self, reason: str) -> None:
        """Block what would change something while a job runs; an empty reason ends it."""
        self._busy = reason
        self._show_state()

    def rest(self) -> None:
        """Stop waiting, because the page is left."""
        self._panel.rest()

    @property
    def is_waiting(self) -> bool:
        """Return whether the paper of the chosen row is still to come."""
        return self.subject is not None and self._loading

    def _fetch(self) -> None:
        if self.subject is not None:
            self._reading.start(partial(self.subject.fetch, self._desk))

    def _on_loaded(self, paper: Paper) -> None:
        self._loading = False
        self.paper = paper
        self._panel.show_paper(paper.pdf, keep_place=self._keep_place)
        self._show_state()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._loading = False
        self.paper = None
        self._refusal = explain(error)
        self._panel.show_sentence(self._refusal)
        self._show_state()

    def _show_state(self) -> None:
        """Show the hints and the buttons as far as they are known."""
        subject, paper = self.subject, self.paper
        if subject is None:
            self._panel.show_hints(())
            self._panel.toolbar.show_actions((), {}, tonal=None)
            return
        missing = [need_hint(one, subject.customer_id) for one in paper.needs] if paper else []
        hints = [*subject.hints, *(one for one in missing if one not in subject.hints)]
        hints.sort(key=lambda one: not one.blocking)
        self._panel.show_hints(hints)
        blocked = dict(subject.blocked)
        if Action.ISSUE not in blocked:
            reason = next((one.sentence for one in hints if one.blocking), "")
            if not reason and self._loading:
                reason = _("The preview is not there yet.")
            if not reason and paper is None:
                reason = self._refusal
            if reason:
                blocked[Action.ISSUE] = reason
        if paper is None:
            for action in (Action.PRINT, Action.EXPORT):
                blocked.setdefault(action, _("The paper is not there yet."))
        if self._busy:
            for action in (Action.ISSUE, Action.EDIT, Action.DISCARD, Action.CANCEL):
                blocked[action] = self._busy
        self._panel.toolbar.show_actions(
            subject.actions, blocked, tonal=subject.tonal, plain_pdf=subject.plain_pdf
        )
