"""The extract of the records at work: made beside everything else, called off at will, opened or kept."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Slot

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.services.agreements.evidence import EvidencePaper, earliest_day, make_evidence
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.ui.customers.agreements.card_view import CardView
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.report.paper_actions import PaperActions
from laverma_desk.ui.surroundings import Surroundings


def _make(
    desk: Desk, customer_id: int, progress: Progress, cancelled: Cancelled, *, first: date, last: date
) -> EvidencePaper:
    return make_evidence(desk, customer_id, first, last, progress=progress, cancelled=cancelled)


class EvidenceMaking(QObject):
    """Fills the card's form for the extract, and its result."""

    def __init__(self, surroundings: Surroundings, view: CardView, parent: QObject) -> None:
        """Connect the form."""
        super().__init__(parent)
        self._desk, self._view = surroundings.desk, view
        self._customer_id = 0
        self._made_for = 0
        self._job = LongJob(surroundings.background, self)
        self._paper = PaperActions(surroundings, view, self)
        form = view.period
        form.save_requested.connect(self.make)
        form.paper_opened.connect(self._paper.open_copy)
        form.copy_wanted.connect(self._paper.save)
        form.progress.cancelled.connect(self._job.cancel)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_job_stopped)
        self._paper.told.connect(self._on_paper_told)

    def begin(self, customer_id: int) -> None:
        """Ask for the period."""
        form = self._view.period
        today = local_day(self._desk.clock.now())
        if not self._job.running or self._customer_id != customer_id:
            form.begin(today, earliest_day(self._desk, customer_id) or today)
        self._customer_id = customer_id
        self._view.show_form(form)
        form.focus_field("first")

    def leave(self) -> None:
        """Call off what is being made: the form goes."""
        self._job.cancel()

    @Slot()
    def make(self) -> None:
        """Make the extract for the period."""
        form = self._view.period
        if self._job.running:
            return
        form.clear_errors()
        form.show_problem("")
        days: dict[str, date] = {}
        for name in ("first", "last"):
            value = form.value(name)
            if not isinstance(value, date):
                rule = Rule.DATE_INVALID if value else Rule.TEXT_MISSING
                form.show_error(name, explain(RuleBroken(rule, value=value)))
                form.focus_field(name)
                return
            days[name] = value
        if days["last"] < days["first"]:
            form.show_error("last", explain(RuleBroken(Rule.END_BEFORE_START)))
            form.focus_field("last")
            return
        form.show_running(running=True)
        self._made_for = self._customer_id
        work = partial(_make, self._desk, self._customer_id, first=days["first"], last=days["last"])
        self._job.run(work, self._on_made, self._on_failed)

    def _on_made(self, paper: EvidencePaper) -> None:
        self._view.period.show_running(running=False)
        if self._made_for == self._customer_id:
            self._paper.set_paper(paper.name, paper.pdf)
            self._view.period.show_paper(paper.name)
            self._view.period.paper.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self._view.period.show_running(running=False)
        if not isinstance(error, DeskError):
            raise error
        self._view.period.show_problem(explain(error))

    def _on_job_progressed(self, advance: Advance) -> None:
        self._view.period.progress.show_progress(advance.done, advance.total)

    def _on_job_stopped(self) -> None:
        self._view.period.show_running(running=False)

    def _on_paper_told(self, sentence: str, went_well: bool) -> None:
        if not went_well:
            self._view.period.show_problem(sentence)
