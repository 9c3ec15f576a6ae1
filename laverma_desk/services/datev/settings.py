"""What the tax adviser tells the house, for a window to show and to keep."""

from __future__ import annotations

from decimal import Decimal

from laverma_desk.domain.bookkeeping import BookkeepingSettings, check_bookkeeping
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import changing_settings, house_on
from laverma_desk.services.setup.house_bookkeeping import bookkeeping_on, write_bookkeeping

WayOfTaxing = tuple[VatCategory, Decimal]


def bookkeeping(desk: Desk) -> BookkeepingSettings:
    """Return what the tax adviser told the house, the defaults where nothing was saved yet."""
    with desk.database.read() as connection:
        return bookkeeping_on(connection)


def save_bookkeeping(desk: Desk, settings: BookkeepingSettings) -> Done[None]:
    """Keep what the tax adviser says. Raises RuleBroken as `domain.bookkeeping.check_bookkeeping`.

    The accounts that debtors have stay, whether or not they have the new number of digits: the preview of
    an export names those that have not.
    """
    check_bookkeeping(settings)
    with changing_settings(desk) as connection:
        write_bookkeeping(connection, settings)
    return done(None, Topic.HOUSE)


def ways_of_taxing(desk: Desk) -> tuple[WayOfTaxing, ...]:
    """Return in which ways the house's services are taxed, each of which needs an account.

    The general rates that the house knows, the newest first; then services in other EU states, and those of
    a small business; then whatever else has an account already.
    """
    with desk.database.read() as connection:
        house = house_on(connection)
        kept = bookkeeping_on(connection)
    rates = sorted(house.vat_rates, key=lambda one: one.valid_from, reverse=True)
    ways: dict[WayOfTaxing, None] = {(VatCategory.STANDARD, one.rate): None for one in rates}
    ways[VatCategory.REVERSE_CHARGE, Decimal(0)] = None
    ways[VatCategory.EXEMPT, Decimal(0)] = None
    ways |= {(one.category, one.rate): None for one in kept.revenue}
    return tuple(ways)
