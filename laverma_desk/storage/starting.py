"""The start of a session: whom it concerns, in one read, and the session that begins, in two writes."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, false, func, insert, select

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.domain.timekeeping import Beat
from laverma_desk.storage.heartbeats import PULSE, THIS_HEART, to_pulse
from laverma_desk.storage.mine import Role
from laverma_desk.storage.prepared import Prepared
from laverma_desk.storage.tables import (
    contact,
    customer,
    heartbeat,
    segment,
    session,
    setting,
    supporter,
    workstation,
)

# Who sits at this desk: whose login it is, else the one chosen, else the first by name.
_PERSON = supporter.alias()
_CHOSEN = (
    select(setting.c.value["supporter_id"].as_integer()).where(setting.c.key == "desk").scalar_subquery()
)
_CHOICE = (
    func.coalesce(_PERSON.c.role == Role(), false()).desc(),
    (_PERSON.c.id == _CHOSEN).desc().nulls_last(),
    _PERSON.c.name,
)
_HERE = (
    select(_PERSON.c.id).where(_PERSON.c.archived.is_(False)).order_by(*_CHOICE).limit(1).scalar_subquery()
)
_ASKED = (
    select(
        workstation.c.id,
        workstation.c.tool,
        workstation.c.partner_id,
        workstation.c.name,
        customer.c.id,
        customer.c.name,
        customer.c.merged_into,
        customer.c.restricted_at,
        customer.c.email_report,
        supporter.c.id,
        supporter.c.name,
        *PULSE,
        contact.c.name,
        contact.c.email,
        contact.c.gets_reports,
    )
    .join(customer, customer.c.id == workstation.c.customer_id)
    .outerjoin(supporter, supporter.c.id == _HERE)
    .outerjoin(heartbeat, THIS_HEART)
    .outerjoin(contact, contact.c.customer_id == customer.c.id)
    .where(workstation.c.id == bindparam("row"))
    .order_by(contact.c.position, contact.c.id)
)
_CONCERNED = Prepared(_ASKED, gives=_ASKED.selected_columns)
_SESSION = Prepared(
    insert(session).returning(session.c.id),
    gives=(session.c.id,),
    sets=(
        "number", "customer_id", "workstation_id", "supporter_id", "state", "begin", "day", "requested_by",
        "tool", "partner_id", "recipient", "exception_reason", "exception_by", "exception_at", "created_at",
    ),
)  # fmt: skip
_SEGMENT = Prepared(insert(segment), sets=("session_id", "position", "begin", "end"))


class Asking(NamedTuple):
    """A person of the practice, as far as a start asks."""

    name: str
    email: str
    gets_reports: bool


class Concerned(NamedTuple):
    """What a new session takes over, and what decides whether it may begin.

    `merged`: the record goes on as another one. `supporter_id` None: nobody was ever named. `pulse`: the last
    beat of the heart, None where it has not beaten in this run.
    """

    workstation_id: int
    tool: Tool
    partner_id: str
    workstation_name: str
    customer_id: int
    customer_name: str
    merged: bool
    restricted_at: datetime | None
    email_report: str
    supporter_id: int | None
    supporter_name: str
    pulse: Beat | None
    people: tuple[Asking, ...]


def concerned(connection: Connection, workstation_id: int) -> Concerned | None:
    """Return who a start at a workstation concerns, None where there is no such workstation."""
    rows = _CONCERNED.rows(connection, {"row": workstation_id})
    if not rows:
        return None
    (
        row, tool, partner_id, place, customer_id, name, merged_into, restricted_at, email_report,
        supporter_id, supporter_name, at, uptime, *_person,
    ) = rows[0]  # fmt: skip
    return Concerned(
        row, Tool(tool), partner_id, place, customer_id, name, merged_into is not None, restricted_at,
        email_report, supporter_id, supporter_name or "", to_pulse(at, uptime),
        tuple(Asking(*row[-3:]) for row in rows if row[-3] is not None),
    )  # fmt: skip


def begin_session(connection: Connection, one: SupportSession) -> int:
    """Write a session that begins now with its first segment and return its row; its `id` is ignored.

    What a start does not know of a session has its column's default, which is that of the record too.
    """
    exception = one.exception
    values = {
        "number": one.number,
        "customer_id": one.customer_id,
        "workstation_id": one.workstation_id,
        "supporter_id": one.supporter_id,
        "state": one.state.value,
        "begin": one.begin,
        "day": local_day(one.begin),
        "requested_by": one.requested_by,
        "tool": one.tool.value,
        "partner_id": one.partner_id,
        "recipient": one.recipient,
        "exception_reason": exception.reason if exception else None,
        "exception_by": exception.decided_by if exception else None,
        "exception_at": exception.decided_at if exception else None,
        "created_at": one.begin,
    }
    ((row,),) = _SESSION.rows(connection, values)
    _SEGMENT.run(connection, {"session_id": row, "position": 0, "begin": one.begin, "end": None})
    return int(row)
