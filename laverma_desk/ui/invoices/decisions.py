"""What is decided on the invoice page: by a button, by a key, always about what is in view."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import DeskError
from laverma_desk.services.invoicing import drafts
from laverma_desk.ui.invoices.export_controller import ExportController
from laverma_desk.ui.invoices.forms import Forms
from laverma_desk.ui.invoices.issued_content import IssuedContent
from laverma_desk.ui.invoices.issuing_controller import IssuingController
from laverma_desk.ui.invoices.lists_controller import ListsController
from laverma_desk.ui.invoices.outcomes import Outcomes
from laverma_desk.ui.invoices.panel import InvoicesPanel
from laverma_desk.ui.invoices.paper_controller import PaperController
from laverma_desk.ui.invoices.rows import Kind, Tab
from laverma_desk.ui.invoices.toolbar import Action
from laverma_desk.ui.report.paper_actions import PaperActions
from laverma_desk.ui.surroundings import Surroundings


@dataclass(frozen=True)
class Parts:
    """What the decisions work with."""

    surroundings: Surroundings
    panel: InvoicesPanel
    lists: ListsController
    paper: PaperController
    issuing: IssuingController
    forms: Forms
    outcomes: Outcomes


class Decisions(QObject):
    """Carries out what is wanted, if it may be."""

    def __init__(self, parts: Parts, parent: QObject) -> None:
        """Be ready to print and to export what is shown."""
        super().__init__(parent)
        self._surroundings, self._desk = parts.surroundings, parts.surroundings.desk
        self._panel, self._lists, self._paper = parts.panel, parts.lists, parts.paper
        self._issuing, self._forms, self._outcomes = parts.issuing, parts.forms, parts.outcomes
        self.prints = PaperActions(parts.surroundings, parts.panel, self)
        self.exports = ExportController(self._desk, parts.panel, self)
        self._issuing.began.connect(self._on_issuing_began)
        self._issuing.ended.connect(self._on_issuing_ended)
        self.prints.told.connect(self._outcomes.tell)
        self.exports.told.connect(self._on_exported)

    def do(self, action: Action) -> None:
        """Do what a button says with what is shown, if it may be done."""
        subject, paper = self._paper.subject, self._paper.paper
        if subject is None or self._forms.is_open or not self._panel.paper.toolbar.take(action):
            return
        self._outcomes.clear()
        if action is Action.ISSUE:
            self._issue()
        elif action is Action.EDIT:
            self._forms.edit_draft(subject.id)
        elif action is Action.DISCARD:
            self._discard(subject.id)
        elif action is Action.SEND:
            self._forms.send(subject.id)
        elif action is Action.PAY:
            self._forms.book_payment(subject.id)
        elif action is Action.CANCEL:
            self._forms.cancel_invoice(subject.id)
        elif action is Action.EXPORT and paper is not None:
            self.exports.ask(paper, xml_first=subject.format is InvoiceFormat.XRECHNUNG)
        elif action is Action.PRINT and paper is not None:
            self.prints.set_paper(paper.name, paper.pdf)
            self.prints.print()

    def _issue(self) -> None:
        subject = self._paper.subject
        if subject is None:
            return
        if subject.kind is Kind.DRAFT:
            self._issuing.issue_draft(subject.id)
        elif subject.wish is not None:
            self._issuing.issue_open(subject.wish, self._lists.held.until)

    def _discard(self, draft_id: int) -> None:
        try:
            done = drafts.discard_draft(self._desk, draft_id)
        except DeskError as error:
            self._outcomes.refuse(error)
            return
        self._surroundings.bus.publish(done)
        self._panel.left.focus_list()

    def go_on(self) -> None:
        """Do what the button below the list says."""
        button = self._panel.left.foot.button
        if self._issuing.running or button.isHidden() or button.is_blocked() or not self.leave_form():
            return
        self._outcomes.clear()
        if self._lists.held.tab is Tab.OPEN:
            self._issuing.create(self._lists.held.wishes(), self._lists.held.until)
        elif self._lists.held.tab is Tab.DRAFTS:
            self._issuing.issue_drafts(self._lists.held.ticked_drafts())
        else:
            content = self._lists.held.content()
            if isinstance(content, IssuedContent):
                self._forms.send_many(content.unsent())

    def remind(self) -> None:
        """Open the list of those who have not paid in time, at the customer of the chosen row."""
        subject = self._paper.subject
        if self.leave_form():
            self._outcomes.clear()
            self._forms.remind(subject.customer_id if subject else 0)

    def write_statement(self) -> None:
        """Open the form of a statement, for the customer of the chosen row."""
        subject = self._paper.subject
        self.write_statement_for(subject.customer_id if subject else None)

    def write_statement_for(self, customer_id: int | None) -> None:
        """Open the form of a statement for a customer, or for one that is chosen there."""
        if self.leave_form():
            self._outcomes.clear()
            self._forms.write_statement(customer_id)

    def leave_form(self) -> bool:
        """Leave the form that is open as Escape does; return whether none is open now."""
        leave = self._forms.keys().get("Escape") if self._forms.is_open else None
        if leave is not None:
            leave()
        return not self._forms.is_open

    def _on_issuing_began(self, what: str) -> None:
        self._paper.set_busy(what)
        self._lists.set_busy(what)

    def _on_issuing_ended(self) -> None:
        self._paper.set_busy("")
        self._lists.set_busy("")

    def _on_exported(self, sentence: str, went_well: bool) -> None:
        self._outcomes.tell_exported(sentence, went_well, self.exports.open_folder)
