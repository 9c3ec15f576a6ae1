"""The lines of the history: some of one day for a list, or all that a filter shows for a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Integer,
    Row,
    Select,
    bindparam,
    exists,
    func,
    select,
)

from laverma_desk.domain.change_log import NOT_CORRECTIONS
from laverma_desk.domain.history import HistoryFilter, HistoryRow, ReportMark
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.storage.asking import KEPT_FORMS, Asked, Where
from laverma_desk.storage.history import (
    FAILED,
    WAITING,
    WITHOUT_AGREEMENT,
    conditions,
    newest_report,
)
from laverma_desk.storage.tables import (
    attempt,
    customer,
    free_reason,
    message,
    segment,
    session,
    session_change,
)

_AT_ONCE = 1000
_MARKS: dict[str | None, ReportMark] = {
    None: ReportMark.NOT_SENT,
    **dict.fromkeys(WAITING, ReportMark.WAITING),
    **dict.fromkeys(FAILED, ReportMark.FAILED),
    MessageState.UNCLEAR: ReportMark.UNCLEAR,
    MessageState.HANDED_OVER: ReportMark.SENT,
}

_LISTED = [
    session.c[name]
    for name in (
        *("id", "number", "begin", "seconds", "customer_name", "workstation_name", "supporter_name", "notes"),
        *("billable", "net_cents", "invoice_number", "not_possible"),
    )
]
_EXPORTED = [
    *_LISTED,
    *(
        session.c[name]
        for name in (
            *("billed_seconds", "price_cents", "vat_rate", "requested_by", "channel", "tool", "partner_id"),
            *("exception_reason", "exception_by", "origin"),
        )
    ),
]


class ExportedSession(NamedTuple):
    """A session as a file has it: instants in UTC, seconds, cents, VAT in percent."""

    number: str
    customer_number: str
    customer_name: str
    workstation_name: str
    begin: datetime
    end: datetime | None
    seconds: int
    billed_minutes: int
    price_cents: int
    net_cents: int
    vat_rate: Decimal
    billable: bool
    free_reason: str
    supporter_name: str
    requested_by: str
    channel: str
    tool: str
    partner_id: str
    notes: str
    report: ReportMark
    report_at: datetime | None
    invoice_number: str
    without_agreement: bool
    exception: str
    exception_by: str
    origin: str
    corrected: bool
    not_possible: NotPossible | None = None


def _corrected() -> ColumnElement[bool]:
    return exists().where(
        session_change.c.session_id == session.c.id, session_change.c.field.not_in(NOT_CORRECTIONS)
    )


_REPORT = message.alias("report")


def _newest_first(*columns: Any) -> Select[Any]:
    return (
        select(
            *columns,
            func.coalesce(free_reason.c.name, "").label("shown_reason"),
            _REPORT.c.state.label("report_state"),
            WITHOUT_AGREEMENT.label("without_agreement"),
            _corrected().label("corrected"),
        )
        .select_from(session)
        .outerjoin(free_reason, free_reason.c.id == session.c.free_reason_id)
        .outerjoin(_REPORT, _REPORT.c.id == newest_report())
        .order_by(session.c.day.desc(), session.c.begin.desc(), session.c.id.desc())
    )


def _last_end() -> ColumnElement[datetime | None]:
    return (
        select(segment.c.end)
        .where(segment.c.session_id == session.c.id)
        .order_by(segment.c.position.desc())
        .limit(1)
        .correlate(session)
        .scalar_subquery()
    )


_LIST = _newest_first(*_LISTED)
_EXPORT = _newest_first(
    *_EXPORTED,
    _REPORT.c.id.label("report_id"),
    _REPORT.c.created_at.label("report_at"),
    _last_end().label("end"),
    select(customer.c.number)
    .where(customer.c.id == session.c.customer_id)
    .correlate(session)
    .scalar_subquery()
    .label("customer_number"),
)


def day_statement(connection: Connection, wanted: HistoryFilter, day: date, first: int, count: int) -> Asked:
    """Return the query for some lines of a day; the filter's own period still counts."""
    within = (wanted.first is None or wanted.first <= day) and (wanted.last is None or day <= wanted.last)
    where = conditions(connection, replace(wanted, first=day, last=day))
    values = {**where.values, "places": first, "lines": count if within else 0}
    return Asked(_some_listed(where.conditions), values)


def day_rows(
    connection: Connection, wanted: HistoryFilter, day: date, first: int, count: int
) -> list[HistoryRow]:
    """Return lines of a day, the newest first, from a place on."""
    return _rows(day_statement(connection, wanted, day, first, count).by(connection))


def list_statement(where: Where) -> Asked:
    """Return the query for the lines of the sessions that fulfil conditions, the newest first."""
    return Asked(_LIST.where(*where.conditions), where.values)


@lru_cache(KEPT_FORMS)
def _some_listed(conditions: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    return (
        _LIST.where(*conditions)
        .offset(bindparam("places", type_=Integer()))
        .limit(bindparam("lines", type_=Integer()))
    )


def newest_rows(connection: Connection, where: Where, count: int) -> list[HistoryRow]:
    """Return the lines of the newest sessions that fulfil conditions."""
    values = {**where.values, "places": 0, "lines": count}
    return _rows(Asked(_some_listed(where.conditions), values).by(connection))


def _rows(found: CursorResult[Any]) -> list[HistoryRow]:
    return [_row(one) for one in found.all()]


def _row(row: Sequence[Any]) -> HistoryRow:
    # All columns at once, in the order of `_LIST`: one by one they take as long as the query.
    key, number, begin, seconds, customer_name, workstation_name, supporter_name, notes, *rest = row
    billable, net_cents, invoice_number, not_possible, reason, report, without_agreement, corrected = rest
    lines = [said for line in notes.splitlines() if (said := line.strip())]
    return HistoryRow(
        id=key,
        number=number,
        begin=begin,
        seconds=seconds,
        customer_name=customer_name,
        workstation_name=workstation_name,
        supporter_name=supporter_name,
        first_line=lines[0] if lines else "",
        more_lines=max(0, len(lines) - 1),
        billable=billable,
        free_reason=reason,
        net_cents=net_cents if billable else 0,
        report=_MARKS[report],
        invoice_number=invoice_number,
        without_agreement=without_agreement,
        corrected=corrected,
        not_possible=NotPossible(not_possible) if not_possible else None,
    )


def export_statement(connection: Connection, wanted: HistoryFilter) -> Asked:
    """Return the query for everything that a filter shows."""
    where = conditions(connection, wanted)
    return Asked(_EXPORT.where(*where.conditions), where.values)


def every_row(connection: Connection, wanted: HistoryFilter) -> Iterator[ExportedSession]:
    """Yield every session that a filter shows, the newest first, without holding them all."""
    asked = export_statement(connection, wanted)
    found = connection.execute(asked.statement.execution_options(yield_per=_AT_ONCE), asked.values)
    for some in found.partitions():
        tried = _last_attempts(connection, [row.report_id for row in some if row.report_id is not None])
        for row in some:
            yield _exported(row, tried.get(row.report_id, row.report_at))


def _last_attempts(connection: Connection, messages: list[int]) -> dict[int, datetime]:
    rows = connection.execute(
        select(attempt.c.message_id, func.max(attempt.c.at).label("at"))
        .where(attempt.c.message_id.in_(messages))
        .group_by(attempt.c.message_id)
    )
    return {row.message_id: row.at for row in rows}


def _exported(row: Row[Any], report_at: datetime | None) -> ExportedSession:
    return ExportedSession(
        number=row.number,
        customer_number=row.customer_number,
        customer_name=row.customer_name,
        workstation_name=row.workstation_name,
        begin=row.begin,
        end=row.end,
        seconds=row.seconds,
        billed_minutes=-(-row.billed_seconds // 60) if row.billable else 0,
        price_cents=row.price_cents,
        net_cents=row.net_cents if row.billable else 0,
        vat_rate=row.vat_rate,
        billable=row.billable,
        free_reason="" if row.billable else row.shown_reason,
        supporter_name=row.supporter_name,
        requested_by=row.requested_by,
        channel=row.channel,
        tool=row.tool,
        partner_id=row.partner_id,
        notes=row.notes,
        report=_MARKS[row.report_state],
        report_at=report_at,
        invoice_number=row.invoice_number or "",
        without_agreement=row.without_agreement,
        exception=row.exception_reason or "",
        exception_by=row.exception_by or "",
        origin=row.origin,
        corrected=row.corrected,
        not_possible=NotPossible(row.not_possible) if row.not_possible else None,
    )
