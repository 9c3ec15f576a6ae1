"""The list of all customers, searched as forgivingly as on the phone, with what their agreements say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laverma_desk.domain.agreement import AgreementState, AgreementStatus
from laverma_desk.domain.customer import Customer
from laverma_desk.services.customers.search import Finder, load_finder
from laverma_desk.services.desk import Desk


@dataclass(frozen=True)
class RegisterRow:
    """One line of the list."""

    customer: Customer
    agreement: AgreementStatus

    @property
    def needs_attention(self) -> bool:
        """Return whether its agreement is missing, at its end, or about to be."""
        return self.agreement.state is not AgreementState.VALID


class Register:
    """All customers as they were when it was read; those that were merged into others are left out."""

    def __init__(self, finder: Finder) -> None:
        """Take what `load_register` read."""
        self._finder = finder
        self._judge()

    def judge_on(self, day: date) -> None:
        """Judge agreements on another day from now on."""
        if day != self._finder.day:
            self._finder.judge_on(day)
            self._judge()

    def _judge(self) -> None:
        # Once for all rows: each key press in the search asks for many of them.
        everyone = self._finder.customers("")
        self._rows = {one.id: RegisterRow(one, self._finder.status_of(one.id)) for one in everyone}

    @property
    def archived_count(self) -> int:
        """Return how many customers are archived."""
        return sum(row.customer.archived for row in self._rows.values())

    def rows(self, typed: str, *, archived: bool = False) -> list[RegisterRow]:
        """Return who fits what is typed, the best first, or everybody by name."""
        if typed.strip():
            found = [self._rows[one.id] for one in self._finder.customers(typed)]
        else:
            found = list(self._rows.values())
        return [row for row in found if row.customer.archived is archived]


def load_register(desk: Desk) -> Register:
    """Read all customers, for today. Takes tenths of a second for ten thousand: not for the GUI thread."""
    return Register(load_finder(desk, archived=True))
