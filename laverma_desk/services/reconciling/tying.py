"""Say to which machine an unknown partner ID belongs; the machine keeps those it had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from laverma_desk.domain.connecting import is_id
from laverma_desk.domain.customer import FormerPartnerId, Tool, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.calls.session_access import place_on
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.trace import (
    Difference,
    differences,
    editable_on,
    log_differences,
)
from laverma_desk.services.desk import Desk
from laverma_desk.services.reconciling.matching import match_open
from laverma_desk.services.reconciling.records import Tied
from laverma_desk.storage import connection_rows, customer_records, former_ids
from laverma_desk.storage.database import Connection

_FIELDS = ("tool", "partner_id")
_TOPICS = (Topic.CONNECTIONS, Topic.CUSTOMERS, Topic.SESSIONS)


def tie_workstation(
    desk: Desk, ids: Sequence[int], workstation_id: int, *, keep_current: bool = False
) -> Done[Tied]:
    """Give the partner ID of connections to a machine, and match what is open with it.

    The ID that the machine had becomes a former one; with `keep_current` it is the new one that counts
    as a former one. Raises RuleBroken CONNECTION_UNKNOWN, PARTNER_ID_INVALID, WORKSTATION_UNKNOWN,
    CUSTOMER_RESTRICTED.
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        tool, partner_id = _id_of(connection, ids)
        before, customer = place_on(connection, workstation_id)
        editable_on(connection, customer.id)
        if not keep_current:
            _write(connection, desk, before, replace(before, tool=tool, partner_id=partner_id))
        elif not _has(connection, before, tool, partner_id):
            former_ids.add_former_id(connection, FormerPartnerId(before.id, tool, partner_id, now))
            log_differences(
                connection,
                desk,
                customer.id,
                [Difference("workstation.former_partner_id", "", partner_id, before.name)],
            )
        matched = match_open(connection, now)
    tied = Tied(before.id, tool, partner_id, not keep_current, before.tool, before.partner_id, matched)
    return done(tied, *_TOPICS)


def untie_workstation(desk: Desk, tied: Tied) -> Done[int]:
    """Take back that an ID belongs to a machine; return how many connections are open again by that.

    What was decided by hand since stays. Raises RuleBroken WORKSTATION_UNKNOWN, CUSTOMER_RESTRICTED.
    """
    with desk.database.write() as connection:
        present, customer = place_on(connection, tied.workstation_id)
        editable_on(connection, customer.id)
        if tied.current and (present.tool, present.partner_id) == (tied.tool, tied.partner_id):
            earlier = replace(present, tool=tied.tool_before, partner_id=tied.partner_id_before)
            _write(connection, desk, present, earlier)
            if tied.partner_id_before:
                _forget(connection, present.id, tied.tool_before, tied.partner_id_before)
        if (tied.tool, tied.partner_id) != (tied.tool_before, tied.partner_id_before):
            _forget(connection, present.id, tied.tool, tied.partner_id)
        freed = connection_rows.free_automatic(connection, tied.tool, tied.partner_id)
        matched = match_open(connection, desk.clock.now())
    return done(max(0, freed - matched), *_TOPICS)


_forget = former_ids.forget_former_id


def _id_of(connection: Connection, ids: Sequence[int]) -> tuple[Tool, str]:
    found = connection_rows.several(connection, set(ids))
    if not found:
        raise RuleBroken(Rule.CONNECTION_UNKNOWN)
    tool, partner_id = found[0].tool, found[0].partner_id
    if not is_id(tool, partner_id):
        raise RuleBroken(Rule.PARTNER_ID_INVALID, field="partner_id", tool=tool)
    return tool, partner_id


def _has(connection: Connection, machine: Workstation, tool: Tool, partner_id: str) -> bool:
    once = former_ids.former_ids_of(connection, [machine.id])
    return (machine.tool, machine.partner_id) == (tool, partner_id) or any(
        (one.tool, one.partner_id) == (tool, partner_id) for one in once
    )


def _write(connection: Connection, desk: Desk, before: Workstation, after: Workstation) -> None:
    customer_records.update_workstation(connection, after, desk.clock.now())
    found = differences(before, after, _FIELDS, kind="workstation")
    log_differences(connection, desk, after.customer_id, found)
