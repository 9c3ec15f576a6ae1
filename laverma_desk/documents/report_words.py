"""What a session report says, in its own language, before it is laid out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from laverma_desk import text
from laverma_desk.domain.clock import changes_offset, local, local_day
from laverma_desk.domain.report import Report
from laverma_desk.i18n import gettext_in

# The list marks that people type before a line; the report sets its own.
_LIST_MARK = re.compile(r"^[-–•*·]\s+")
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Row:
    """A line of the table: label, value, and what stands muted behind the value."""

    label: str
    value: str
    bold: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Note:
    """One line of the notes; `apart` when an empty line stood before it."""

    text: str
    apart: bool


@dataclass(frozen=True)
class BillingLine:
    """A line of the billing box: what, and how much."""

    what: str
    how_much: str


@dataclass(frozen=True)
class Billing:
    """The box: the net amount, the VAT line if there is one, and the sum."""

    net: BillingLine
    vat: BillingLine | None
    total: BillingLine


def title(report: Report) -> str:
    """Return the heading of the report."""
    return gettext_in(report.language, "Remote support report")


def reference(report: Report) -> str:
    """Return how a footer names the report."""
    return gettext_in(report.language, "report %(number)s") % {"number": report.number}


def subtitle(report: Report) -> str:
    """Return customer and day: ZAP Dr. Bohrer, Dienstag, 1. März 2022."""
    day = text.long_date(local_day(report.begin), report.language)
    return text.list_sentence([part for part in (report.customer_name, day) if part])


def rows(report: Report) -> list[Row]:
    """Return the facts of the session; what is unknown has no row."""
    tongue = report.language
    partner = " – ".join(part for part in (report.customer_name, report.workstation_name) if part)
    found = [
        Row(gettext_in(tongue, "Partner"), partner, bold=True),
        Row(gettext_in(tongue, "Begin"), _moment(report, report.begin)),
        Row(gettext_in(tongue, "End"), _moment(report, report.end)),
        Row(
            gettext_in(tongue, "Duration"), text.duration(report.seconds), bold=True, remark=_duration(report)
        ),
        Row(gettext_in(tongue, "Supporter"), report.supporter_name),
        _request(report),
        Row(gettext_in(tongue, "Connection"), _connection(report)),
    ]
    if report.not_possible is not None:
        found.insert(1, Row(gettext_in(tongue, "Result"), text.not_possible(report.not_possible, tongue)))
    return [row for row in found if row.value.strip()]


def notes(report: Report) -> list[Note]:
    """Return the notes line by line; empty lines only set the next one a little apart."""
    found: list[Note] = []
    apart = False
    for line in report.notes.splitlines():
        words = _LIST_MARK.sub("", line.strip())
        if words:
            found.append(Note(words, apart and bool(found)))
        apart = not words
    return found


def billing(report: Report) -> Billing:
    """Return the billing box. A free session shows no VAT, nor does one on whose invoice none will stand."""
    tongue = report.language
    total = gettext_in(tongue, "Total amount")
    charge = report.charge
    if charge is None:
        nothing = text.money(0, tongue)
        return Billing(BillingLine(_free(report), nothing), None, BillingLine(total, nothing))
    net = BillingLine(text.charge_formula(charge, tongue), text.money(charge.net_cents, tongue))
    if not report.names_vat:
        return Billing(net, None, BillingLine(total, text.money(charge.net_cents, tongue)))
    vat = gettext_in(tongue, "plus %(rate)s VAT") % {"rate": text.percent(charge.vat_rate, tongue)}
    return Billing(
        net,
        BillingLine(vat, text.money(charge.vat_cents, tongue)),
        BillingLine(total, text.money(charge.gross_cents, tongue)),
    )


def small_print(report: Report) -> list[str]:
    """Return the paragraphs below the box: how it was counted, and the agreement it rests on."""
    tongue = report.language
    paragraphs: list[str] = []
    if report.charge is not None:
        counted = [
            text.rounding_rule(report.charge.rounding, tongue),
            *report.rules,
            gettext_in(tongue, "You will receive the invoice separately."),
        ]
        paragraphs.append(" ".join(counted))
    if report.not_possible is not None:
        return paragraphs  # Nothing was accessed that an agreement is needed for.
    if report.exception:
        paragraphs.append(
            gettext_in(
                tongue,
                "By way of exception, this session took place without a data processing agreement"
                " (Art. 28 GDPR).",
            )
        )
    elif report.agreement_signed_on is not None:
        paragraphs.append(
            gettext_in(tongue, "It is based on your data processing agreement (Art. 28 GDPR) of %(date)s.")
            % {"date": text.date(report.agreement_signed_on, tongue)}
        )
    return paragraphs


def billing_heading(report: Report) -> str:
    """Return the heading of the billing box."""
    return gettext_in(report.language, "Billing")


def notes_heading(report: Report) -> str:
    """Return the heading of the notes."""
    return gettext_in(report.language, "Notes")


def _moment(report: Report, instant: datetime) -> str:
    """Return day and time, with the zone where the clocks changed in between: else Dauer seems wrong."""
    said = text.date_time(instant, report.language)
    if not changes_offset(report.begin, report.end):
        return said
    summer = gettext_in(report.language, "CEST")
    winter = gettext_in(report.language, "CET")
    return f"{said} {summer if local(instant).dst() else winter}"


def _duration(report: Report) -> str:
    words = text.duration_words(report.seconds, report.language)
    # Pauses are not billed: where the minutes shown would not add up, the report says why.
    if (
        report.not_possible is not None
        or report.end - report.begin - timedelta(seconds=report.seconds) < _MINUTE
    ):
        return words
    return gettext_in(report.language, "%(duration)s, without breaks") % {"duration": words}


def _request(report: Report) -> Row:
    how = text.channel(report.channel, report.language)
    if not report.requested_by.strip():
        return Row(gettext_in(report.language, "Request"), how)
    return Row(gettext_in(report.language, "Requested by"), text.list_sentence([report.requested_by, how]))


def _connection(report: Report) -> str:
    tool = text.tool(report.tool, report.language)
    if not report.partner_id:
        return tool
    return gettext_in(report.language, "%(tool)s, partner ID %(id)s") % {
        "tool": tool,
        "id": text.partner_id(report.partner_id),
    }


def _free(report: Report) -> str:
    if report.not_possible is not None:
        return gettext_in(report.language, "Attempt, free of charge")
    if not report.free_reason.strip():
        return gettext_in(report.language, "free of charge")
    return gettext_in(report.language, "free of charge, %(reason)s") % {"reason": report.free_reason}
