"""Makes drafts and issues invoices beside everything else, one job at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done, Topic
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import DraftWish, create_drafts
from laverma_desk.services.invoicing.issuing import IssueResult, issue_invoice, issue_many, issue_open
from laverma_desk.services.invoicing.register import IssuedInvoice
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.ui.long_job import LongJob
from laverma_desk.ui.surroundings import Surroundings

Work = Callable[[Progress, Cancelled], Done[Any]]


class IssuingController(QObject):
    """Emits `began(words)`, `progressed(Advance)` and `ended` around every job, and what came of it.

    That is `created(ids of drafts)`, `issued(IssuedInvoice)`, `many_issued(IssueResult)`,
    `refused(DeskError)`, `stopped` where making drafts was called off.
    """

    began = Signal(str)
    progressed = Signal(object)
    ended = Signal()
    created = Signal(object)
    issued = Signal(object)
    many_issued = Signal(object)
    refused = Signal(object)
    stopped = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Be at rest."""
        super().__init__(parent)
        self._desk, self._bus = surroundings.desk, surroundings.bus
        self._job = LongJob(surroundings.background, self)
        self._job.progressed.connect(self.progressed)
        self._job.stopped.connect(self._on_job_stopped)

    @property
    def running(self) -> bool:
        """Return whether a job runs."""
        return self._job.running

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._job.cancel()

    def create(self, wishes: Sequence[DraftWish], until: date) -> None:
        """Make a draft for each wish, or none at all."""
        work = partial(create_drafts, self._desk, tuple(wishes), until)
        self._run(_("Drafts are created …"), work, self._on_created)

    def issue_drafts(self, draft_ids: Sequence[int]) -> None:
        """Issue these drafts one after the other; one that is refused does not keep the others."""
        work = partial(issue_many, self._desk, tuple(draft_ids))
        self._run(_("Invoices are issued …"), work, self._on_many_issued)

    def issue_draft(self, draft_id: int) -> None:
        """Issue a single draft."""
        self._run(_("The invoice is issued …"), partial(_issue_draft, self._desk, draft_id), self._on_issued)

    def issue_open(self, wish: DraftWish, until: date) -> None:
        """Issue open sessions of a customer at once."""
        work = partial(_issue_open, self._desk, wish, until)
        self._run(_("The invoice is issued …"), work, self._on_issued)

    def _run(self, what: str, work: Work, on_success: Callable[[Done[Any]], None]) -> None:
        if self._job.running:
            return
        self.began.emit(what)
        self._job.run(work, on_success, self._on_failed)

    def _on_created(self, done: Done[tuple[int, ...]]) -> None:
        self.ended.emit()
        self.created.emit(done.value)
        self._bus.publish(done)

    def _on_issued(self, done: Done[IssuedInvoice]) -> None:
        self.ended.emit()
        self.issued.emit(done.value)
        self._bus.publish(done)

    def _on_many_issued(self, done: Done[IssueResult]) -> None:
        self.ended.emit()
        self.many_issued.emit(done.value)
        self._bus.publish(done)

    def _on_failed(self, error: Exception) -> None:
        self.ended.emit()
        if not isinstance(error, DeskError):
            raise error
        self.refused.emit(error)
        # What was read before the attempt is not true any more, or the attempt had not been refused.
        self._bus.announce(Topic.INVOICES)

    def _on_job_stopped(self) -> None:
        self.ended.emit()
        self.stopped.emit()


def _issue_draft(
    desk: Desk, draft_id: int, _progress: Progress, _cancelled: Cancelled
) -> Done[IssuedInvoice]:
    return issue_invoice(desk, draft_id)


def _issue_open(
    desk: Desk, wish: DraftWish, until: date, _progress: Progress, _cancelled: Cancelled
) -> Done[IssuedInvoice]:
    return issue_open(desk, wish, until)
