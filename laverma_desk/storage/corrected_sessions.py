"""Write an ended session as it was corrected: its row, its segments, its gaps."""

from __future__ import annotations

from sqlalchemy import Connection, delete, update

from laverma_desk.domain.support_session import SupportSession
from laverma_desk.storage.sessions import frozen_values, replace_segments, update_session
from laverma_desk.storage.tables import gap


def write_corrected(connection: Connection, before: SupportSession, after: SupportSession) -> None:
    """Write all that a correction may change of a session.

    Raises ValueError for one without tariff and charge, IntegrityError where an invoice bills it.
    """
    if after.tariff is None or after.charge is None:
        raise ValueError(after.number)
    update_session(
        connection,
        after.id,
        customer_id=after.customer_id,
        workstation_id=after.workstation_id,
        supporter_id=after.supporter_id,
        customer_name=after.customer_name,
        workstation_name=after.workstation_name,
        supporter_name=after.supporter_name,
        requested_by=after.requested_by,
        channel=after.channel.value,
        tool=after.tool.value,
        partner_id=after.partner_id,
        notes=after.notes,
        internal_note=after.internal_note,
        billable=after.billable,
        free_reason_id=after.free_reason_id,
        not_possible=after.not_possible or "",
        recipient=after.recipient,
        origin=after.origin.value,
        exception_reason=after.exception.reason if after.exception else None,
        exception_by=after.exception.decided_by if after.exception else None,
        exception_at=after.exception.decided_at if after.exception else None,
        **frozen_values(after.tariff, after.charge),
    )
    if after.segments != before.segments:
        replace_segments(connection, after.id, after.segments)
    _write_gaps(connection, before, after)


def _write_gaps(connection: Connection, before: SupportSession, after: SupportSession) -> None:
    kept = {one.id: one for one in after.gaps}
    for one in before.gaps:
        if one.id not in kept:
            connection.execute(delete(gap).where(gap.c.id == one.id))
        elif kept[one.id] != one:
            connection.execute(
                update(gap).where(gap.c.id == one.id).values(begin=kept[one.id].begin, end=kept[one.id].end)
            )
