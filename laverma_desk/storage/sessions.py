"""Remote sessions with their segments, gaps and the log of what was changed on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, true, update

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.money import Charge
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.support_session import (
    AgreementException,
    Gap,
    GapDecision,
    GapKind,
    Origin,
    Segment,
    SessionState,
    SupportSession,
)
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.storage import search_index
from laverma_desk.storage.customers import family
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.literals import ENDED as _ENDED
from laverma_desk.storage.literals import YES as _YES
from laverma_desk.storage.mine import MINE
from laverma_desk.storage.portions import portions
from laverma_desk.storage.session_history import Change as Change  # noqa: PLC0414 (known here too)
from laverma_desk.storage.tables import (
    customer,
    free_reason,
    gap,
    segment,
    session,
    supporter,
    workstation,
)

# Sessions with the names that count: the frozen ones, else those of the records. Which ones, small statements
# say; this one is put together and compiled once for all of them, which takes longer than to ask it.
_SHOWN = (
    select(
        session,
        func.coalesce(session.c.customer_name, customer.c.name).label("shown_customer"),
        func.coalesce(session.c.workstation_name, workstation.c.name).label("shown_workstation"),
        func.coalesce(session.c.supporter_name, supporter.c.name).label("shown_supporter"),
        func.coalesce(free_reason.c.name, "").label("shown_reason"),
    )
    .join(customer, customer.c.id == session.c.customer_id)
    .join(workstation, workstation.c.id == session.c.workstation_id)
    .join(supporter, supporter.c.id == session.c.supporter_id)
    .outerjoin(free_reason, free_reason.c.id == session.c.free_reason_id)
    .where(session.c.id.in_(bindparam("numbers", expanding=True)))
)
_NEWEST_FIRST = (session.c.begin.desc(), session.c.id.desc())
_NUMBERS = select(session.c.id)
_OPEN = _NUMBERS.where(session.c.state != _ENDED).order_by(session.c.id)
_MY_OPEN = _NUMBERS.where(session.c.state != _ENDED, MINE).order_by(session.c.id)
_ON_THE_STRIP = _NUMBERS.where((session.c.state != _ENDED) | (session.c.report_open == _YES), MINE).order_by(
    session.c.id
)
_OF_OTHERS = _NUMBERS.where(session.c.state != _ENDED, ~MINE).order_by(session.c.id)
_OF_FAMILY = session.c.customer_id.in_(bindparam("family", expanding=True))
_LAST = (
    _NUMBERS.where(_OF_FAMILY, session.c.state == _ENDED).order_by(*_NEWEST_FIRST).limit(bindparam("count"))
)
_EXCEPTIONS = _NUMBERS.where(_OF_FAMILY, session.c.exception_reason.is_not(None)).order_by(
    session.c.begin.desc()
)
_LATEST = (
    _NUMBERS.join(customer, customer.c.id == session.c.customer_id)
    .where(customer.c.restricted_at.is_(None))
    .order_by(*_NEWEST_FIRST)
    .limit(bindparam("count"))
)
_SEGMENTS = (
    select(segment)
    .where(segment.c.session_id.in_(bindparam("numbers", expanding=True)))
    .order_by(segment.c.position)
)
_GAPS = select(gap).where(gap.c.session_id.in_(bindparam("numbers", expanding=True))).order_by(gap.c.id)
_LATELY = 50
"""Among so many of the newest sessions are those of the latest machines."""

_UPDATE = update(session).where(session.c.id == bindparam("row")).values(version=session.c.version + 1)
_ADD_SEGMENT = insert(segment)


def _fetch(connection: Connection, wanted: Select[int], **values: Any) -> list[SupportSession]:
    return _those(connection, list(connection.execute(wanted, values).scalars()))


def _those(connection: Connection, numbers: Sequence[int]) -> list[SupportSession]:
    """Return sessions by their rows, as far as they are there, in the order of these."""
    if not numbers:
        return []
    wanted = {"numbers": numbers}
    rows = {row.id: row for row in connection.execute(_SHOWN, wanted)}
    segments: dict[int, list[Segment]] = defaultdict(list)
    gaps: dict[int, list[Gap]] = defaultdict(list)
    for row in connection.execute(_SEGMENTS, wanted) if rows else ():
        segments[row.session_id].append(Segment(row.begin, row.end))
    for row in connection.execute(_GAPS, wanted) if rows else ():
        decision = GapDecision(row.decision) if row.decision else None
        gaps[row.session_id].append(
            Gap(row.id, row.session_id, GapKind(row.kind), row.begin, row.end, decision)
        )
    found = (rows[number] for number in numbers if number in rows)
    return [_session(row, tuple(segments[row.id]), tuple(gaps[row.id])) for row in found]


def _session(row: Row[Any], segments: tuple[Segment, ...], gaps: tuple[Gap, ...]) -> SupportSession:
    exception = None
    if row.exception_reason is not None:
        exception = AgreementException(row.exception_reason, row.exception_by or "", row.exception_at)
    tariff, charge = None, None
    if row.seconds is not None:
        tariff = Tariff(
            valid_from=row.tariff_from,
            price_cents=row.price_cents,
            rounding=Rounding(row.rounding),
            vat_rate=row.vat_rate,
            minimum_seconds=row.minimum_seconds,
            free_seconds=row.free_seconds,
        )
        charge = Charge(
            seconds=row.seconds,
            billed_seconds=row.billed_seconds,
            rounding=tariff.rounding,
            price_cents=row.price_cents,
            net_cents=row.net_cents,
            vat_rate=row.vat_rate,
            vat_cents=row.vat_cents,
        )
    return SupportSession(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        workstation_id=row.workstation_id,
        supporter_id=row.supporter_id,
        customer_name=row.shown_customer,
        workstation_name=row.shown_workstation,
        supporter_name=row.shown_supporter,
        state=SessionState(row.state),
        segments=segments,
        gaps=gaps,
        requested_by=row.requested_by,
        channel=Channel(row.channel),
        tool=Tool(row.tool),
        partner_id=row.partner_id,
        notes=row.notes,
        internal_note=row.internal_note,
        billable=row.billable,
        free_reason_id=row.free_reason_id,
        free_reason=row.shown_reason,
        recipient=row.recipient,
        report_open=row.report_open,
        exception=exception,
        origin=Origin(row.origin),
        tariff=tariff,
        charge=charge,
        continued_from=row.continued_from,
        invoice_number=row.invoice_number,
        not_possible=NotPossible(row.not_possible) if row.not_possible else None,
    )


def find(connection: Connection, session_id: int) -> SupportSession | None:
    """Return a session by its row."""
    found = _those(connection, [session_id])
    return found[0] if found else None


def several(connection: Connection, session_ids: Sequence[int]) -> list[SupportSession]:
    """Return sessions by their rows, however many, in the order of their beginning."""
    found: list[SupportSession] = []
    for some in portions(session_ids):
        found += _those(connection, some)
    return sorted(found, key=lambda one: (one.begin, one.id))


def find_by_number(connection: Connection, number: str) -> SupportSession | None:
    """Return a session by its readable number, S-2022-0214."""
    found = _fetch(connection, _NUMBERS.where(session.c.number == number))
    return found[0] if found else None


def open_sessions(connection: Connection) -> list[SupportSession]:
    """Return the sessions that run or pause, whoever runs them, the oldest first."""
    return _fetch(connection, _OPEN)


def my_open_sessions(connection: Connection) -> list[SupportSession]:
    """Return the sessions that run or pause at this desk, the oldest first."""
    return _fetch(connection, _MY_OPEN)


def of_others(connection: Connection) -> list[SupportSession]:
    """Return the sessions that run or pause at other desks, the oldest first."""
    return _fetch(connection, _OF_OTHERS)


def on_the_strip(connection: Connection) -> list[SupportSession]:
    """Return this desk's sessions that run, pause, or have ended with their report still open."""
    return _fetch(connection, _ON_THE_STRIP)


def last_of_customer(connection: Connection, customer_id: int, count: int) -> list[SupportSession]:
    """Return a practice's latest ended sessions, the newest first."""
    return _fetch(connection, _LAST, family=family(connection, customer_id), count=count)


def exceptions_of_customer(connection: Connection, customer_id: int) -> list[SupportSession]:
    """Return a practice's sessions without an agreement, the newest first."""
    return _fetch(connection, _EXCEPTIONS, family=family(connection, customer_id))


def latest(connection: Connection, count: int) -> list[SupportSession]:
    """Return the newest sessions of all practices that are not locked, at most one for each workstation."""
    recent = _fetch(connection, _LATEST, count=_LATELY)
    newest: dict[int, SupportSession] = {}
    for one in recent:
        newest.setdefault(one.workstation_id, one)
    return list(newest.values())[:count]


def count(connection: Connection) -> int:
    """Return how many sessions the desk holds."""
    return int(connection.execute(select(func.count()).select_from(session).where(true())).scalar_one())


def insert_session(connection: Connection, **values: Any) -> int:
    """Write a new session and return its row; `values` are columns of the table without `day`."""
    number = insert_row(connection, session, day=local_day(values["begin"]), **values)
    if values["state"] == SessionState.ENDED.value:
        search_index.put(connection, [number])
    return number


def update_session(connection: Connection, session_id: int, **values: Any) -> None:
    """Write some columns of a session; its day follows its beginning."""
    if "begin" in values:
        values["day"] = local_day(values["begin"])
    connection.execute(_UPDATE, {"row": session_id, **values})
    if search_index.SEARCHED & values.keys():
        search_index.put(connection, [session_id])


def frozen_values(tariff: Tariff, charge: Charge) -> Mapping[str, Any]:
    """Return the columns in which an ended session keeps its tariff and charge."""
    return {
        "tariff_from": tariff.valid_from,
        "price_cents": tariff.price_cents,
        "rounding": tariff.rounding.value,
        "vat_rate": tariff.vat_rate,
        "minimum_seconds": tariff.minimum_seconds,
        "free_seconds": tariff.free_seconds,
        "seconds": charge.seconds,
        "billed_seconds": charge.billed_seconds,
        "net_cents": charge.net_cents,
        "vat_cents": charge.vat_cents,
    }


THAWED: Mapping[str, Any] = dict.fromkeys(
    (
        "customer_name", "workstation_name", "supporter_name", "tariff_from", "price_cents", "rounding",
        "vat_rate", "minimum_seconds", "free_seconds", "seconds", "billed_seconds", "net_cents", "vat_cents",
    )
)  # fmt: skip
"""The columns of a session that goes on again: nothing frozen."""


def replace_segments(connection: Connection, session_id: int, segments: Sequence[Segment]) -> None:
    """Write a session's segments anew, and its first instant with them."""
    connection.execute(delete(segment).where(segment.c.session_id == session_id))
    _add_segments(connection, session_id, segments)
    update_session(connection, session_id, begin=segments[0].begin)


def _add_segments(connection: Connection, session_id: int, segments: Sequence[Segment]) -> None:
    connection.execute(
        _ADD_SEGMENT,
        [
            {"session_id": session_id, "position": place, "begin": one.begin, "end": one.end}
            for place, one in enumerate(segments)
        ],
    )
