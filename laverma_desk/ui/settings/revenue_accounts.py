"""An account for each way in which the house's services are taxed."""

from __future__ import annotations

from decimal import Decimal

from laverma_desk import text
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.i18n import _
from laverma_desk.services.datev.settings import WayOfTaxing

_START = "revenue:"


def field_of(way: WayOfTaxing) -> str:
    """Return the name of the field for a way of taxing."""
    category, rate = way
    return f"{_START}{category.value}:{rate.normalize():f}"


def way_of(name: str) -> WayOfTaxing | None:
    """Return the way of taxing that a field is for, None for a field of something else."""
    if not name.startswith(_START):
        return None
    category, _colon, rate = name.removeprefix(_START).partition(":")
    return VatCategory(category), Decimal(rate)


def label_of(way: WayOfTaxing) -> str:
    """Return how a way of taxing is called."""
    category, rate = way
    if category is VatCategory.STANDARD:
        return _("Revenue with %(rate)s VAT") % {"rate": text.percent(rate)}
    return {
        VatCategory.EXEMPT: _("Revenue as a small business (§ 19 UStG)"),
        VatCategory.REVERSE_CHARGE: _("Services to other EU states (§ 13b UStG)"),
    }.get(category, _("Services that are not taxable in Germany"))
