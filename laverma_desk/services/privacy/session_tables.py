"""Sessions and mails of somebody as rows in words, made one by one."""

from __future__ import annotations

from collections.abc import Iterable

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.disclosure import Entry
from laverma_desk.domain.message import Message, MessageState
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.i18n import gettext_in
from laverma_desk.services.privacy.tables import Cells, Table


class SessionWords:
    """Says in one language what was done and what was sent."""

    def __init__(self, language: str) -> None:
        """Speak a language, "de" or "en"."""
        self.language = language

    def sessions(self, rows: Iterable[Cells] = ()) -> Table:
        """Return the head of the sessions with some rows of `session`."""
        tongue = self.language
        columns = (
            gettext_in(tongue, "Session"),
            gettext_in(tongue, "Date"),
            gettext_in(tongue, "Begin"),
            gettext_in(tongue, "End"),
            gettext_in(tongue, "Duration"),
            gettext_in(tongue, "Customer"),
            gettext_in(tongue, "Workstation"),
            gettext_in(tongue, "Supporter"),
            gettext_in(tongue, "Requested by"),
            gettext_in(tongue, "By way of"),
            gettext_in(tongue, "Program"),
            gettext_in(tongue, "Partner ID"),
            gettext_in(tongue, "Notes"),
            gettext_in(tongue, "Internal note"),
            gettext_in(tongue, "Billing"),
            gettext_in(tongue, "Invoice"),
            gettext_in(tongue, "Exception from the DPA"),
            gettext_in(tongue, "Report to"),
        )
        return Table("sitzungen", gettext_in(tongue, "Sessions"), columns, tuple(rows))

    def session(self, one: SupportSession) -> Cells:
        """Return a session as a row."""
        tongue = self.language
        exception = one.exception
        return (
            one.number,
            text.date(local_day(one.begin), tongue),
            text.time_with_seconds(one.begin),
            text.time_with_seconds(one.end) if one.end else "",
            text.duration(one.charge.seconds) if one.charge else "",
            one.customer_name,
            one.workstation_name,
            one.supporter_name,
            one.requested_by,
            text.channel(one.channel, tongue),
            text.tool(one.tool, tongue),
            text.partner_id(one.partner_id),
            one.notes,
            one.internal_note,
            self._billing(one),
            one.invoice_number or "",
            f"{exception.reason} ({exception.decided_by})" if exception else "",
            one.recipient,
        )

    def entry(self, one: SupportSession) -> Entry:
        """Return a session for paper, in few lines."""
        tongue = self.language
        span = (
            f"{text.time(one.begin)}–{text.clock_time(one.end, tongue)}" if one.end else text.time(one.begin)
        )
        length = text.duration(one.charge.seconds) if one.charge else ""
        title = ", ".join(filter(None, (one.number, text.date(local_day(one.begin), tongue), span, length)))
        reached = f"{text.tool(one.tool, tongue)} {text.partner_id(one.partner_id)}".strip()
        asked = ", ".join(filter(None, (one.requested_by, text.channel(one.channel, tongue))))
        exception = one.exception
        rows = (
            (gettext_in(tongue, "Workstation"), f"{one.customer_name} – {one.workstation_name}"),
            (gettext_in(tongue, "Supporter"), one.supporter_name),
            (gettext_in(tongue, "Requested by"), asked),
            (gettext_in(tongue, "Connection"), reached),
            (gettext_in(tongue, "Notes"), one.notes),
            (gettext_in(tongue, "Internal note"), one.internal_note),
            (
                gettext_in(tongue, "Billing"),
                ", ".join(filter(None, (self._billing(one), one.invoice_number))),
            ),
            (
                gettext_in(tongue, "Exception from the DPA"),
                f"{exception.reason} ({exception.decided_by})" if exception else "",
            ),
            (gettext_in(tongue, "Report to"), one.recipient),
        )
        return Entry(title, tuple((label, value) for label, value in rows if value))

    def _billing(self, one: SupportSession) -> str:
        if one.not_possible is not None:
            return text.not_possible(one.not_possible, self.language)
        if not one.billable:
            return ", ".join(filter(None, (gettext_in(self.language, "free"), one.free_reason)))
        return text.charge_formula(one.charge, self.language) if one.charge else ""

    def mails(self, rows: Iterable[Cells] = ()) -> Table:
        """Return the head of the mails with some rows of `mail`."""
        tongue = self.language
        columns = (
            gettext_in(tongue, "When"),
            gettext_in(tongue, "To"),
            gettext_in(tongue, "Subject"),
            gettext_in(tongue, "State"),
            gettext_in(tongue, "Session"),
            gettext_in(tongue, "Text"),
            gettext_in(tongue, "File"),
        )
        return Table("mails", gettext_in(tongue, "Mails"), columns, tuple(rows))

    def mail(self, one: Message, session: str, body: str, file: str) -> Cells:
        """Return a mail as a row."""
        state = {
            MessageState.HANDED_OVER: gettext_in(self.language, "handed over"),
            MessageState.UNCLEAR: gettext_in(self.language, "unclear whether it arrived"),
            MessageState.DISCARDED: gettext_in(self.language, "discarded"),
            MessageState.FAILED: gettext_in(self.language, "not sent"),
        }.get(one.state, gettext_in(self.language, "waiting"))
        when = text.date_time(one.created_at, self.language)
        return (when, one.recipient, one.subject, state, session, body, file)
