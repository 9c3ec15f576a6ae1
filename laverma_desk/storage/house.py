"""What the house has written down once: settings by section, tariffs, people, snippets, reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, delete, insert, select, update

from laverma_desk.domain.company import FreeReason, Snippet, Supporter
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.literals import ENDED
from laverma_desk.storage.tables import free_reason, session, setting, snippet, supporter, tariff

# Built once: to put a statement together takes longer than to ask it.
_SECTION = select(setting.c.value).where(setting.c.key == bindparam("wanted"))
_SECTIONS = select(setting.c.key, setting.c.value)
_TARIFFS = select(tariff).order_by(tariff.c.valid_from)
_SUPPORTERS = select(supporter).order_by(supporter.c.archived, supporter.c.name)
_SNIPPETS = select(snippet).order_by(snippet.c.position, snippet.c.id)
_FREE_REASONS = select(free_reason).order_by(free_reason.c.position, free_reason.c.id)


def read_section(connection: Connection, key: str) -> dict[str, Any]:
    """Return the values of one section of the settings, empty where nothing was ever saved."""
    found = connection.execute(_SECTION, {"wanted": key}).scalar()
    return dict(found) if found else {}


def sections(connection: Connection) -> defaultdict[str, dict[str, Any]]:
    """Return the values of all sections, empty where nothing was ever saved."""
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for row in connection.execute(_SECTIONS):
        found[row.key] = dict(row.value or {})
    return found


def write_section(connection: Connection, key: str, values: dict[str, Any]) -> None:
    """Replace one section of the settings."""
    connection.execute(delete(setting).where(setting.c.key == key))
    connection.execute(insert(setting).values(key=key, value=values))


def tariffs(connection: Connection) -> tuple[Tariff, ...]:
    """Return the house's tariffs, the oldest first."""
    return tuple(
        Tariff(
            valid_from=row.valid_from,
            price_cents=row.price_cents,
            rounding=Rounding(row.rounding),
            minimum_seconds=row.minimum_seconds,
            free_seconds=row.free_seconds,
        )
        for row in connection.execute(_TARIFFS)
    )


def put_tariff(connection: Connection, one: Tariff) -> None:
    """Write a tariff; one with the same first day is replaced."""
    remove_tariff(connection, one.valid_from)
    connection.execute(
        insert(tariff).values(
            valid_from=one.valid_from,
            price_cents=one.price_cents,
            rounding=one.rounding.value,
            minimum_seconds=one.minimum_seconds,
            free_seconds=one.free_seconds,
        )
    )


def remove_tariff(connection: Connection, valid_from: date) -> None:
    """Take a tariff out; ended sessions keep theirs, which is frozen on them."""
    connection.execute(delete(tariff).where(tariff.c.valid_from == valid_from))


def supporters(connection: Connection) -> tuple[Supporter, ...]:
    """Return all technicians by name, archived ones last."""
    rows = connection.execute(_SUPPORTERS)
    return tuple(Supporter(row.id, row.name, row.email, row.archived) for row in rows)


def put_supporter(connection: Connection, name: str, email: str, *, known: int | None = None) -> int:
    """Write a technician, by number or else by name, and return the number."""
    if known is None:
        known = connection.execute(select(supporter.c.id).where(supporter.c.name == name)).scalar()
    if known is None:
        return insert_row(connection, supporter, name=name, email=email)
    connection.execute(
        update(supporter).where(supporter.c.id == known).values(name=name, email=email, archived=False)
    )
    return known


def archive_supporter(connection: Connection, supporter_id: int) -> None:
    """Take a technician out of the choices; sessions keep the name."""
    connection.execute(update(supporter).where(supporter.c.id == supporter_id).values(archived=True))


def snippets(connection: Connection) -> tuple[Snippet, ...]:
    """Return the phrases in their order."""
    rows = connection.execute(_SNIPPETS)
    return tuple(Snippet(row.id, row.label, row.text) for row in rows)


def replace_snippets(connection: Connection, pairs: Sequence[tuple[str, str]]) -> None:
    """Write all phrases anew as pairs of label and text."""
    connection.execute(delete(snippet))
    rows = [{"position": place, "label": label, "text": text} for place, (label, text) in enumerate(pairs)]
    if rows:
        connection.execute(insert(snippet), rows)


def free_reasons(connection: Connection) -> tuple[FreeReason, ...]:
    """Return the reasons for free sessions in their order, archived ones included."""
    rows = connection.execute(_FREE_REASONS)
    return tuple(FreeReason(row.id, row.name, row.on_invoice, row.archived) for row in rows)


def replace_free_reasons(connection: Connection, wanted: Sequence[tuple[int | None, str, bool]]) -> None:
    """Write the reasons as (number or None, name, on the invoice); a missing one is archived.

    Sessions point at reasons, so that none is ever deleted, and one that an ended session gives keeps its
    word: renamed, it is archived and another one stands in its place. A name that comes back, on a new
    reason or on a renamed one, revives its row.
    """
    given = select(session.c.free_reason_id).where(
        session.c.free_reason_id.is_not(None), session.c.state == ENDED
    )
    used = set(connection.execute(given.distinct()).scalars())
    names = {row.id: row.name for row in connection.execute(select(free_reason.c.id, free_reason.c.name))}
    numbers = [
        None if number in used and names[number] != name else number for number, name, _on_invoice in wanted
    ]
    revived = {name: number for number, name in names.items() if number not in numbers}
    found = [
        revived.get(name, number)
        for number, (_number, name, _on_invoice) in zip(numbers, wanted, strict=True)
    ]
    free = {name: number for number, name in names.items() if number not in found}
    written = [
        (free.get(name) if number is None else number, name, on_invoice)
        for number, (_number, name, on_invoice) in zip(found, wanted, strict=True)
    ]
    connection.execute(update(free_reason).values(archived=True))
    # Names are unique at every moment, also while two reasons exchange theirs.
    parked = free_reason.c.name + "\n" + cast(free_reason.c.id, Text)
    changing = [number for number, _name, _on_invoice in written if number is not None]
    connection.execute(update(free_reason).where(free_reason.c.id.in_(changing)).values(name=parked))
    for place, (row, name, on_invoice) in enumerate(written):
        values = {"position": place, "name": name, "on_invoice": on_invoice, "archived": False}
        if row is None:
            connection.execute(insert(free_reason).values(**values))
        else:
            connection.execute(update(free_reason).where(free_reason.c.id == row).values(**values))
