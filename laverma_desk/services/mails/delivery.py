"""Hand waiting mails to the server, one at a time, and remember what came of each attempt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.mail_outcome import Outcome
from laverma_desk.domain.message import (
    RETRY_MINUTES,
    Attempt,
    Failure,
    Message,
    MessageState,
    next_due,
    state_after,
)
from laverma_desk.mail.secret import account_key
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import house_on, mail_on
from laverma_desk.storage import outbox, sending
from laverma_desk.storage.database import Connection

TIMEOUT_SECONDS = 30.0
LONGEST_WAIT = timedelta(minutes=RETRY_MINUTES[-1] + 1)
OWN_FIRST = timedelta(seconds=20)
"""How long a desk leaves the mails of another technician to that one's own desk."""
LOOK_AGAIN = timedelta(minutes=1)
"""When to see whether a mail that goes out elsewhere still has a sender."""


class OutcomeUnwritten(OutsideTrouble):
    """What came of an attempt could not be written; `settle` does so later, as often as that takes."""

    def __init__(self, trouble: OutsideTrouble, settle: Callable[[], Done[Message]]) -> None:
        """Keep what happened and the way to write it."""
        super().__init__(trouble.code, field=trouble.field, **trouble.parameters)
        self.settle = settle


def recover_deliveries(desk: Desk) -> Done[int]:
    """Sort the mails whose sender is gone; return how many are unclear now.

    On a file that is each one that goes out: its window calls this while it sends nothing. On a server the
    senders that live are left alone. A mail whose body may have gone onto the wire is unclear and waits for
    a decision; another one simply waits.
    """
    now = desk.clock.now()
    unclear = 0
    with desk.database.read() as connection:
        if not sending.goes_out(connection):
            return done(0)
    with desk.database.write() as connection:
        stranded = sending.stranded(connection)
        for number in stranded:
            mail = outbox.find(connection, number)
            if mail is not None and sending.started_data(connection, number):
                unclear += 1
                outbox.add_attempt(connection, number, mail.recipient, Attempt(now, "", Failure.INTERRUPTED))
                # The attempt keeps its claim: should it live after all, it knows what came of it.
                outbox.update_message(connection, number, state=MessageState.UNCLEAR.value, due_at=now)
            else:
                values = {"state": MessageState.WAITING.value, "due_at": now, "claim": None}
                outbox.update_message(connection, number, **values)
    return done(unclear, Topic.OUTBOX) if stranded else done(unclear)


def next_due_at(desk: Desk) -> datetime | None:
    """Return when (UTC) to look for the next mail, None where none waits.

    Among several desks also when to see after the mails that go out at another one.
    """
    with desk.database.read() as connection:
        if not desk.database.shared:
            return sending.next_due(connection)
        own = house_on(connection).supporter_name
        found = sending.next_due(connection, own=own, patience=OWN_FIRST)
        if not sending.goes_out(connection):
            return found
        again = desk.clock.now() + LOOK_AGAIN
        return again if found is None else min(found, again)


def due_messages(desk: Desk) -> list[int]:
    """Return the mails whose time has come, the oldest first. A demo sends nothing.

    Among several desks those of other technicians come a little later: each desk sends its own first.
    """
    if desk.demo:
        return []
    with desk.database.read() as connection:
        now = desk.clock.now()
        if not desk.database.shared:
            return sending.due(connection, now, now + LONGEST_WAIT)
        own = house_on(connection).supporter_name
        return sending.due(connection, now, now + LONGEST_WAIT, own=own, patience=OWN_FIRST)


def untried_messages(desk: Desk) -> list[int]:
    """Return this desk's mails that wait only for their seconds to pass, the oldest first."""
    with desk.database.read() as connection:
        waiting = [mail for mail in outbox.in_state(connection, [MessageState.WAITING]) if not mail.attempts]
        if desk.database.shared:
            own = house_on(connection).supporter_name
            waiting = [mail for mail in waiting if mail.supporter_name == own]
        return [mail.id for mail in waiting]


def hurry(desk: Desk) -> Done[int]:
    """Make every mail due now that waits after a failed attempt (the net is back); return how many."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        waiting = [mail for mail in outbox.in_state(connection, [MessageState.WAITING]) if mail.attempts]
        for mail in waiting:
            outbox.update_message(connection, mail.id, due_at=now)
    return done(len(waiting), Topic.OUTBOX) if waiting else done(0)


def send_message(
    desk: Desk,
    message_id: int,
    *,
    force: bool = False,
    timeout: float = TIMEOUT_SECONDS,
    cancelled: Callable[[], bool] | None = None,
    begun: Callable[[], None] | None = None,
) -> Done[Message]:
    """Try to hand a mail over, once; return it with the attempt on it.

    `force` also sends a failed mail, and an unclear one that somebody decided to send all the same.
    `begun` is called once the mail is marked as going out, before the network is touched.
    Raises RuleBroken MESSAGE_NOT_WAITING where another attempt runs, at any desk, or nothing waits,
    MAIL_PASSWORD_ELSEWHERE among several desks where this one has no password; OutcomeUnwritten.
    """
    states = [MessageState.WAITING]
    if force:
        states += [MessageState.FAILED, MessageState.UNCLEAR]
    if desk.demo:
        raise RuleBroken(Rule.MESSAGE_NOT_WAITING)
    _check_password(desk)
    with sending.held(desk.database, message_id) as mine:
        claimed = _claimed(desk, message_id, states) if mine else None
        if claimed is None:
            raise RuleBroken(Rule.MESSAGE_NOT_WAITING)
        if begun is not None:
            begun()
        outcome = _spoken(desk, claimed, timeout, cancelled)
        now = desk.clock.now()

        def settle() -> Done[Message]:
            with desk.database.write() as connection:
                return _settled(connection, claimed, outcome, now)

        try:
            return settle()
        except OutsideTrouble as trouble:
            raise OutcomeUnwritten(trouble, settle) from trouble


@dataclass(frozen=True)
class _Claimed:
    """A mail that this attempt has, by a name that no other one has."""

    envelope: sending.Envelope
    attempt: str
    account: MailAccount


def _claimed(desk: Desk, message_id: int, states: Sequence[MessageState]) -> _Claimed | None:
    attempt = token_hex(8)
    with desk.database.write() as connection:
        if not sending.claim(connection, message_id, states, attempt):
            return None
        return _Claimed(sending.envelope(connection, message_id), attempt, mail_on(connection))


def _spoken(desk: Desk, claimed: _Claimed, timeout: float, cancelled: Callable[[], bool] | None) -> Outcome:
    """Speak with the server. Raises RuleBroken MESSAGE_NOT_WAITING where the mail was lost on the way."""
    from laverma_desk.services.mails.attempting import MailLost, speak  # noqa: PLC0415 (with the first mail)

    def before_data() -> None:
        # On the disk before the first byte of the body is on the wire: a crash from here on is unclear.
        with desk.database.write(own_rows=True) as connection:
            if not sending.note_data(connection, claimed.envelope.id, claimed.attempt):
                raise MailLost

    try:
        return speak(
            desk,
            claimed.account,
            claimed.envelope,
            before_data=before_data,
            timeout=timeout,
            cancelled=cancelled,
        )
    except MailLost:
        raise RuleBroken(Rule.MESSAGE_NOT_WAITING) from None


def _settled(connection: Connection, claimed: _Claimed, outcome: Outcome, at: datetime) -> Done[Message]:
    """Write what came of an attempt; the state only where no other attempt has the mail by now."""
    envelope = claimed.envelope
    state = state_after(outcome.failure)
    if state is MessageState.WAITING and not claimed.account.collect_offline:
        state = MessageState.FAILED  # The house wants to be asked before anything goes out later.
    due_at = next_due(envelope.tries, at) if state is MessageState.WAITING else at
    mine = sending.finish(connection, envelope.id, claimed.attempt, state=state.value, due_at=due_at)
    one = Attempt(at, outcome.answer, outcome.failure)
    # Settled once more where nobody knew whether the first time was written: it stands there once.
    if mine or (outcome.failure is None and one not in _found(connection, envelope.id).attempts):
        outbox.add_attempt(connection, envelope.id, envelope.recipients[0], one)
    return done(_found(connection, envelope.id), Topic.OUTBOX)


def _found(connection: Connection, message_id: int) -> Message:
    found = outbox.find(connection, message_id)
    if found is None:
        raise RuleBroken(Rule.MESSAGE_NOT_WAITING)
    return found


def _check_password(desk: Desk) -> None:
    """Leave the mails to the other desks where this one cannot log in; alone it says so on the mail."""
    if not desk.database.shared:
        return
    from laverma_desk.services.mails.attempting import kept_password  # noqa: PLC0415 (with the first mail)

    with desk.database.read() as connection:
        account = mail_on(connection)
    try:
        password = kept_password(desk, account) if account.user else ""
    except OutsideTrouble:
        password = None  # The keyring stays shut: the same for whoever waits for the mail.
    if password is None:
        raise RuleBroken(Rule.MAIL_PASSWORD_ELSEWHERE, account=account_key(account))
