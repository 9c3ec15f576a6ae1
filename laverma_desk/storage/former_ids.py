"""The partner IDs by which machines were reached before."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from laverma_desk.domain.customer import FormerPartnerId, Tool
from laverma_desk.storage.tables import former_partner_id


def add_former_id(connection: Connection, one: FormerPartnerId) -> None:
    """Remember an ID that a machine no longer has."""
    connection.execute(insert(former_partner_id).values(**vars(one) | {"tool": one.tool.value}))


def forget_former_id(connection: Connection, workstation_id: int, tool: Tool, partner_id: str) -> None:
    """Forget that a machine once had an ID: it was a slip."""
    columns = former_partner_id.c
    connection.execute(
        delete(former_partner_id).where(
            columns.workstation_id == workstation_id,
            columns.tool == tool.value,
            columns.partner_id == partner_id,
        )
    )


def former_ids_of(connection: Connection, workstation_ids: Sequence[int]) -> list[FormerPartnerId]:
    """Return the former IDs of some machines, the oldest first."""
    columns = former_partner_id.c
    rows = connection.execute(
        select(columns.workstation_id, columns.tool, columns.partner_id, columns.until)
        .where(columns.workstation_id.in_(workstation_ids))
        .order_by(columns.id)
    )
    return [FormerPartnerId(row.workstation_id, Tool(row.tool), row.partner_id, row.until) for row in rows]


def hand_over_former_ids(connection: Connection, old_id: int, new_id: int) -> None:
    """Give the former IDs of a machine to the one that goes on for it."""
    columns = former_partner_id.c
    connection.execute(
        update(former_partner_id).where(columns.workstation_id == old_id).values(workstation_id=new_id)
    )
