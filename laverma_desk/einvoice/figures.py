"""The figures of an invoice as its XML says them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class FigureLine:
    """A line's figures (BG-25).

    Money is cents; `price_cents` buys `base` units, counted in
    `base_unit` (empty where the price is for one).
    """

    position: str
    quantity: Decimal
    unit: str
    price_cents: int
    base: Decimal
    base_unit: str
    net_cents: int
    vat_category: str
    vat_rate: Decimal
    first: date | None
    last: date | None


@dataclass(frozen=True)
class FigureGroup:
    """A VAT breakdown (BG-23)."""

    category: str
    rate: Decimal
    net_cents: int
    vat_cents: int


@dataclass(frozen=True)
class Figures:
    """What the XML says of an invoice, in cents; what it does not say is empty or None.

    `cancels` and `cancels_on` name the document that it takes back (BG-3).
    """

    guideline: str
    number: str
    type_code: str
    issued_on: date | None
    due_on: date | None
    first: date | None
    last: date | None
    currency: str
    remittance: str
    lines: tuple[FigureLine, ...]
    groups: tuple[FigureGroup, ...]
    line_total_cents: int
    net_cents: int
    vat_cents: int
    gross_cents: int
    due_cents: int
    seller_name: str
    seller_vat_id: str
    seller_tax_number: str
    buyer_name: str
    buyer_number: str
    buyer_vat_id: str
    buyer_reference: str
    iban: str
    cancels: str
    cancels_on: date | None
