"""The template for a caller without an agreement: asked for with its address, sent, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.customers.search import Hit
from laverma_desk.ui.search.finding import Finding
from laverma_desk.ui.search.lock_line import LockLine
from laverma_desk.ui.search.panel import Mode, SearchPanel
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.template_sending import TemplateSending

if TYPE_CHECKING:
    from laverma_desk.services.agreements.reading import AgreementSheet
    from laverma_desk.services.agreements.template import QueuedTemplate


class TemplateOffer(QObject):
    """Works on the locked rows of the list, and on the check box of the exception."""

    def __init__(
        self, surroundings: Surroundings, panel: SearchPanel, finding: Finding, parent: QObject
    ) -> None:
        """Connect the list's links."""
        super().__init__(parent)
        self._desk, self._panel, self._finding = surroundings.desk, panel, finding
        self._sending = TemplateSending(surroundings, self)
        self._asked: Hit | None = None
        self._address = ""
        results = panel.results
        results.template_wanted.connect(self._on_results_template_wanted)
        results.send_confirmed.connect(self._on_results_send_confirmed)
        results.send_given_up.connect(self.give_up)
        results.take_back_wanted.connect(self._sending.take_back)
        self._sending.queued.connect(self._on_sending_queued)
        self._sending.refused.connect(self._on_sending_refused)
        self._sending.settled.connect(self._on_sending_settled)

    def address_for(self, hit: Hit) -> str:
        """Return where the template can go at once, "" where template or address is missing."""
        sheet = self._sheet(hit)
        return sheet.recipients[0] if sheet and sheet.template_name and sheet.recipients else ""

    def send_to(self, hit: Hit, address: str) -> None:
        """Send the template to an address that was seen."""
        self._asked = hit
        self._sending.send(hit.customer.id, address)

    @Slot()
    def advance(self) -> None:
        """Ask for the current row; where the address is shown already, send."""
        line = self._line()
        if line is None or self._panel.mode() is not Mode.LIST:
            return
        if line.is_asking():
            self._on_results_send_confirmed()
        else:
            self._ask(line)

    @Slot()
    def give_up(self) -> bool:
        """Show the reason of the current row again; return whether the address was asked about."""
        line = self._line()
        asking = line is not None and line.is_asking()
        place = self._panel.results.current()
        if line is not None:
            self._panel.results.row(place).show_reason()
        self._asked = None
        return asking

    def _line(self) -> LockLine | None:
        """Return the line below the current row, None where that is not locked."""
        results = self._panel.results
        place = results.current()
        return results.row(place).lock_line() if 0 <= place < results.count() else None

    def _sheet(self, hit: Hit) -> AgreementSheet | None:
        from laverma_desk.services.agreements.reading import agreement_sheet  # noqa: PLC0415 (see `hit_reading`)

        try:
            return agreement_sheet(self._desk, hit.customer.id)
        except DeskError:
            return None

    @Slot()
    def _on_results_template_wanted(self) -> None:
        line = self._line()
        if line is not None:
            self._ask(line)

    def _ask(self, line: LockLine) -> None:
        hit = self._finding.current()
        sheet = self._sheet(hit) if hit is not None else None
        if hit is None or sheet is None:
            return
        if not sheet.template_name:
            line.show_told(explain(RuleBroken(Rule.TEMPLATE_MISSING)), tone="red")
        elif not sheet.recipients:
            line.show_told(explain(RuleBroken(Rule.RECIPIENT_MISSING)), tone="red")
        else:
            self._asked, self._address = hit, sheet.recipients[0]
            line.show_question(self._address)

    @Slot()
    def _on_results_send_confirmed(self) -> None:
        if self._asked is not None:
            self._sending.send(self._asked.customer.id, self._address)

    def _on_sending_queued(self, queued: QueuedTemplate) -> None:
        line, hit = self._line(), self._finding.current()
        if line is not None and hit is not None and hit.customer.id == queued.customer_id:
            words = _("DPA template leaves in a moment for %(recipient)s.") % {"recipient": queued.recipient}
            line.show_told(words, back=True)

    def _on_sending_settled(self) -> None:
        line = self._line()
        if line is not None and not line.is_asking():
            self._panel.results.row(self._panel.results.current()).show_reason()

    def _on_sending_refused(self, error: DeskError) -> None:
        line = self._line()
        if line is not None:
            line.show_told(explain(error), tone="red")
        else:
            self._panel.show_problem(explain(error))
