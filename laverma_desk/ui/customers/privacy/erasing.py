"""Erasure (Art. 17 GDPR) at work: what would go is shown first; what has become due goes with one press."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.rights import Right
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.privacy.erasure import erase, erase_due, preview_erasure, restricted
from laverma_desk.services.rights_words import missing
from laverma_desk.ui import reading_order
from laverma_desk.ui.customers.privacy.panel import PrivacyPanel
from laverma_desk.ui.customers.privacy.words import going_lines, kept_lines, locked_sentence, row_words
from laverma_desk.ui.surroundings import Surroundings


class Erasing(QObject):
    """Emits `erased` after a customer was erased, or what has become due of those that are locked."""

    erased = Signal()

    def __init__(self, surroundings: Surroundings, panel: PrivacyPanel, parent: QObject) -> None:
        """Connect both cards; `show_preview` says whose it is."""
        super().__init__(parent)
        self._surroundings, self._desk, self._panel = surroundings, surroundings.desk, panel
        self._customer_id = 0
        reason = missing(surroundings.rights, Right.HOUSE)
        panel.erasure.erase.forbid(reason)
        panel.locked.due.forbid(reason)
        panel.erasure.erase_requested.connect(self._on_erase_requested)
        panel.locked.due_requested.connect(self._on_due_requested)

    def show_preview(self, customer_id: int) -> None:
        """Show what erasing a customer would do today, or what has been done."""
        self._customer_id = customer_id
        card = self._panel.erasure
        try:
            preview = preview_erasure(self._desk, customer_id)
        except DeskError as error:
            card.show_blocked(explain(error))
            return
        locked = preview.customer.restricted_at is not None
        if preview.customer.erased_at is not None:
            sentence = _("Erased. Only the customer number is left, so that it is not given again.")
        else:
            sentence = locked_sentence(preview) if locked else _("This is what would happen today.")
        card.show_preview(sentence, going_lines(preview), kept_lines(preview), can_erase=not locked)

    def show_locked(self, *, always: bool) -> None:
        """Show who is locked; where nobody is, only if that is asked for."""
        found = restricted(self._desk)
        self._panel.locked.setVisible(bool(found) or always)
        lines = [(one.customer.id, *row_words(one)) for one in found]
        self._panel.locked.show_customers(lines, due=sum(one.anything_goes for one in found))

    def _on_erase_requested(self, number: str, reason: str) -> None:
        card = self._panel.erasure
        try:
            done = erase(self._desk, self._customer_id, number, reason)
        except DeskError as error:
            if error.field in ("number", "reason"):
                card.show_error(error.field, explain(error))
            else:
                card.tell(explain(error))
            return
        card.clear()
        self._surroundings.bus.publish(done)
        self.erased.emit()
        self._panel.access.whom.setFocus()

    def _on_due_requested(self) -> None:
        try:
            done = erase_due(self._desk)
        except DeskError as error:
            self._panel.locked.tell(explain(error))
            return
        self._surroundings.bus.publish(done)
        self.erased.emit()
        reading_order.enter(self._panel.locked) or reading_order.enter(self._panel.window())
