"""From which minute on a visit would have been cheaper for the customer."""

from __future__ import annotations


def break_even_minutes(on_site_cents: int | None, price_cents: int) -> int | None:
    """Return the last minute at which remote support is not dearer than a visit.

    None where the customer has no on-site price or the minute costs nothing.
    """
    if on_site_cents is None or price_cents <= 0:
        return None
    return on_site_cents // price_cents
