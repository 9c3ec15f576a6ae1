"""The arithmetic of an invoice: lines, VAT once per rate, totals; and the check that they agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from laverma_desk.domain.invoice import (
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceTexts,
    Reference,
    VatCategory,
    VatGroup,
)
from laverma_desk.domain.money import half_up, vat_on


class SumsDisagree(ValueError):
    """An invoice whose figures do not follow from its lines: a bug, so it must never be issued."""


def line_net(quantity: Decimal, price_cents: int, base: int) -> int:
    """Return a line's net cents: quantity times price, rounded half up away from zero."""
    return half_up(Fraction(quantity) * price_cents / base)


def vat_groups(lines: Iterable[InvoiceLine]) -> tuple[VatGroup, ...]:
    """Return the sums per category and rate, the highest rate first; VAT is rounded once for each.

    § 14 Abs. 4 Nr. 7 and 8 UStG; BR-CO-17 of EN 16931 allows a euro of difference, we allow none.
    """
    sums: dict[tuple[VatCategory, Decimal], int] = defaultdict(int)
    for line in lines:
        sums[line.vat_category, line.vat_rate] += line.net_cents
    return tuple(
        VatGroup(category, rate, net, vat_on(net, rate))
        for (category, rate), net in sorted(sums.items(), key=lambda one: (-one[0][1], one[0][0]))
    )


def summed(invoice: Invoice) -> Invoice:
    """Return the invoice with groups and totals as they follow from its lines."""
    groups = vat_groups(invoice.lines)
    net = sum(line.net_cents for line in invoice.lines)
    vat = sum(group.vat_cents for group in groups)
    return replace(invoice, groups=groups, net_cents=net, vat_cents=vat, gross_cents=net + vat)


def check_sums(invoice: Invoice) -> None:
    """Raise SumsDisagree unless every line, group and total follows from what stands above it."""
    for line in invoice.lines:
        if line.net_cents != line_net(line.quantity, line.price_cents, line.base):
            raise SumsDisagree(line)
    if invoice != summed(invoice):
        raise SumsDisagree(invoice.number, invoice.net_cents, invoice.vat_cents, invoice.gross_cents)


def cancellation_of(
    invoice: Invoice, issued_on: date, reason: str, texts: InvoiceTexts, number: str = ""
) -> Invoice:
    """Return the invoice that takes another back: the same lines with negative quantities."""
    lines = tuple(replace(line, quantity=-line.quantity, net_cents=-line.net_cents) for line in invoice.lines)
    return summed(
        replace(
            invoice,
            kind=InvoiceKind.CANCELLATION,
            number=number,
            issued_on=issued_on,
            due_on=None,
            payment_days=0,
            lines=lines,
            minutes=None if invoice.minutes is None else -invoice.minutes,
            texts=texts,
            cancels=Reference(invoice.number, invoice.issued_on),
            reason=reason,
        )
    )
