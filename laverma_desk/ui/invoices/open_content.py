"""The rows of what is open to bill: customers, and unfolded below them their sessions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.i18n import _
from laverma_desk.services.invoicing.obstacles import Obstacle
from laverma_desk.services.invoicing.open_sessions import OpenCustomer, OpenSession
from laverma_desk.ui.history.words import count_words
from laverma_desk.ui.invoices.choosing import OpenChoice
from laverma_desk.ui.invoices.hints import Hint
from laverma_desk.ui.invoices.obstacle_words import obstacle_hint
from laverma_desk.ui.invoices.rows import Foot, Kind, Row, RowKey, Tick
from laverma_desk.ui.invoices.words import customers_ticked, hints_counted, net
from laverma_desk.ui.look import Look


class OpenContent:
    """Turns open customers and their ticks into rows, sums and hints."""

    def __init__(self, customers: Sequence[OpenCustomer], choice: OpenChoice) -> None:
        """Lay out which rows there are; their words come when they are looked at."""
        self.customers, self._choice = tuple(customers), choice
        self._of_row: list[tuple[OpenCustomer, OpenSession | None, Obstacle | None]] = []
        self.keys: list[RowKey] = []
        for customer in customers:
            self._add(RowKey(Kind.CUSTOMER, customer.customer_id), customer)
            if customer.customer_id in choice.unfolded:
                self._unfold(customer)
        self._places = {key: place for place, key in enumerate(self.keys)}
        self._by_id = {one.customer_id: one for one in customers}

    def _unfold(self, customer: OpenCustomer) -> None:
        for place, found in enumerate(customer.obstacles):
            self._add(RowKey(Kind.HINT, -customer.customer_id, place), customer, None, found)
        for session in customer.sessions:
            self._add(RowKey(Kind.SESSION, session.id), customer, session)
            for place, found in enumerate(session.obstacles):
                self._add(RowKey(Kind.HINT, session.id, place), customer, session, found)

    def _add(
        self,
        key: RowKey,
        customer: OpenCustomer,
        session: OpenSession | None = None,
        obstacle: Obstacle | None = None,
    ) -> None:
        self.keys.append(key)
        self._of_row.append((customer, session, obstacle))

    def row(self, place: int) -> Row:
        """Return the words of a row."""
        key = self.keys[place]
        customer, session, obstacle = self._of_row[place]
        if obstacle is not None:
            return _hint_row(key, obstacle_hint(obstacle, customer.customer_id))
        if session is not None:
            return self._session_row(key, session)
        return self._customer_row(key, customer)

    def _customer_row(self, key: RowKey, customer: OpenCustomer) -> Row:
        choice = self._choice
        picked, all_ = len(choice.sessions(customer)), len(customer.sessions)
        words = count_words(all_)
        if picked < all_:
            words = _("%(picked)s of %(sessions)s") % {"picked": text.number(picked), "sessions": words}
        below = Look(words)
        hindrances = choice.hindrances(customer)
        if hindrances:
            below = Look(_in_the_way(hindrances, customer), "warning", "red")
        elif hints := self.hints(customer):
            below = Look(f"{words}, {hints_counted(len(hints))}", "info", "amber")
        return Row(
            key=key,
            title=customer.name,
            amount=text.money(choice.net_cents(customer)),
            below=below,
            aside=Look(text.minutes(choice.minutes(customer))),
            tick=choice.tick_of(customer),
            opened=customer.customer_id in choice.unfolded,
        )

    def _session_row(self, key: RowKey, session: OpenSession) -> Row:
        ticked = session.id not in self._choice.left_out
        day = text.date(local_day(session.begin))
        parts = (session.first_line or _("No notes"), session.workstation_name)
        free = _("free, %(reason)s") % {"reason": session.free_reason} if session.free_reason else _("free")
        return Row(
            key=key,
            title=f"{day} {text.clock_time(session.begin)}",
            amount=text.money(session.net_cents) if session.billable else text.money(0),
            below=Look(" · ".join(part for part in parts if part)),
            aside=Look(text.minutes(session.minutes) if session.billable else free),
            tick=Tick.ON if ticked else Tick.OFF,
        )

    def customer_of(self, key: RowKey | None) -> OpenCustomer | None:
        """Return the customer to whom a row belongs."""
        place = self._places.get(key) if key is not None else None
        return None if place is None else self._of_row[place][0]

    def customer(self, customer_id: int) -> OpenCustomer | None:
        """Return a customer that has something to bill."""
        return self._by_id.get(customer_id)

    def hint_at(self, key: RowKey) -> Hint | None:
        """Return what a row of a hint says and where it leads."""
        if key not in self._places:
            return None
        customer, _session, obstacle = self._of_row[self._places[key]]
        return obstacle_hint(obstacle, customer.customer_id) if obstacle else None

    def hints(self, customer: OpenCustomer) -> tuple[Hint, ...]:
        """Return what to say above the paper: what is in the way first."""
        found = [obstacle_hint(one, customer.customer_id) for one in customer.obstacles]
        for session in self._choice.sessions(customer):
            when = f"{text.date(local_day(session.begin))} {text.clock_time(session.begin)}"
            found += [obstacle_hint(one, customer.customer_id, when) for one in session.obstacles]
        return tuple(sorted(found, key=lambda one: not one.blocking))

    def ticks(self) -> Qt.CheckState:
        """Return whether all, some or none that can be ticked are."""
        states = {self._choice.tick_of(one) for one in self.customers}
        if Tick.ON not in states:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if Tick.OFF not in states else Qt.CheckState.PartiallyChecked

    def foot(self) -> Foot:
        """Return the sum of what is ticked and the button that makes drafts of it."""
        chosen = self._choice.chosen(self.customers)
        cents = sum(self._choice.net_cents(one) for one in chosen)
        minutes = sum(self._choice.minutes(one) for one in chosen)
        return Foot(
            words=customers_ticked(len(chosen), minutes),
            amount=net(cents),
            label=_("Create invoices (%(n)s)") % {"n": text.number(len(chosen))},
            icon="invoice",
            filled=True,
            blocked=None if chosen else _("No customer is selected."),
        )


def _in_the_way(hindrances: Sequence[Obstacle], customer: OpenCustomer) -> str:
    """Return what keeps a customer from being ticked, as short as a row is."""
    sentence = obstacle_hint(hindrances[0], customer.customer_id).sentence
    return f"{sentence} +{text.number(len(hindrances) - 1)}" if len(hindrances) > 1 else sentence


def _hint_row(key: RowKey, hint: Hint) -> Row:
    look = Look(hint.sentence, "warning" if hint.blocking else "info", "red" if hint.blocking else "amber")
    return Row(key=key, title="", below=look, link=hint.link)
