"""What the form of a new customer shows, and what the desk holds after it."""

from __future__ import annotations

from laverma_desk.storage import customers


def typed_field(form, key):
    """Return the field of the form behind a key."""
    return form._fields[key].field


def customers_by_name(desk):
    """Return every customer by its name."""
    with desk.database.read() as connection:
        return {one.name: one for one in customers.every_customer(connection)}
