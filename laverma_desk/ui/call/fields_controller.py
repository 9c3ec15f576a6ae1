"""Keeps what is written down around the clock: who asked, the connection, billing, the recipient."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from laverma_desk.domain.errors import RuleBroken
from laverma_desk.explain import explain
from laverma_desk.services import checks
from laverma_desk.services.calls import call_sheet
from laverma_desk.ui.call.billing_row import BillingChoice
from laverma_desk.ui.call.call_panel import CallPanel
from laverma_desk.ui.call.connection_row import Connection
from laverma_desk.ui.call.open_call import OpenCall, ShownCall
from laverma_desk.ui.call.requested_by_box import Order
from laverma_desk.ui.surroundings import Surroundings


class FieldsController(QObject):
    """Saves each field when it is left. What is being typed is not shown over by news."""

    def __init__(self, surroundings: Surroundings, call: OpenCall, panel: CallPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._surroundings, self._call = surroundings, call
        self._head = panel.column.head
        self._connection = panel.column.timer.connection
        self._billing = panel.column.billing
        self._recipient = panel.column.bar.recipient
        self._session_id: int | None = None
        call.changed.connect(self._on_call_changed)
        self._head.requested_by.order_changed.connect(self._on_order_changed)
        self._connection.connection_changed.connect(self._on_connection_changed)
        self._connection.keep_pressed.connect(self._on_keep_pressed)
        self._billing.billing_changed.connect(self._on_billing_changed)
        self._recipient.address_typed.connect(self._on_address_typed)

    def commit(self) -> bool:
        """Keep every field that is half typed; False if one cannot be kept, with the reason at it."""
        if self._call.shown is None:
            return True
        box = self._head.requested_by
        if box.is_changed():
            self._on_order_changed(box.current())
        connected = self.commit_connection()
        if self._recipient.is_changed():
            self._on_address_typed(self._recipient.typed())
        return connected and not self._recipient.error()

    def commit_connection(self) -> bool:
        """Keep program and partner ID; False if they cannot be kept, with the reason at the field."""
        if self._connection.is_changed():
            self._on_connection_changed(self._connection.current())
        return not self._connection.error()

    def _on_call_changed(self) -> None:
        shown = self._call.shown
        if shown is None:
            return
        other = shown.session.id != self._session_id
        self._session_id = shown.session.id
        session = shown.session
        self._head.show_partner(session.partner)
        if other or not self._head.requested_by.is_changed():
            self._show_order(shown)
        if other or not self._connection.is_changed():
            self._show_connection(shown)
        self._billing.show_choice(
            BillingChoice(session.billable, session.free_reason_id), shown.house.free_reasons
        )
        if other:
            self._billing.show_error("")
            self._recipient.close_edit()
        self._recipient.show_address(session.recipient, has_account=shown.house.mail.complete)

    def _show_order(self, shown: ShownCall) -> None:
        names = [contact.name for contact in shown.customer.card.contacts]
        order = Order(shown.session.requested_by, shown.session.channel)
        self._head.requested_by.show_order(order, names)

    def _show_connection(self, shown: ShownCall) -> None:
        session = shown.session
        places = shown.customer.card.workstations
        place = next((one for one in places if one.id == session.workstation_id), None)
        kept = Connection(place.tool, place.partner_id) if place else Connection(session.tool, "")
        self._connection.show_connection(
            Connection(session.tool, session.partner_id), kept, session.workstation_name
        )

    def _on_order_changed(self, order: Order) -> None:
        if self._session_id is not None:
            work = partial(
                call_sheet.save_order,
                self._surroundings.desk,
                self._session_id,
                order.requested_by,
                order.channel,
            )
            # What was kept is no change any more: it would be written again, also on the session after it.
            if self._call.try_write(work, self.commit) is not None and self._call.shown is not None:
                self._show_order(self._call.shown)

    def _on_connection_changed(self, wanted: Connection) -> None:
        self._save_connection(wanted, keep=False)

    def _on_keep_pressed(self) -> None:
        self._save_connection(self._connection.current(), keep=True)

    def _save_connection(self, wanted: Connection, *, keep: bool) -> None:
        if self._session_id is None:
            return
        work = partial(
            call_sheet.save_connection,
            self._surroundings.desk,
            self._session_id,
            wanted.tool,
            wanted.digits,
            keep_on_workstation=keep,
        )
        try:
            saved = self._call.write(work, self._on_keep_pressed if keep else self.commit)
        except RuleBroken as error:
            if error.field != "partner_id":
                self._call.troubled.emit(explain(error))
            else:
                self._connection.show_error(explain(error))
            return
        if saved is not None and self._call.shown is not None:
            self._show_connection(self._call.shown)

    def _on_billing_changed(self, choice: BillingChoice) -> None:
        if self._session_id is not None:
            work = partial(
                call_sheet.save_billing,
                self._surroundings.desk,
                self._session_id,
                billable=choice.billable,
                free_reason_id=choice.reason_id,
            )
            self._call.try_write(work, self._save_billing_again)

    def _save_billing_again(self) -> None:
        self._on_billing_changed(self._billing.choice())

    def _on_address_typed(self, typed: str) -> None:
        if self._session_id is None:
            return
        try:
            address = checks.email(typed, "recipient") if typed.strip() else ""
        except RuleBroken as error:
            self._recipient.show_error(explain(error))
            return
        work = partial(call_sheet.save_recipient, self._surroundings.desk, self._session_id, address)
        if self._call.try_write(work, self.commit) is not None:
            self._recipient.close_edit()
