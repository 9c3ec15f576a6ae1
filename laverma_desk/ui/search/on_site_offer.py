"""Where remote support is no way: an attempt is kept without a clock, a visit is made instead."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.explain import explain
from laverma_desk.services.customers.search import Hit
from laverma_desk.ui.search.finding import Finding
from laverma_desk.ui.search.panel import Mode, SearchPanel
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.visit_wish import VisitWish


class OnSiteOffer(QObject):
    """Works on the current hit.

    Emits `attempt_recorded(SupportSession)`, `visit_wanted(VisitWish)` and `history_wanted(customer)`;
    `last_visit_wanted` where a visit is asked for and no hit says to whom.
    """

    attempt_recorded = Signal(object)
    visit_wanted = Signal(object)
    last_visit_wanted = Signal()
    history_wanted = Signal(int)

    def __init__(
        self, surroundings: Surroundings, panel: SearchPanel, finding: Finding, parent: QObject
    ) -> None:
        """Connect the links of the list, of the exception and of the panel beside them."""
        super().__init__(parent)
        self._surroundings, self._panel, self._finding = surroundings, panel, finding
        panel.results.visit_wanted.connect(self.want_visit)
        panel.exception.visit_wanted.connect(self.want_visit)
        panel.hit.not_possible.visit_wanted.connect(self.want_visit)
        panel.hit.not_possible.reason_chosen.connect(self._on_reason_chosen)
        panel.hit.not_possible.menu_closed.connect(self._on_menu_closed)
        panel.hit.history_wanted.connect(self._on_history_wanted)

    @Slot()
    def want_visit(self) -> None:
        """Ask for a visit at the current hit (Alt+O), or where the last attempt failed."""
        hit = self._hit()
        if hit is None:
            self.last_visit_wanted.emit()
            return
        self.visit_wanted.emit(VisitWish(hit.customer.id, hit.workstation.id if hit.workstation else None))

    @Slot()
    def open_menu(self) -> None:
        """Offer the reasons why the current hit cannot be helped from afar (Alt+M)."""
        if self._hit() is not None and self._panel.hit.offers_attempt():
            self._panel.hit.not_possible.open_menu(self._panel.list_bar)

    def _hit(self) -> Hit | None:
        return None if self._panel.mode() is Mode.FORM else self._finding.current()

    def _on_reason_chosen(self, reason: NotPossible) -> None:
        hit = self._hit()
        if hit is None or hit.workstation is None:
            return
        from laverma_desk.services.corrections import record_attempt  # noqa: PLC0415 (no start needs it)

        try:
            result = record_attempt(self._surroundings.desk, hit.workstation.id, reason)
        except DeskError as error:
            self._panel.show_problem(explain(error))
            return
        self.attempt_recorded.emit(self._surroundings.bus.publish(result))

    def _on_menu_closed(self) -> None:
        if self._panel.isVisible() and self._panel.mode() is Mode.LIST:
            self._panel.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_history_wanted(self) -> None:
        hit = self._hit()
        if hit is not None:
            self.history_wanted.emit(hit.customer.id)
