"""What a visit costs, and from which minute on it would have been cheaper for the customer."""

from __future__ import annotations

from laverma_desk.domain.customer import Customer


def visit_cents(customer: Customer) -> int | None:
    """Return what the shortest visit costs: the flat price, or travel and the first hour.

    None where no price of a visit is agreed.
    """
    if customer.on_site_cents is not None:
        return customer.on_site_cents
    if customer.on_site_hourly_cents is None:
        return customer.on_site_travel_cents
    return (customer.on_site_travel_cents or 0) + customer.on_site_hourly_cents


def break_even_minutes(visit_cents: int | None, price_cents: int) -> int | None:
    """Return the last minute at which remote support is not dearer than a visit.

    None where the customer has no on-site price or the minute costs nothing.
    """
    if visit_cents is None or price_cents <= 0:
        return None
    return visit_cents // price_cents
