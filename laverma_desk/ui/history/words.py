"""What the history says of a session, a day and a sum; made late, from frozen rows."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.history import DaySums, HistoryRow, HistoryStatus, ReportMark, Sums
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.look import Look


@dataclass(frozen=True)
class SumWords:
    """The words of a day's row and of the sum row."""

    title: str
    duration: str
    count: str
    billed: str
    net: str


@dataclass(frozen=True)
class LineWords:
    """The words of one session. `flag` says that no agreement was valid, `corrected` that it was changed."""

    id: int
    day: str
    begin: str
    duration: str
    partner: str
    supporter: str
    note: str
    more: str
    billing: str
    free: bool
    report: Look
    invoice: str
    invoiced: bool
    flag: str
    corrected: str


def look_of(mark: ReportMark) -> Look:
    """Return how the state of a report is shown."""
    return {
        ReportMark.SENT: Look(_("sent"), "check", "green"),
        ReportMark.WAITING: Look(_("waiting"), "clock", "amber"),
        ReportMark.FAILED: Look(_("failed"), "warning", "red"),
        ReportMark.UNCLEAR: Look(_("unclear"), "help", "amber"),
        ReportMark.NOT_SENT: Look(_("not sent"), "minus", "muted"),
    }[mark]


def name_of(status: HistoryStatus) -> str:
    """Return a status as the filter offers it."""
    return {
        HistoryStatus.ALL: _("All"),
        HistoryStatus.OPEN: _("Not invoiced"),
        HistoryStatus.INVOICED: _("Invoiced"),
        HistoryStatus.FREE: _("Free of charge"),
        HistoryStatus.NOT_POSSIBLE: _("Not possible"),
        HistoryStatus.REPORT_WAITING: _("Report waiting"),
        HistoryStatus.REPORT_FAILED: _("Report failed"),
        HistoryStatus.REPORT_NOT_SENT: _("Report not sent"),
        HistoryStatus.WITHOUT_AGREEMENT: _("Without DPA"),
    }[status]


def count_words(sessions: int) -> str:
    """Return how many sessions there are."""
    return ngettext("%(n)s session", "%(n)s sessions", sessions) % {"n": text.number(sessions)}


def sum_words(title: str, sums: Sums) -> SumWords:
    """Return the words of sums."""
    return SumWords(
        title=title,
        duration=text.duration(sums.seconds),
        count=count_words(sums.sessions),
        billed=_("%(time)s billed") % {"time": text.minutes(sums.billed_minutes)},
        net=text.money(sums.net_cents),
    )


def sums_to_come(title: str) -> SumWords:
    """Return the words of sums that are not counted yet."""
    return SumWords(title, "", "", "", "")


def day_words(one: DaySums) -> SumWords:
    """Return the words of a day's row."""
    return sum_words(text.weekday_date(one.day), one.sums)


def line_words(row: HistoryRow) -> LineWords:
    """Return the words of a session."""
    invoice = row.invoice_number or (_("open") if row.billable else _("none"))
    return LineWords(
        id=row.id,
        day=text.date(local_day(row.begin)),
        begin=text.time(row.begin),
        duration=text.duration(row.seconds),
        partner=f"{row.customer_name} – {row.workstation_name}",
        supporter=row.supporter_name,
        note=_note(row),
        more=f"+{text.number(row.more_lines)}" if row.more_lines else "",
        billing=text.money(row.net_cents) if row.billable else row.free_reason or _("free of charge"),
        free=not row.billable,
        report=look_of(row.report),
        invoice=invoice,
        invoiced=row.invoice_number is not None,
        flag=_("No valid DPA on this day") if row.without_agreement else "",
        corrected=_("Corrected afterwards") if row.corrected else "",
    )


def _note(row: HistoryRow) -> str:
    """Return the first line of the notes, behind why support was not possible."""
    why = text.not_possible(row.not_possible) if row.not_possible else ""
    return " – ".join(part for part in (why, row.first_line) if part)


def sentence_of(line: LineWords) -> str:
    """Return all words of a session as one sentence, for a screen reader."""
    report = _("Report %(state)s") % {"state": line.report.words}
    invoice = _("Invoice %(number)s") % {"number": line.invoice}
    parts = (
        f"{line.day} {line.begin}", line.duration, line.partner, line.supporter, line.note,
        line.billing, report, invoice, line.flag, line.corrected,
    )  # fmt: skip
    return ", ".join(part for part in parts if part)


def sums_sentence(words: SumWords) -> str:
    """Return the words of sums as one sentence, for a screen reader."""
    if words == sums_to_come(words.title):
        return f"{words.title}, {_('Loading …')}"
    return f"{words.title}, {words.duration}, {words.count}, {words.billed}, {words.net}"
