"""Which records of a customer go now and which the law still keeps, decided one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.message import PERHAPS_RECEIVED, MessageState
from laverma_desk.domain.retention import Holding, Kept, Law, kept_until
from laverma_desk.storage import held_invoices, holdings
from laverma_desk.storage.database import Connection
from laverma_desk.storage.erasing_connections import count_going
from laverma_desk.storage.held_invoices import HeldInvoice
from laverma_desk.storage.holdings import HeldAgreement, HeldCounts, HeldMail, HeldSession

MARKS = ("restricted_at", "erased", "erased_at")
"""The lines of the log that tell of the erasure itself: days, which stay."""

KEPT_FIELDS = (
    "name", "number", "street", "postcode", "city", "country", "vat_id", "leitweg_id", "email_invoice",
    "electronic_address", "invoice_format", "debtor_account", "merged_into", "merged_from", *MARKS,
)  # fmt: skip
"""The fields of a record, and of its log, that stay as long as anything of the customer is kept."""

ON_THE_WAY = (MessageState.WAITING, MessageState.SENDING)
"""States in which a mail may still go out by itself."""


@dataclass(frozen=True)
class Plan:
    """The rows that go now; `kept` what stays restricted; `waiting`: mails that may still be sent.

    The sessions that an invoice bills go with it and are not among `sessions`; `billed` counts them.
    `connections` are those of the remote tools' logs that lose their words.
    """

    sessions: tuple[int, ...]
    invoices: tuple[int, ...]
    mails: tuple[int, ...]
    unsent: tuple[int, ...]
    agreements: tuple[int, ...]
    billed: int
    connections: int
    kept: tuple[Kept, ...]
    counts: HeldCounts
    waiting: bool

    @property
    def nothing_kept(self) -> bool:
        """Return whether the record itself goes too."""
        return not self.kept


def make_plan(connection: Connection, family: Sequence[int], today: date, asked: date) -> Plan:
    """Decide what goes on a day; `asked` is the day on which erasure was asked for.

    An agreement without an end counts as ended on that day.
    """
    sessions = holdings.sessions_of(connection, family)
    invoices = held_invoices.invoices_of(connection, family)
    mails = holdings.mails_of(connection, family)
    agreements = holdings.agreements_of(connection, family)
    sent: dict[int, date] = {}
    for mail in mails:
        if mail.session_id is not None and mail.state in PERHAPS_RECEIVED:
            sent[mail.session_id] = local_day(mail.created_at)
    kept: _Kept = defaultdict(list)
    bills = [one for one in invoices if _invoice_goes(one, today, kept)]
    until = {one.number: kept_until(one.last, Law.BOOKING) for one in invoices}
    gone = {one.number for one in bills}
    billed = [one for one in sessions if one.invoice_number in gone and not one.erased]
    going = [
        one.id
        for one in sessions
        if one.invoice_number not in gone and _session_goes(one, sent.get(one.id), today, kept, until)
    ]
    billing = {one.id for one in sessions if one.billable or one.invoice_number is not None}
    letters = [
        one.id for one in mails if _mail_goes(one, one.invoicing or one.session_id in billing, today, kept)
    ]
    contracts = [one.id for one in agreements if _agreement_goes(one, asked, today, kept)]
    return Plan(
        sessions=_not_yet(going, sessions),
        invoices=tuple(one.id for one in bills),
        mails=_not_yet(letters, mails),
        unsent=tuple(one.id for one in mails if one.state is MessageState.FAILED),
        agreements=_not_yet(contracts, agreements),
        billed=len(billed),
        connections=count_going(connection, family, [*going, *(one.id for one in billed)]),
        kept=tuple(_summed(holding, law, days) for (holding, law), days in sorted(kept.items())),
        counts=holdings.counts_of(connection, family, KEPT_FIELDS if kept else MARKS),
        waiting=any(one.state in ON_THE_WAY for one in mails),
    )


def _not_yet(going: Iterable[int], held: Iterable[HeldSession | HeldMail | HeldAgreement]) -> tuple[int, ...]:
    """Return the rows that have still something to lose."""
    told = {one.id for one in held if not one.erased}
    return tuple(one for one in going if one in told)


_Days = list[tuple[date, str]]
_Kept = dict[tuple[Holding, Law], _Days]


def _summed(holding: Holding, law: Law, days: _Days) -> Kept:
    until, latest = max(reversed(days), key=lambda one: one[0])  # of several days alike, the newest
    return Kept(holding, law, len(days), until, latest)


def _invoice_goes(one: HeldInvoice, today: date, kept: _Kept) -> bool:
    if one.erased:
        return False
    until = kept_until(one.last, Law.BOOKING)
    if until >= today:
        kept[Holding.INVOICES, Law.BOOKING].append((until, one.number))
        return False
    return True


def _session_goes(
    one: HeldSession, sent: date | None, today: date, kept: _Kept, invoices: Mapping[str, date]
) -> bool:
    if one.erased:
        return False
    if one.invoice_number is not None:
        # A billed session is sealed: it goes with its invoice, not before it, whatever the day.
        until = invoices.get(one.invoice_number, kept_until(one.day, Law.BOOKING))
        kept[Holding.BILLED_SESSIONS, Law.BOOKING].append((until, one.invoice_number))
        return False
    if one.billable and kept_until(one.day, Law.BOOKING) >= today:
        kept[Holding.OPEN_SESSIONS, Law.BOOKING].append((kept_until(one.day, Law.BOOKING), ""))
        return False
    if sent is not None and kept_until(sent, Law.LETTER) >= today:
        kept[Holding.REPORTED_SESSIONS, Law.LETTER].append((kept_until(sent, Law.LETTER), ""))
        return False
    return True


def _mail_goes(one: HeldMail, belongs_to_bill: bool, today: date, kept: _Kept) -> bool:
    if one.erased:
        return False
    law = Law.BOOKING if belongs_to_bill else Law.LETTER
    until = kept_until(local_day(one.created_at), law)
    if one.state in (*PERHAPS_RECEIVED, *ON_THE_WAY) and until >= today:
        kept[Holding.MAILS, law].append((until, ""))
        return False
    return True


def _agreement_goes(one: HeldAgreement, asked: date, today: date, kept: _Kept) -> bool:
    if one.erased:
        return False
    last = min(asked, one.valid_until or asked)
    if one.ended_on is not None:
        last = min(last, one.ended_on - timedelta(days=1))
    until = kept_until(last, Law.LETTER)
    if until >= today:
        kept[Holding.AGREEMENTS, Law.LETTER].append((until, ""))
        return False
    return True
