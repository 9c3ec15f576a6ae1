"""Lines of a draft that are no sessions: travel, visits, flat items, minutes that a contract includes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import DraftItem, LineKind, Unit
from laverma_desk.i18n import gettext_in, ngettext_in
from laverma_desk.services import checks
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.editions import check_version
from laverma_desk.services.invoicing.drafts import draft_on
from laverma_desk.storage import customers
from laverma_desk.storage import drafts as stored

TEXT_LIMIT = 1000
"""How long the description of an item may be."""

HIGHEST_CENTS = 10_000_000
HIGHEST_QUANTITY = 100_000
_THOUSANDTH = Decimal("0.001")
_ONE = Decimal(1)

UNITS: Mapping[LineKind, tuple[Unit, ...]] = {
    LineKind.TRAVEL: (Unit.LUMP_SUM, Unit.KILOMETRE, Unit.PIECE),
    LineKind.VISIT: (Unit.LUMP_SUM, Unit.HOUR, Unit.MINUTE, Unit.DAY, Unit.PIECE),
    LineKind.FLAT: (Unit.LUMP_SUM, Unit.PIECE),
    LineKind.INCLUDED_MINUTES: (Unit.MINUTE,),
    LineKind.OTHER: (Unit.PIECE, Unit.LUMP_SUM, Unit.HOUR, Unit.MINUTE, Unit.DAY, Unit.KILOMETRE),
}
"""In what each kind of item may count, the usual unit first."""


def put_item(desk: Desk, draft_id: int, item: DraftItem, *, version: int | None = None) -> Done[int]:
    """Write an item of a draft and return its row; `id` 0 is a new one, behind the others.

    `version` is the one of the draft that an editor showed. Raises RuleBroken DRAFT_UNKNOWN, ITEM_UNKNOWN,
    RECORD_CHANGED, and what `checked` raises.
    """
    clean = checked(item)
    with desk.database.write() as connection:
        check_version(version, draft_on(connection, draft_id).version)
        row = stored.put_item(connection, draft_id, clean)
        if row is None:
            raise RuleBroken(Rule.ITEM_UNKNOWN)
    return done(row, Topic.INVOICES)


def remove_item(desk: Desk, draft_id: int, item_id: int) -> Done[None]:
    """Take an item out of a draft; nothing happens where it is gone. Raises RuleBroken DRAFT_UNKNOWN."""
    with desk.database.write() as connection:
        draft_on(connection, draft_id)
        stored.remove_item(connection, draft_id, item_id)
    return done(None, Topic.INVOICES)


def checked(item: DraftItem) -> DraftItem:
    """Return an item with a tidy text. Raises RuleBroken at the field that is wrong.

    VALUE_NOT_IN_LIST at `kind` or `unit`, TEXT_MISSING and TEXT_TOO_LONG at `text`, QUANTITY_INVALID and
    INCLUDED_NOT_NEGATIVE at `quantity`, AMOUNT_INVALID at `price`, NUMBER_INVALID at `vat_rate`.
    """
    if item.kind not in UNITS:
        raise RuleBroken(Rule.VALUE_NOT_IN_LIST, field="kind", value=item.kind.value, known=_known(UNITS))
    if item.unit not in UNITS[item.kind]:
        units = _known(UNITS[item.kind])
        raise RuleBroken(Rule.VALUE_NOT_IN_LIST, field="unit", value=item.unit.value, known=units)
    words = checks.several_lines(item.text, "text", TEXT_LIMIT)
    if not words:
        raise RuleBroken(Rule.TEXT_MISSING, field="text")
    _check_quantity(item)
    if not 0 <= item.price_cents <= HIGHEST_CENTS:
        raise RuleBroken(Rule.AMOUNT_INVALID, field="price")
    if item.vat_rate is not None and not _is_rate(item.vat_rate):
        raise RuleBroken(Rule.NUMBER_INVALID, field="vat_rate", lowest=0, highest=100)
    return replace(item, text=words)


def _known(values: Mapping[LineKind, object] | tuple[Unit, ...]) -> str:
    return ", ".join(one.value for one in values)


def _check_quantity(item: DraftItem) -> None:
    quantity = item.quantity
    if not quantity.is_finite() or not 0 < abs(quantity) <= HIGHEST_QUANTITY:
        raise RuleBroken(Rule.QUANTITY_INVALID, field="quantity")
    if quantity.quantize(_THOUSANDTH) != quantity:
        raise RuleBroken(Rule.QUANTITY_INVALID, field="quantity")
    if item.kind is LineKind.INCLUDED_MINUTES:
        if quantity > 0:
            raise RuleBroken(Rule.INCLUDED_NOT_NEGATIVE, field="quantity")
    elif quantity < 0:
        raise RuleBroken(Rule.QUANTITY_INVALID, field="quantity")


def _is_rate(rate: Decimal) -> bool:
    return rate.is_finite() and 0 <= rate <= 100 and rate * 100 == int(rate * 100)


def item_suggestions(desk: Desk, customer_id: int, day: date) -> tuple[DraftItem, ...]:
    """Return what a visit on a day costs this customer, by its record, in the customer's language.

    A flat price, else travel and the first hour; nothing where nothing is agreed. Raises RuleBroken
    CUSTOMER_UNKNOWN.
    """
    with desk.database.read() as connection:
        found = customers.find(connection, customers.survivor(connection, customer_id))
    if found is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
    return tuple(_suggested(found, day))


def _suggested(customer: Customer, day: date) -> list[DraftItem]:
    tongue = customer.language
    items = []
    if customer.on_site_cents is not None:
        words = gettext_in(tongue, "On-site visit, flat price")
        items.append(DraftItem(0, LineKind.VISIT, day, words, _ONE, Unit.LUMP_SUM, customer.on_site_cents))
    if customer.on_site_travel_cents is not None:
        words = gettext_in(tongue, "Travel")
        if customer.on_site_km:
            distance = ngettext_in(tongue, "Travel, %(n)d km", "Travel, %(n)d km", customer.on_site_km)
            words = distance % {"n": customer.on_site_km}
        cents = customer.on_site_travel_cents
        items.append(DraftItem(0, LineKind.TRAVEL, day, words, _ONE, Unit.LUMP_SUM, cents))
    if customer.on_site_hourly_cents is not None:
        words = gettext_in(tongue, "On-site visit")
        items.append(DraftItem(0, LineKind.VISIT, day, words, _ONE, Unit.HOUR, customer.on_site_hourly_cents))
    return items
