"""The machines of a practice: one current partner ID each, and the ones it had before."""

from __future__ import annotations

from dataclasses import replace

from laverma_desk.domain.connecting import plain_id
from laverma_desk.domain.customer import Tool, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.folding import fold
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.fields import check_field
from laverma_desk.services.customers.forms import DraftKind, WorkstationDraft
from laverma_desk.services.customers.trace import Difference, differences, editable_on, log_differences
from laverma_desk.services.desk import Desk
from laverma_desk.storage import customer_records
from laverma_desk.storage.customer_records import IdOwner
from laverma_desk.storage.database import Connection

_FIELDS = ("name", "tool", "partner_id", "place")


def checked_workstation(draft: WorkstationDraft) -> Workstation:
    """Return a machine as typed, normalised. Raises RuleBroken at the first field that is wrong."""
    name = str(check_field(DraftKind.WORKSTATION, "name", draft.name))
    if not name:
        raise RuleBroken(Rule.TEXT_MISSING, field="name")
    tool = str(check_field(DraftKind.WORKSTATION, "tool", draft.tool))
    partner_id = str(check_field(DraftKind.WORKSTATION, "partner_id", draft.partner_id, tool=tool))
    place = str(check_field(DraftKind.WORKSTATION, "place", draft.place))
    return Workstation(0, 0, name, Tool(tool), partner_id, place=place)


def save_workstation(
    desk: Desk,
    customer_id: int,
    workstation_id: int | None,
    draft: WorkstationDraft,
    *,
    version: int | None = None,
) -> Done[Workstation]:
    """Keep a machine, a new one where `workstation_id` is None; an ID it no longer has becomes a former one.

    `version` is the one that an editor showed. Raises RuleBroken at the field that is wrong,
    WORKSTATION_NAME_TAKEN, RECORD_CHANGED.
    """
    typed = replace(checked_workstation(draft), customer_id=customer_id)
    with desk.database.write() as connection:
        editable_on(connection, customer_id, version)
        known = customer_records.all_workstations(connection, customer_id)
        before = next((one for one in known if one.id == workstation_id), None)
        folded = fold(typed.name)
        if any(fold(one.name) == folded for one in known if one is not before):
            raise RuleBroken(Rule.WORKSTATION_NAME_TAKEN, field="name")
        if before is None:
            made = replace(typed, id=customer_records.insert_workstation(connection, typed))
            log_differences(connection, desk, customer_id, [Difference("workstation", "", made.name)])
            return done(made, Topic.CUSTOMERS)
        after = replace(typed, id=before.id, archived=before.archived)
        _write(connection, desk, before, after)
    return done(after, Topic.CUSTOMERS, Topic.SESSIONS)


def archive_workstation(
    desk: Desk, customer_id: int, workstation_id: int, *, archived: bool
) -> Done[Workstation]:
    """Put a machine away, or take it back. Raises RuleBroken WORKSTATION_UNKNOWN, WORKSTATION_RUNNING."""
    with desk.database.write() as connection:
        editable_on(connection, customer_id)
        known = customer_records.all_workstations(connection, customer_id)
        before = next((one for one in known if one.id == workstation_id), None)
        if before is None:
            raise RuleBroken(Rule.WORKSTATION_UNKNOWN)
        if archived and customer_records.has_open_session(connection, workstation_id=workstation_id):
            raise RuleBroken(Rule.WORKSTATION_RUNNING)
        after = replace(before, archived=archived)
        _write(connection, desk, before, after)
    return done(after, Topic.CUSTOMERS)


def _write(connection: Connection, desk: Desk, before: Workstation, after: Workstation) -> None:
    customer_records.update_workstation(connection, after, desk.clock.now())
    found = differences(before, after, (*_FIELDS, "archived"), kind="workstation")
    log_differences(connection, desk, after.customer_id, found)


def owners_of_partner_id(desk: Desk, typed: str, except_id: int | None) -> list[IdOwner]:
    """Return the other machines that have or had an ID, so that a slip is noticed; nothing is refused."""
    plain = plain_id(Tool.OTHER, typed)
    if not plain:
        return []
    with desk.database.read() as connection:
        return customer_records.owners_of_partner_id(connection, plain, except_id or 0)
