"""The telephone lines of all practices and their people, for finding who calls."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, literal, or_, select, true, union_all

from laverma_desk.storage.tables import contact, customer

_OWN = select(customer.c.id.label("customer_id"), literal("").label("person"), customer.c.phone)
_OF_PEOPLE = [
    select(contact.c.customer_id, contact.c.name, number).where(number != "")
    for number in (contact.c.phone, contact.c.mobile)
]
_HEAD = customer.alias("head")
_GOES_ON = _HEAD.c.id == func.coalesce(customer.c.merged_into, customer.c.id)
_OPEN = _HEAD.c.archived.is_(False) & _HEAD.c.restricted_at.is_(None) & customer.c.restricted_at.is_(None)


class Line(NamedTuple):
    """A number as it is stored, and whose it is; `person` is empty for the line of the practice itself."""

    customer_id: int
    customer_name: str
    person: str
    number: str


def every_line(connection: Connection, ending: str = "") -> list[Line]:
    """Return the lines of practices that are in use, by their names.

    With the last digits of a number, those that end otherwise are left out; what is stored in no order
    stays, for where its digits end only shows once it is read.
    Those of a record that was merged are lines of the record that goes on. Archived practices are left
    out, and those that data protection has locked.
    """
    every = union_all(_OWN.where(customer.c.phone != ""), *_OF_PEOPLE).subquery()
    rows = connection.execute(
        select(_HEAD.c.id, _HEAD.c.name, every.c.person, every.c.phone)
        .select_from(every)
        .join(customer, customer.c.id == every.c.customer_id)
        .join(_HEAD, _GOES_ON)
        .where(_OPEN & _may_end(every.c.phone, ending))
        .order_by(_HEAD.c.name, _HEAD.c.id, every.c.person, every.c.phone)
    )
    return [Line(*row) for row in rows]


def further_numbers() -> Select[tuple[int, str]]:
    """Return the query for what practices in use are reached by beside the number of their own record.

    That is the lines of their people, and of the records that were merged into them.
    """
    gone = _OWN.where(customer.c.phone != "", customer.c.merged_into.is_not(None))
    every = union_all(gone, *_OF_PEOPLE).subquery()
    return (
        select(_HEAD.c.id, every.c.phone)
        .select_from(every)
        .join(customer, customer.c.id == every.c.customer_id)
        .join(_HEAD, _GOES_ON)
        .where(_OPEN)
    )


def _may_end(number: ColumnElement[str], ending: str) -> ColumnElement[bool]:
    if not ending:
        return true()
    spelt = (number.contains(sign) for sign in " -/().")
    return or_(number.like(f"%{ending}"), number.not_like("+%"), *spelt)
