"""An outbox with a mail in every state, as stored records: a demo sends nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from laverma_desk.domain.message import Attempt, Failure, MessageKind, MessageState
from laverma_desk.services.calls.session_access import session_on
from laverma_desk.services.demo.calls import DemoCalls
from laverma_desk.services.mails.letters import ReportWords, account_on, bytes_of, report_letter, store_mail
from laverma_desk.services.mails.reporting import report_mail_on
from laverma_desk.storage import outbox
from laverma_desk.storage.database import Connection

_ACCEPTED = "250 2.0.0 OK"


@dataclass(frozen=True)
class _Fate:
    """What became of a mail; attempts are pairs of minutes after it was written and what was heard."""

    state: MessageState
    attempts: tuple[tuple[int, str, Failure | None], ...]
    typo: bool = False


_FATES = (
    _Fate(MessageState.HANDED_OVER, ((0, _ACCEPTED, None),)),
    _Fate(MessageState.HANDED_OVER, ((0, _ACCEPTED, None),)),
    _Fate(
        MessageState.FAILED,
        (
            (0, "", Failure.NO_ANSWER),
            (1, "421 4.3.2 Service not available", Failure.TEMPORARY),
            (6, "550 5.1.1 User unknown", Failure.RECIPIENT_REFUSED),
        ),
        typo=True,
    ),
    _Fate(MessageState.FAILED, ((0, "535 5.7.8 Authentication failed", Failure.LOGIN_REFUSED),)),
    _Fate(MessageState.UNCLEAR, ((0, "", Failure.BROKEN_AFTER_DATA),)),
    _Fate(MessageState.WAITING, ((0, "", Failure.NO_NETWORK),)),
    _Fate(MessageState.HANDED_OVER, ((0, _ACCEPTED, None),)),
)


def write_mails(connection: Connection, calls: DemoCalls, now: datetime) -> None:
    """Write the reports of the latest calls with what became of them."""
    for number, fate in zip(calls.ended[-len(_FATES) - 1 : -1], _FATES, strict=False):
        _write(connection, number, fate, now)


def _write(connection: Connection, session_id: int, fate: _Fate, now: datetime) -> None:
    found = session_on(connection, session_id)
    written = (found.end or now) + timedelta(seconds=40)
    prepared = report_mail_on(connection, session_id)
    account = account_on(connection)
    recipient = prepared.recipient
    if fate.typo:
        recipient = recipient.replace(".example", "r.example")
    letter = replace(
        report_letter(account, prepared, ReportWords(recipient, prepared.subject, prepared.body)), bcc=""
    )
    number = store_mail(
        connection,
        letter,
        bytes_of(letter, account, written),
        kind=MessageKind.REPORT,
        session_id=session_id,
        customer_name=found.customer_name,
        supporter_name=found.supporter_name,
        created_at=written,
        due_at=now + timedelta(minutes=6),
    )
    for minutes, answer, failure in fate.attempts:
        at = written + timedelta(minutes=minutes, seconds=10)
        outbox.add_attempt(connection, number, letter.recipient, Attempt(at, answer, failure))
    outbox.update_message(connection, number, state=fate.state.value, tries=len(fate.attempts))
