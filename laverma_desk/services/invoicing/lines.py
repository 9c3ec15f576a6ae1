"""Make lines of what is billed: sessions as they were frozen when they ended, and items of a draft."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.company import FreeReason
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import DraftItem, InvoiceLine, LineKind, Unit, VatCategory
from laverma_desk.domain.invoice_sums import line_net, vat_groups
from laverma_desk.domain.money import Charge
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.domain.vat import VatRate, rate_on
from laverma_desk.services.invoicing.taxing import rate_in


def session_line(
    found: SupportSession,
    reasons: Mapping[int, FreeReason],
    category: VatCategory,
    rates: Iterable[VatRate],
) -> InvoiceLine | None:
    """Return the line of an ended session, None for a free one whose reason stays in the house.

    An attempt that was not possible is no service and has none either.

    Nothing is charged anew: seconds, price and rule are those that were frozen. The rate is that of the
    day on which the session ended, for then the service was done (§ 13 Abs. 1 Nr. 1 UStG).
    """
    cost = found.charge
    if cost is None or found.end is None:
        raise RuleBroken(Rule.SESSION_NOT_ENDED, number=found.number)
    if found.not_possible is not None:
        return None
    reason = None if found.billable else reasons.get(found.free_reason_id or 0)
    if not found.billable and (reason is None or not reason.on_invoice):
        return None
    quantity, unit, base = measured(cost)
    price = cost.price_cents if found.billable else 0
    last = local_day(found.end)
    return InvoiceLine(
        position=0,
        kind=LineKind.SESSION,
        text=found.notes.strip(),
        first=local_day(found.begin),
        last=last,
        quantity=quantity,
        unit=unit,
        price_cents=price,
        base=base,
        net_cents=line_net(quantity, price, base),
        vat_category=category,
        vat_rate=rate_in(category, rate_on(last, rates)),
        begin=found.begin,
        seconds=cost.seconds,
        place=found.workstation_name,
        supporter=found.supporter_name,
        session_number=found.number,
        free_reason=reason.name if reason is not None else "",
    )


def measured(cost: Charge) -> tuple[Decimal, Unit, int]:
    """Return quantity, unit and base of a charge: seconds at a price for 60 of them, or whole minutes."""
    if cost.rounding.counts_seconds:
        return Decimal(cost.billed_seconds), Unit.SECOND, 60
    return Decimal(cost.billed_seconds // 60), Unit.MINUTE, 1


def item_line(one: DraftItem, category: VatCategory, rates: Iterable[VatRate]) -> InvoiceLine:
    """Return the line of an item; without a rate of its own it has that of its day."""
    rate = rate_on(one.day, rates) if one.vat_rate is None else one.vat_rate
    return InvoiceLine(
        position=0,
        kind=one.kind,
        text=one.text,
        first=one.day,
        last=one.day,
        quantity=one.quantity,
        unit=one.unit,
        price_cents=one.price_cents,
        base=1,
        net_cents=line_net(one.quantity, one.price_cents, 1),
        vat_category=category,
        vat_rate=rate_in(category, rate),
    )


def in_order(lines: Iterable[InvoiceLine]) -> tuple[InvoiceLine, ...]:
    """Return lines by time, numbered from 1: the sessions of a day, then its items as they were put in."""
    ordered = sorted(lines, key=_place)
    return tuple(replace(line, position=place) for place, line in enumerate(ordered, 1))


def _place(line: InvoiceLine) -> tuple[date, bool, float, str]:
    begin = line.begin
    return (line.first, begin is None, 0.0 if begin is None else begin.timestamp(), line.session_number)


def service_period(lines: Iterable[InvoiceLine], over_by: date) -> tuple[date, date]:
    """Return when lines were done: their calendar month where it is one and over by a day, else their days.

    The law takes the month for the time of the service (§ 31 Abs. 4 UStDV). A month that still goes on is
    never said: what else is done in it would look as if it were on this invoice.
    """
    held = list(lines)
    first, last = min(line.first for line in held), max(line.last for line in held)
    month = first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
    one = (first.year, first.month) == (last.year, last.month)
    return month if one and month[1] <= over_by else (first, last)


def billed_minutes(lines: Iterable[InvoiceLine]) -> int | None:
    """Return the minutes of the sessions that cost something, None where one is billed by seconds."""
    billed = [line for line in lines if line.kind is LineKind.SESSION and not line.free_reason]
    if any(line.unit is not Unit.MINUTE for line in billed):
        return None
    return int(sum(line.quantity for line in billed))


def check_lines(lines: tuple[InvoiceLine, ...]) -> None:
    """Raise RuleBroken for what no invoice may hold.

    INVOICE_EMPTY without a line, INCLUDED_TOO_MANY (with `included` and `billed` minutes) where a contract's
    minutes are more than were billed, INVOICE_NEGATIVE where the lines of a rate come to less than nothing.
    """
    if not lines:
        raise RuleBroken(Rule.INVOICE_EMPTY)
    included = -sum(line.quantity for line in lines if line.kind is LineKind.INCLUDED_MINUTES)
    if included > 0:
        billed = sum(
            Decimal(line.quantity) / (60 if line.unit is Unit.SECOND else 1)
            for line in lines
            if line.kind is LineKind.SESSION and not line.free_reason
        )
        if included > billed:
            raise RuleBroken(
                Rule.INCLUDED_TOO_MANY, field="quantity", included=int(included), billed=int(billed)
            )
    if any(group.net_cents < 0 for group in vat_groups(lines)):
        raise RuleBroken(Rule.INVOICE_NEGATIVE)
