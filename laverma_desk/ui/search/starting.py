"""From the customer that was meant to the running clock: past the gate, by a form, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Done
from laverma_desk.services.customers.callers import customer_card
from laverma_desk.services.customers.search import Hit
from laverma_desk.ui.search.exception_gate import ExceptionGate
from laverma_desk.ui.search.finding import Finding
from laverma_desk.ui.search.panel import Mode, SearchPanel
from laverma_desk.ui.search.reading import lock_reason
from laverma_desk.ui.search.template_offer import TemplateOffer
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.ui.search.newcomer_controller import Created


class Starting(QObject):
    """Starts a session, or gives the one that is `moving` to another workstation.

    Emits `form_wanted(customer)` for a customer without a workstation; `finished`, and then
    `session_started(SupportSession)` or `session_moved(SupportSession)`; then `connect_wanted(session)` where
    the start was asked for with the connection.
    """

    form_wanted = Signal(int)
    finished = Signal()
    session_started = Signal(object)
    session_moved = Signal(object)
    connect_wanted = Signal(int)

    def __init__(
        self,
        surroundings: Surroundings,
        panel: SearchPanel,
        finding: Finding,
        parent: QObject,
        *,
        gate: ExceptionGate,
        template: TemplateOffer,
    ) -> None:
        """Start nothing before somebody is chosen."""
        super().__init__(parent)
        self._surroundings, self._panel = surroundings, panel
        self._finding, self._gate, self._template = finding, gate, template
        self.moving: SupportSession | None = None
        self._asked: int | None = None
        self._connects = False
        gate.confirmed.connect(self._go)
        finding.entered.connect(self._on_finding_entered)
        finding.finder_loaded.connect(self._start_asked)

    def begin(self, moving: SupportSession | None) -> None:
        """Begin anew, for a session that is to move or for a new one."""
        self.moving, self._asked, self._connects = moving, None, False

    def start_at(self, workstation_id: int) -> None:
        """Start for a machine that another page shows, once the customers are read."""
        self._asked = workstation_id
        self._start_asked()

    def forget_wish(self) -> None:
        """Take a wish back that could not be fulfilled yet: a machine, and to connect to it."""
        self._asked, self._connects = None, False

    def wish_to_connect(self) -> None:
        """Let the next start go on to the caller's screen; a session that moves is connected already."""
        self._connects = self.moving is None

    def choose(self, hit: Hit) -> None:
        """Start for somebody who was not searched for; who is locked is shown first."""
        self._connects = False
        if lock_reason(hit, self.moving):
            self._gate.close()
            self._finding.show_hit(hit)
        self._on_finding_entered(hit)

    def start_created(self, created: Created) -> None:
        """Start for a new customer; where that fails, the customer is there and is shown."""
        self._connects = False
        self._panel.set_mode(Mode.LIST)
        card = customer_card(self._surroundings.desk, created.place.customer_id).card
        self._finding.show_created(card.customer.name, created.place.workstation_id)
        self._go(created.place.workstation_id, created.exception_reason, created.exception_by)

    @Slot()
    def _start_asked(self) -> None:
        finder = self._finding.finder()
        if self._asked is None or finder is None or not self._finding.fresh:
            return
        hit, self._asked = finder.hit_of_workstation(self._asked), None
        if hit is None:
            self._show_error(RuleBroken(Rule.WORKSTATION_UNKNOWN))
        else:
            self.choose(hit)

    @Slot(object)
    def _on_finding_entered(self, hit: Hit) -> None:
        if hit.workstation is None:
            self.form_wanted.emit(hit.customer.id)
        elif not lock_reason(hit, self.moving):
            self._go(hit.workstation.id)
        elif hit.agreement.allows_exception and self.moving is None:
            self._gate.open(hit, self._template.address_for(hit))

    @Slot(int, str, str)
    def _go(self, workstation_id: int, reason: str | None = None, by: str = "") -> None:
        moving, template_for = self.moving, self._gate.template_for()
        connects = self._connects
        try:
            result = self._write(workstation_id, reason, by)
        except DeskError as error:
            self._show_error(error)
            return
        session = self._surroundings.bus.publish(result)
        if template_for is not None:
            self._template.send_to(template_for, self._template.address_for(template_for))
        self.finished.emit()
        (self.session_moved if moving else self.session_started).emit(session)
        if connects:
            self.connect_wanted.emit(session.id)

    def _write(self, workstation_id: int, reason: str | None, by: str) -> Done[SupportSession]:
        desk, moving = self._surroundings.desk, self.moving
        if moving is None:
            return timekeeping.start_session(desk, workstation_id, exception_reason=reason, exception_by=by)
        if moving.workstation_id == workstation_id:
            return Done(moving, frozenset())
        return timekeeping.move_session(desk, moving.id, workstation_id)

    def _show_error(self, error: DeskError) -> None:
        if self._panel.mode() is Mode.EXCEPTION:
            self._gate.show_error(error)
        else:
            self._panel.show_problem(explain(error))
            self._panel.field.setFocus(Qt.FocusReason.OtherFocusReason)
