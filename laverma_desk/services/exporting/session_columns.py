"""The columns of exported sessions. Headings are German, and the import's own where it knows the column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from typing import TypeAlias

from laverma_desk import text
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.history import ReportMark
from laverma_desk.domain.support_session import Origin
from laverma_desk.i18n import gettext_in
from laverma_desk.services.importing import session_rows
from laverma_desk.storage.history_rows import ExportedSession

LANGUAGE = "de"

Value: TypeAlias = str | int | Decimal | datetime | None


class Kind(Enum):
    """How a value is written: money is whole cents, a moment is an instant, a duration whole seconds."""

    TEXT = auto()
    WHOLE = auto()
    MONEY = auto()
    RATE = auto()
    MOMENT = auto()
    DURATION = auto()


@dataclass(frozen=True)
class Column:
    """One column: its heading, how its values are written, where they come from, its width in letters."""

    heading: str
    kind: Kind
    value: Callable[[ExportedSession], Value]
    width: int


@cache
def _(message: str) -> str:
    return gettext_in(LANGUAGE, message)


def _yes_or_no(flag: bool) -> str:
    return _("yes") if flag else _("no")


@cache
def _report(mark: ReportMark) -> str:
    return {
        ReportMark.SENT: _("sent"),
        ReportMark.WAITING: _("waiting"),
        ReportMark.FAILED: _("failed"),
        ReportMark.UNCLEAR: _("unclear"),
        ReportMark.NOT_SENT: _("not sent"),
    }[mark]


@cache
def _origin(origin: str) -> str:
    return {
        Origin.STOPWATCH: _("stopwatch"),
        Origin.IMPORT: _("imported"),
        Origin.MANUAL: _("recorded afterwards"),
        Origin.LOG: _("from the connection log"),
    }[Origin(origin)]


@cache
def _channel(channel: str) -> str:
    return text.channel(Channel(channel), LANGUAGE)


@cache
def _tool(tool: str) -> str:
    return text.tool(Tool(tool), LANGUAGE)


def _not_possible(one: ExportedSession) -> str:
    return text.not_possible_reason(one.not_possible, LANGUAGE) if one.not_possible else ""


def _reported_at(one: ExportedSession) -> datetime | None:
    return None if one.report is ReportMark.NOT_SENT else one.report_at


COLUMNS = (
    Column("Nummer", Kind.TEXT, lambda one: one.number, 14),
    Column(session_rows.NUMBER, Kind.TEXT, lambda one: one.customer_number, 14),
    Column("Kunde", Kind.TEXT, lambda one: one.customer_name, 30),
    Column(session_rows.WORKSTATION, Kind.TEXT, lambda one: one.workstation_name, 18),
    Column(session_rows.BEGIN, Kind.MOMENT, lambda one: one.begin, 18),
    Column("Ende", Kind.MOMENT, lambda one: one.end, 18),
    Column(session_rows.DURATION, Kind.DURATION, lambda one: one.seconds, 10),
    Column("Sekunden", Kind.WHOLE, lambda one: one.seconds, 10),
    Column("Abgerechnete Minuten", Kind.WHOLE, lambda one: one.billed_minutes, 12),
    Column("Minutenpreis", Kind.MONEY, lambda one: one.price_cents, 12),
    Column("Netto", Kind.MONEY, lambda one: one.net_cents, 12),
    Column("USt-Satz", Kind.RATE, lambda one: one.vat_rate, 10),
    Column(session_rows.BILLED, Kind.TEXT, lambda one: _yes_or_no(one.billable), 10),
    Column(session_rows.REASON, Kind.TEXT, lambda one: one.free_reason, 14),
    Column(session_rows.SUPPORTER, Kind.TEXT, lambda one: one.supporter_name, 18),
    Column(session_rows.REQUESTED_BY, Kind.TEXT, lambda one: one.requested_by, 18),
    Column("Kanal", Kind.TEXT, lambda one: _channel(one.channel), 12),
    Column("Werkzeug", Kind.TEXT, lambda one: _tool(one.tool), 12),
    Column("Partner-ID", Kind.TEXT, lambda one: one.partner_id, 14),
    Column(session_rows.NOTES, Kind.TEXT, lambda one: one.notes, 60),
    Column("Bericht", Kind.TEXT, lambda one: _report(one.report), 14),
    Column("Bericht vom", Kind.MOMENT, _reported_at, 18),
    Column("Rechnung", Kind.TEXT, lambda one: one.invoice_number, 14),
    Column("Ohne AVV", Kind.TEXT, lambda one: _yes_or_no(one.without_agreement), 10),
    Column("Ausnahme AVV", Kind.TEXT, lambda one: one.exception, 30),
    Column("Ausnahme durch", Kind.TEXT, lambda one: one.exception_by, 18),
    Column("Herkunft", Kind.TEXT, lambda one: _origin(one.origin), 14),
    Column("Korrigiert", Kind.TEXT, lambda one: _yes_or_no(one.corrected), 10),
    Column(session_rows.NOT_POSSIBLE, Kind.TEXT, _not_possible, 24),
)
