"""Says what came of a job or a form, in the line above the page, and shows the row that it is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError, Rule
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.customers import customer_record
from laverma_desk.services.invoicing import register
from laverma_desk.services.invoicing.issuing import IssueResult
from laverma_desk.services.invoicing.register import IssuedInvoice
from laverma_desk.ui.invoices.form.outcome import Outcome
from laverma_desk.ui.invoices.issuing_controller import IssuingController
from laverma_desk.ui.invoices.lists_controller import ListsController
from laverma_desk.ui.invoices.panel import InvoicesPanel
from laverma_desk.ui.invoices.rows import Kind, RowKey, Tab
from laverma_desk.ui.invoices.words import created_sentence, issued_sentence, tab_of
from laverma_desk.ui.long_job import Advance
from laverma_desk.ui.surroundings import Surroundings

_SHOWN_ANYWAY = frozenset({Rule.INVOICE_OBSTACLES, Rule.INVOICE_NEEDS})
"""What a draft says of itself, and no longer as soon as it is mended."""


class Outcomes(QObject):
    """Listens to the jobs. Emits `outbox_wanted(mail's row)`."""

    outbox_wanted = Signal(int)

    def __init__(
        self,
        surroundings: Surroundings,
        panel: InvoicesPanel,
        lists: ListsController,
        issuing: IssuingController,
        parent: QObject,
    ) -> None:
        """Have nothing to say yet."""
        super().__init__(parent)
        self._desk, self._panel, self._lists = surroundings.desk, panel, lists
        self._link: Callable[[], object] | None = None
        panel.notice.link_activated.connect(self._on_link_activated)
        issuing.began.connect(self._on_began)
        issuing.progressed.connect(self._on_progressed)
        issuing.ended.connect(panel.left.foot.end)
        issuing.created.connect(self._on_created)
        issuing.issued.connect(self._on_issued)
        issuing.many_issued.connect(self._on_many_issued)
        issuing.refused.connect(self.refuse)
        issuing.stopped.connect(self._on_stopped)

    def tell(self, sentence: str, went_well: bool) -> None:
        """Say something about the chosen row."""
        self._say(sentence, "green" if went_well else "red")

    def tell_exported(self, sentence: str, went_well: bool, open_folder: Callable[[], object]) -> None:
        """Say where a file lies, with the way there."""
        if went_well:
            self._say(sentence, "green", link=_("Open folder"), action=open_folder)
        else:
            self._say(sentence, "red")

    def refuse(self, error: DeskError) -> None:
        """Say why something was not done."""
        self._say(explain(error), "red")

    def clear(self) -> None:
        """Take back what was said."""
        self._link = None
        self._panel.notice.clear()

    def name_of(self, customer_id: int) -> str:
        """Return a customer's name, nothing where it is gone."""
        try:
            return customer_record.read_record(self._desk, customer_id).customer.name
        except DeskError:
            return ""

    def on_form_finished(self, outcome: Outcome) -> None:
        """Say what came of a form, and show what it made."""
        if outcome.message_id:
            link, action = _("Outbox"), partial(self.outbox_wanted.emit, outcome.message_id)
            self._say(outcome.sentence, "green", link=link, action=action)
        else:
            self._say(outcome.sentence, "green")
        chosen = self._lists.current()
        # Documents and drafts are counted apart: one's row may be the other's.
        if outcome.invoice_id and chosen != RowKey(Kind.INVOICE, outcome.invoice_id):
            row = register.read_invoice(self._desk, outcome.invoice_id).row
            self._lists.show_row(tab_of(row), RowKey(Kind.INVOICE, row.id))
        elif outcome.draft_id and chosen != RowKey(Kind.DRAFT, outcome.draft_id):
            self._lists.show_row(Tab.DRAFTS, RowKey(Kind.DRAFT, outcome.draft_id))

    # --- what jobs say

    def _on_began(self, what: str) -> None:
        self._lists.held.refused.clear()
        self._panel.left.foot.begin(what)

    def _on_progressed(self, advance: Advance) -> None:
        if advance.total > 1:
            self._panel.left.foot.progress.show_progress(advance.done, advance.total)

    def _on_created(self, draft_ids: tuple[int, ...]) -> None:
        self._say(created_sentence(len(draft_ids)), "green")
        self._lists.held.draft_choice.ticked |= set(draft_ids)
        if draft_ids:
            self._lists.show_row(Tab.DRAFTS, RowKey(Kind.DRAFT, draft_ids[0]))

    def _on_issued(self, issued: IssuedInvoice) -> None:
        self._say(_("%(number)s is issued.") % {"number": issued.row.number}, "green")
        self._lists.show_row(tab_of(issued.row), RowKey(Kind.INVOICE, issued.row.id))

    def _on_many_issued(self, result: IssueResult) -> None:
        refused = [number for number, error in result.refused if error.code is not Rule.DRAFT_UNKNOWN]
        gone = len(result.refused) - len(refused)
        sentence = issued_sentence(len(result.issued), len(refused), gone, cancelled=result.cancelled)
        self._lists.held.refused.update(
            {number: explain(error) for number, error in result.refused if error.code not in _SHOWN_ANYWAY}
        )
        self._lists.held.draft_choice.ticked -= {number for number, _error in result.refused}
        if refused:
            first = RowKey(Kind.DRAFT, refused[0])
            self._say(sentence, "red", link=_("Show why"), action=partial(self._show_refused, first))
        else:
            self._say(sentence, "amber" if result.cancelled or gone else "green")
        if result.issued and not result.refused and not result.cancelled:
            row = result.issued[0]
            self._lists.show_row(tab_of(row), RowKey(Kind.INVOICE, row.id))

    def _show_refused(self, key: RowKey) -> None:
        self._lists.show_row(Tab.DRAFTS, key)
        self._panel.left.focus_list()

    def _on_stopped(self) -> None:
        self._say(_("Stopped. No draft was created."), "amber")

    def _say(
        self, sentence: str, tone: str, *, link: str = "", action: Callable[[], object] | None = None
    ) -> None:
        self._link = action
        icon = "check" if tone == "green" else "warning"
        self._panel.notice.show_notice(sentence, icon=icon, tone=tone, link=link)

    def _on_link_activated(self) -> None:
        if self._link is not None:
            self._link()
