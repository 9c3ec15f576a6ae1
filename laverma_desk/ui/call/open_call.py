"""The call that is on the page: what was read of it, and the one way in which its writes go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.company import FreeReason
from laverma_desk.domain.errors import OutsideTrouble, RuleBroken
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.domain.tariff import Tariff
from laverma_desk.explain import explain
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Done, Topic
from laverma_desk.services.customers import callers
from laverma_desk.services.customers.callers import CustomerDuringCall
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house import House
from laverma_desk.ui.call.timer_reading import Billing
from laverma_desk.ui.surroundings import Surroundings


@dataclass(frozen=True)
class ShownCall:
    """A session with all that its page shows around it."""

    session: SupportSession
    customer: CustomerDuringCall
    house: House
    tariff: Tariff

    @property
    def reason(self) -> FreeReason | None:
        """Return why the session is free, as far as the house still knows the reason."""
        wanted = self.session.free_reason_id
        return next((one for one in self.house.free_reasons if one.id == wanted), None)

    @property
    def billing(self) -> Billing:
        """Return what the session is charged by."""
        return Billing(self.tariff, self.house.company.small_business, self.reason)


def read_call(desk: Desk, session_id: int) -> ShownCall:
    """Return a call as the desk has it now. Raises RuleBroken SESSION_UNKNOWN."""
    session = timekeeping.read_session(desk, session_id)
    return ShownCall(
        session=session,
        customer=callers.customer_card(desk, session.customer_id, exceptions=False),
        house=house.read_house(desk),
        tariff=timekeeping.current_tariff(desk, session.customer_id, session.begin),
    )


class OpenCall(QObject):
    """Holds the call shown. Emits `changed`, and `troubled(str)` or `recovered` after each write.

    `retry` does once more what the machine did not let happen.
    """

    changed = Signal()
    troubled = Signal(str)
    recovered = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._shown: ShownCall | None = None
        self._again: Callable[[], object] | None = None
        self._publishing = False
        self._seen = False
        self._stale = False
        surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def shown(self) -> ShownCall | None:
        """Return the call on the page, None before the first one."""
        return self._shown

    @property
    def session_id(self) -> int | None:
        """Return the row of the session on the page."""
        return self._shown.session.id if self._shown else None

    def set_seen(self, seen: bool) -> None:
        """Say whether the page is seen; on becoming visible it reads what was missed."""
        self._seen = seen
        if seen and self._stale:
            self.reload()

    def open(self, session_id: int) -> None:
        """Read another call, or the same one anew."""
        self._read(session_id)

    def reload(self) -> None:
        """Read the call anew."""
        if self._shown is not None:
            self._read(self._shown.session.id)

    def _read(self, session_id: int) -> None:
        try:
            self._shown = read_call(self._surroundings.desk, session_id)
        except OutsideTrouble as error:
            self._stale = True
            self._trouble(error, self.reload)
            return
        self._stale = False
        self.changed.emit()

    def write(
        self, work: Callable[[], Done[SupportSession]], again: Callable[[], object]
    ) -> SupportSession | None:
        """Run a service that writes on the session, show what it returns, and tell everyone.

        Returns None where the machine refused; `again` is then what `retry` calls. RuleBroken passes.
        """
        try:
            result = work()
        except OutsideTrouble as error:
            self._trouble(error, again)
            return None
        self._again = None
        self.recovered.emit()
        if self._shown is not None and self._shown.session.id == result.value.id:
            self._shown = replace(self._shown, session=result.value)
        self._publishing = True
        try:
            self._surroundings.bus.publish(result)
        finally:
            self._publishing = False
        self.changed.emit()
        return result.value

    def try_write(
        self, work: Callable[[], Done[SupportSession]], again: Callable[[], object]
    ) -> SupportSession | None:
        """Do as `write` does, and say also what a rule forbids: the session has changed behind our back."""
        try:
            return self.write(work, again)
        except RuleBroken as error:
            self._again = None
            self.reload()
            self.troubled.emit(explain(error))
            return None

    @property
    def can_retry(self) -> bool:
        """Return whether `retry` has something to do."""
        return self._again is not None

    def retry(self) -> None:
        """Try again what the machine refused."""
        again, self._again = self._again, None
        if again is not None:
            again()

    def _trouble(self, error: OutsideTrouble, again: Callable[[], object]) -> None:
        self._again = again
        self.troubled.emit(explain(error))

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        own = self._publishing and topics <= {Topic.SESSIONS, Topic.OUTBOX}
        if own or not topics & {Topic.SESSIONS, Topic.CUSTOMERS, Topic.HOUSE}:
            return
        if self._seen:
            self.reload()
        else:
            self._stale = True
