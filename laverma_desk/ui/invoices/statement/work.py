"""Statements as work for the background: customers to choose from, one statement, one file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from laverma_desk.domain.statement import Statement
from laverma_desk.services.customers.customer_register import load_register
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import statements
from laverma_desk.services.invoicing.statement_paper import statement_pdf
from laverma_desk.ui.invoices.statement.customer_field import Choice

Kind = Literal["pdf", "csv"]


@dataclass(frozen=True)
class Made:
    """A statement and its paper; there is none where it has no lines."""

    statement: Statement
    pdf: bytes


class Listing:
    """All customers by name, archived ones only if one is asked for, as work for the background."""

    def __init__(self, desk: Desk, wanted: int) -> None:
        self._desk, self._wanted = desk, wanted

    def __call__(self) -> list[Choice]:
        """Return them with name and number."""
        register = load_register(self._desk)
        known = [row.customer for row in register.rows("")]
        known += [row.customer for row in register.rows("", archived=True) if row.customer.id == self._wanted]
        return [Choice(one.id, f"{one.name}, {one.number}") for one in known]


class Making:
    """One statement with its paper, as work for the background."""

    def __init__(self, desk: Desk, customer_id: int, first: date, last: date) -> None:
        self._desk, self._customer_id, self._first, self._last = desk, customer_id, first, last

    def __call__(self) -> Made:
        """Return the statement. Raises as `statements.statement`."""
        found = statements.statement(self._desk, self._customer_id, self._first, self._last)
        return Made(found, statement_pdf(found) if found.lines else b"")


class Writing:
    """One file, as work for the background."""

    def __init__(self, desk: Desk, one: Statement, target: Path, kind: Kind) -> None:
        self._desk, self._one, self._target, self._kind = desk, one, target, kind

    def __call__(self) -> Path:
        """Return the file that was written."""
        statements.write_statement(self._desk, self._one, self._target, self._kind)
        return self._target
