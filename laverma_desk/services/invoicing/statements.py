"""A statement of what was done for a customer in a period, billed or not: figures, not an invoice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import InvoiceLine, VatCategory
from laverma_desk.domain.invoice_sums import vat_groups
from laverma_desk.domain.statement import Statement
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.domain.taxing import category_of
from laverma_desk.services.billing_words import allowances, why_no_vat
from laverma_desk.services.calls.session_access import refuse_restricted
from laverma_desk.services.desk import Desk
from laverma_desk.services.files import save_file
from laverma_desk.services.invoicing import lines
from laverma_desk.services.invoicing.terms import buyer_of, invoice_contact
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import billing, customers, open_sessions, sessions, vat_rates
from laverma_desk.storage import house as stored
from laverma_desk.storage.database import Connection


def statement(desk: Desk, customer_id: int, first: date, last: date) -> Statement:
    """Return what was done for a customer between two days, included; `lines` may be empty.

    Billed and open sessions, and free ones whose reason customers may see. What is billed is taxed as on its
    invoice, whatever the customer's record says by now. Raises RuleBroken
    END_BEFORE_START at `last`, CUSTOMER_UNKNOWN, CUSTOMER_RESTRICTED.
    """
    if last < first:
        raise RuleBroken(Rule.END_BEFORE_START, field="last")
    with desk.database.read() as connection:
        refuse_restricted(connection, customer_id)
        customer = customers.find(connection, customers.survivor(connection, customer_id))
        if customer is None:
            raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
        house = house_on(connection)
        reasons = {one.id: one for one in stored.free_reasons(connection)}
        category = category_of(house.company, customer)
        rates = vat_rates.vat_rates(connection)
        found = _sessions(connection, customers.family(connection, customer.id), first, last)
        contact = invoice_contact(customers.contacts_of(connection, customer.id))
        taxed = billing.billed_taxes(connection, [one.id for one in found])
        allowed = open_sessions.allowances(connection, [one.id for one in found])
    made = [(one, lines.session_line(one, reasons, category, rates)) for one in found]
    shown = [one for one, line in made if line is not None]
    listed = lines.in_order(_as_billed(line, taxed.get(one.id)) for one, line in made if line is not None)
    invoice_of = {one.number: one.invoice_number or "" for one in shown}
    groups = vat_groups(listed)
    net, vat = sum(group.net_cents for group in groups), sum(group.vat_cents for group in groups)
    return Statement(
        language=customer.language,
        company=house.company,
        buyer=buyer_of(customer, contact),
        first=first,
        last=last,
        lines=listed,
        invoices=tuple(invoice_of[line.session_number] for line in listed),
        groups=groups,
        net_cents=net,
        vat_cents=vat,
        gross_cents=net + vat,
        minutes=lines.billed_minutes(listed),
        roundings=tuple(dict.fromkeys(one.charge.rounding for one in shown if one.charge)),
        allowances=allowances(allowed, customer.language),
        notices=why_no_vat({line.vat_category for line in listed}, customer.language),
        supporter_name=house.supporter_name,
        created_at=desk.clock.now(),
    )


def _as_billed(line: InvoiceLine, taxed: tuple[VatCategory, Decimal] | None) -> InvoiceLine:
    return line if taxed is None else replace(line, vat_category=taxed[0], vat_rate=taxed[1])


def _sessions(connection: Connection, family: list[int], first: date, last: date) -> list[SupportSession]:
    numbers = open_sessions.in_period(connection, family, first, last)
    return sessions.several(connection, numbers)


def write_statement(desk: Desk, one: Statement, target: Path, kind: Literal["pdf", "csv"]) -> int:
    """Write a statement into a file, complete or not at all, and return its size in bytes.

    Raises RuleBroken STATEMENT_EMPTY, FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE, DISK_FULL.
    """
    if not one.lines:
        raise RuleBroken(Rule.STATEMENT_EMPTY)
    if kind == "pdf":
        from laverma_desk.documents.statement_pdf import render_statement  # noqa: PLC0415 (fpdf2 is slow)

        content = render_statement(one)
    else:
        from laverma_desk.services.exporting.statement_table import statement_csv  # noqa: PLC0415

        content = statement_csv(one)
    save_file(desk, target, content)
    return len(content)
