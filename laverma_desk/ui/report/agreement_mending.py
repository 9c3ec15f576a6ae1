"""Writes down why a late session took place without an agreement, so that its report can leave."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.services import corrections
from laverma_desk.services.setup import house
from laverma_desk.ui.report.panel import ReportPanel
from laverma_desk.ui.surroundings import Surroundings


class AgreementMending(QObject):
    """Asks where a reason is owed. Emits `mended` when it was given: the paper names it."""

    mended = Signal()

    def __init__(self, surroundings: Surroundings, panel: ReportPanel, parent: QObject) -> None:
        """Take over the part of the page that asks."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel, self._need = panel, panel.agreement
        self._session: SupportSession | None = None
        self._need.given.connect(self._on_need_given)

    def follow(self, session: SupportSession) -> None:
        """Ask, if the session owes a reason."""
        if self._session is None or self._session.id != session.id:
            self._need.forget()
        self._session = session
        if not corrections.is_reason_owed(self._desk, session.id):
            self._need.forget()
            return
        known = house.read_house(self._desk)
        names = [one.name for one in known.supporters]
        chosen = known.supporter_name
        self._need.ask(explain(RuleBroken(Rule.AGREEMENT_REASON_MISSING)), names, chosen)

    def flush(self) -> None:
        """Keep a reason that was typed, before the report leaves."""
        if self._need.asks() and self._need.typed()[0]:
            self._on_need_given()

    def show_problem(self, error: DeskError) -> bool:
        """Lead to the reason where that keeps the report here; return whether it does."""
        if error.code is not Rule.AGREEMENT_REASON_MISSING or self._session is None:
            return False
        self.follow(self._session)
        return self.focus()

    def focus(self) -> bool:
        """Put the focus onto the reason, if one is asked for; return whether one is."""
        if self._need.asks():
            self._panel.show_field(self._need.focus_field())
        return self._need.asks()

    def _on_need_given(self) -> None:
        if self._session is None:
            return
        try:
            done = corrections.give_reason(self._desk, self._session.id, *self._need.typed())
        except DeskError as error:
            self._need.show_error(error.field or "reason", explain(error))
            return
        self._need.forget()
        self._surroundings.bus.publish(done)
        self.mended.emit()
