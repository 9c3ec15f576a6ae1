"""Tries the mail account as it is typed, off the GUI thread, and can be stopped."""

from __future__ import annotations

import threading
from concurrent.futures import Future

from PySide6.QtCore import QObject

from laverma_desk import text
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.mail_outcome import Outcome
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.mails.attempting import try_account
from laverma_desk.ui.background import Lane
from laverma_desk.ui.settings.mail_words import trial_sentence
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.settings.trial_row import TrialRow
from laverma_desk.ui.surroundings import Surroundings


class _Run(QObject):
    """One test; it is dropped with its owner, so that a late answer reaches nobody."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.stop = threading.Event()
        self.future: Future[None] | None = None


class ConnectionTrial(QObject):
    """One for the section of the mail account. Nothing is sent, and nothing is saved."""

    def __init__(self, section: Section, row: TrialRow, surroundings: Surroundings) -> None:
        super().__init__(section)
        self._section, self._row, self._surroundings = section, row, surroundings
        self._run: _Run | None = None
        row.test_requested.connect(self.start)
        row.cancel_requested.connect(self.cancel)

    @property
    def running(self) -> bool:
        """Return whether a test runs."""
        return self._run is not None

    def start(self) -> None:
        """Test what is typed; what is wrong with it is shown at its field first."""
        if self._run is not None or self._surroundings.desk.demo:
            return
        prepared = self._section.prepared()
        if prepared is None:
            return
        account: MailAccount
        account, password = prepared
        if not account.host:
            self._section.refuse(RuleBroken(Rule.TEXT_MISSING, field="host"))
            return
        run = self._run = _Run(self)
        desk = self._surroundings.desk

        def work() -> Outcome:
            return try_account(desk, account, password, cancelled=run.stop.is_set)

        self._row.show_testing()
        run.future = self._surroundings.background.run(
            run, work, self._on_tried, self._on_refused, Lane.NETWORK
        )

    def cancel(self) -> None:
        """Stop a test; its answer, should it come, is not waited for."""
        if self._end():
            self._row.show_failure(_("Stopped."))

    def forget(self) -> None:
        """Take away what was said: something else is typed now. A running test is stopped."""
        self._end()
        if not self._surroundings.desk.demo:
            self._row.clear()

    def _end(self) -> bool:
        run, self._run = self._run, None
        if run is None:
            return False
        run.stop.set()
        if run.future is not None:
            run.future.cancel()
        run.deleteLater()
        return True

    def _on_tried(self, outcome: Outcome) -> None:
        if not self._end():
            return
        if outcome.failure is None:
            when = text.date_time(self._surroundings.desk.clock.now())
            self._row.show_success(_("Connection works, tested %(time)s") % {"time": when})
        else:
            self._row.show_failure(trial_sentence(outcome.failure), outcome.answer)

    def _on_refused(self, error: Exception) -> None:
        self._end()
        if isinstance(error, RuleBroken) and error.field in self._section.form.names():
            self._row.clear()
            self._section.refuse(error)
        elif isinstance(error, DeskError):
            self._row.show_failure(explain(error))
        else:
            self._row.clear()
            raise error
