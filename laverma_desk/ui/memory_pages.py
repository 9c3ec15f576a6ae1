"""The desk's memory beside the call: history, customers, invoices and figures, and the ways between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from laverma_desk.i18n import _
from laverma_desk.ui.shell import HISTORY, STATISTICS
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.ui.audit.controller import AuditController
    from laverma_desk.ui.customers.controller import CustomersController
    from laverma_desk.ui.handover.controller import HandoverController
    from laverma_desk.ui.history.controller import HistoryController
    from laverma_desk.ui.history.wish import Wish
    from laverma_desk.ui.invoices.controller import InvoicesController
    from laverma_desk.ui.reconciling.controller import ReconcilingController
    from laverma_desk.ui.statistics.controller import StatisticsController


class MemoryPages(QObject):
    """Owns the pages. Emits what only the stage can do.

    `history_wanted`, `customers_wanted` and `invoices_wanted` ask for a page in front,
    `page_wanted(Page, rail key)` for any other,
    `start_wanted(workstation)` for a new session, `mail_wanted(message)` for a mail of the outbox,
    `settings_wanted(page)` for the settings; `report_queued(QueuedReport)` says that a report leaves.
    """

    history_wanted = Signal()
    page_wanted = Signal(object, str)
    reconciling_attended = Signal(bool)
    customers_wanted = Signal()
    invoices_wanted = Signal()
    mail_wanted = Signal(int)
    start_wanted = Signal(int)
    report_queued = Signal(object)
    settings_wanted = Signal(str)

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Load and make no page before somebody wants it: while the phone rings there is no time for them."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._history: HistoryController | None = None
        self._customers: CustomersController | None = None
        self._invoices: InvoicesController | None = None
        self._reconciling: ReconcilingController | None = None
        self._statistics: StatisticsController | None = None
        self._audit: AuditController | None = None
        self._handover: HandoverController | None = None

    @property
    def history(self) -> HistoryController:
        """Return the page of ended sessions."""
        if self._history is None:
            from laverma_desk.ui.history.controller import HistoryController  # noqa: PLC0415 (see __init__)

            self._history = made = HistoryController(self._surroundings, self)
            made.session_wanted.connect(self.start_wanted)
            made.report_queued.connect(self.report_queued)
            made.invoice_wanted.connect(self._on_invoice_wanted)
            made.reconciling_wanted.connect(self.show_reconciling)
        return self._history

    @property
    def reconciling(self) -> ReconcilingController:
        """Return the page that compares sessions with the logs of the remote tools."""
        if self._reconciling is None:
            from laverma_desk.ui.reconciling.controller import (  # noqa: PLC0415 (see __init__)
                ReconcilingController,
            )

            self._reconciling = made = ReconcilingController(self._surroundings, self)
            made.left.connect(self.history_wanted)
            made.attended.connect(self.reconciling_attended)
        return self._reconciling

    @Slot()
    def show_reconciling(self) -> None:
        """Ask for that page in front."""
        self.page_wanted.emit(self.reconciling, HISTORY)

    @property
    def customers(self) -> CustomersController:
        """Return the page of customers."""
        if self._customers is None:
            from laverma_desk.ui.customers.controller import CustomersController  # noqa: PLC0415 (see __init__)

            self._customers = made = CustomersController(self._surroundings, self)
            made.start_wanted.connect(self.start_wanted)
            made.settings_wanted.connect(self.settings_wanted)
            made.history_wanted.connect(self.show_history_of)
            made.invoice_wanted.connect(self._on_invoice_wanted)
            made.statement_wanted.connect(self._on_statement_wanted)
        return self._customers

    @property
    def invoices(self) -> InvoicesController:
        """Return the page of what is billed."""
        if self._invoices is None:
            from laverma_desk.ui.invoices.controller import InvoicesController  # noqa: PLC0415 (see __init__)

            self._invoices = made = InvoicesController(self._surroundings, self)
            made.session_wanted.connect(self._on_session_wanted)
            made.customer_wanted.connect(self._on_customer_wanted)
            made.settings_wanted.connect(self.settings_wanted)
            made.outbox_wanted.connect(self.mail_wanted)
        return self._invoices

    @property
    def statistics(self) -> StatisticsController:
        """Return the page of figures."""
        if self._statistics is None:
            from laverma_desk.ui.statistics.controller import (  # noqa: PLC0415 (see __init__)
                StatisticsController,
            )

            self._statistics = made = StatisticsController(self._surroundings, self)
            made.sessions_wanted.connect(self._on_sessions_wanted)
            made.handover_wanted.connect(self.show_handover)
            made.audit_wanted.connect(self.show_audit)
        return self._statistics

    @property
    def handover(self) -> HandoverController:
        """Return the page for the tax adviser and the tax audit."""
        if self._handover is None:
            from laverma_desk.ui.handover.controller import HandoverController  # noqa: PLC0415 (see __init__)

            self._handover = made = HandoverController(self._surroundings, self)
            made.left.connect(self.show_statistics)
            made.settings_wanted.connect(self.settings_wanted)
            made.customer_wanted.connect(self._on_customer_wanted)
            made.invoice_wanted.connect(self._on_invoice_wanted)
        return self._handover

    @Slot(str)
    def show_handover(self, kind: str) -> None:
        """Ask for that page in front, with the card of "datev" or "gdpdu"."""
        self.handover.show(kind)
        self.page_wanted.emit(self.handover, STATISTICS)

    @property
    def audit(self) -> AuditController:
        """Return the page that checks the books."""
        if self._audit is None:
            from laverma_desk.ui.audit.controller import AuditController  # noqa: PLC0415 (see __init__)

            self._audit = made = AuditController(self._surroundings, self)
            made.left.connect(self.show_statistics)
            made.locked_wanted.connect(self._on_locked_wanted)
        return self._audit

    @Slot()
    def show_audit(self) -> None:
        """Ask for that page in front."""
        self.page_wanted.emit(self.audit, STATISTICS)

    @Slot()
    def show_statistics(self) -> None:
        """Ask for the figures in front."""
        self.page_wanted.emit(self.statistics, STATISTICS)

    def unsaved(self) -> list[str]:
        """Return the names of the pages on which something is typed and not saved."""
        names = []
        if self._history is not None and self._history.forms.unsaved:
            names.append(_("History"))
        if self._customers is not None and self._customers.unsaved:
            names.append(_("Customers"))
        return names

    def close(self) -> None:
        """Let go of the papers that are shown: PDFium wants each document closed before the program ends."""
        pages = [
            page for page in (self._history, self._customers, self._invoices, self._audit) if page is not None
        ]
        if not pages:
            return
        from laverma_desk.ui.widgets.pdf_view import PdfView  # noqa: PLC0415 (such a page has loaded it)

        for page in pages:
            for view in page.panel.findChildren(PdfView):
                view.clear()

    @Slot(int)
    def show_history_of(self, customer_id: int) -> None:
        """Ask for the history of one customer in front."""
        self.history.show_customer(customer_id)
        self.history_wanted.emit()

    @Slot(object)
    def _on_sessions_wanted(self, wish: Wish) -> None:
        self.history.show_wish(wish)
        self.history_wanted.emit()

    @Slot(int)
    def _on_session_wanted(self, session_id: int) -> None:
        self.history.show_session(session_id)
        self.history_wanted.emit()

    @Slot(int)
    def _on_customer_wanted(self, customer_id: int) -> None:
        self.customers.show_customer(customer_id)
        self.customers_wanted.emit()

    @Slot()
    def _on_locked_wanted(self) -> None:
        self.customers_wanted.emit()
        self.customers.places.show_locked()

    @Slot(str)
    def _on_invoice_wanted(self, number: str) -> None:
        self.invoices.show_invoice(number)
        self.invoices_wanted.emit()

    @Slot(int)
    def _on_statement_wanted(self, customer_id: int) -> None:
        self.invoices.show_statement(customer_id)
        self.invoices_wanted.emit()
