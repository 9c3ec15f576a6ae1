"""Hand waiting mails to the server, one at a time, and remember what came of each attempt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.mail_outcome import Outcome, Phase
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
from laverma_desk.services.setup.house import mail_on
from laverma_desk.storage import outbox

TIMEOUT_SECONDS = 30.0
LONGEST_WAIT = timedelta(minutes=RETRY_MINUTES[-1] + 1)


def recover_deliveries(desk: Desk) -> Done[int]:
    """Sort the mails that were being sent when the program ended; return how many are unclear now.

    One whose body may have gone onto the wire is unclear and waits for a decision; another one
    simply waits.
    """
    now = desk.clock.now()
    unclear = 0
    with desk.database.write() as connection:
        stranded = outbox.in_state(connection, [MessageState.SENDING])
        for mail in stranded:
            started = outbox.started_data(connection, mail.id)
            state = MessageState.UNCLEAR if started else MessageState.WAITING
            if started:
                unclear += 1
                attempt = Attempt(now, "", Failure.INTERRUPTED)
                outbox.add_attempt(connection, mail.id, mail.recipient, attempt)
            outbox.update_message(connection, mail.id, state=state.value, due_at=now)
    return done(unclear, Topic.OUTBOX) if stranded else done(unclear)


def next_due_at(desk: Desk) -> datetime | None:
    """Return when (UTC) the next waiting mail is due, None where none waits."""
    with desk.database.read() as connection:
        return outbox.next_due(connection)


def due_messages(desk: Desk) -> list[int]:
    """Return the mails whose time has come, the oldest first. A demo sends nothing."""
    if desk.demo:
        return []
    with desk.database.read() as connection:
        now = desk.clock.now()
        return outbox.due(connection, now, now + LONGEST_WAIT)


def untried_messages(desk: Desk) -> list[int]:
    """Return the mails that wait only for their seconds to pass, the oldest first."""
    with desk.database.read() as connection:
        waiting = outbox.in_state(connection, [MessageState.WAITING])
        return [mail.id for mail in waiting if not mail.attempts]


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
    Raises RuleBroken MESSAGE_NOT_WAITING where another attempt runs or nothing waits.
    """
    states = [MessageState.WAITING]
    if force:
        states += [MessageState.FAILED, MessageState.UNCLEAR]
    with desk.database.write() as connection:
        if desk.demo or not outbox.claim(connection, message_id, states):
            raise RuleBroken(Rule.MESSAGE_NOT_WAITING)
        envelope = outbox.envelope(connection, message_id)
        account = mail_on(connection)
    if begun is not None:
        begun()

    def before_data() -> None:
        # On the disk before the first byte of the body is on the wire: a crash from here on is unclear.
        with desk.database.write() as connection:
            outbox.update_message(connection, message_id, data_started=True)

    outcome = _attempt(desk, account, envelope, before_data=before_data, timeout=timeout, cancelled=cancelled)
    now = desk.clock.now()
    state = state_after(outcome.failure)
    if state is MessageState.WAITING and not account.collect_offline:
        state = MessageState.FAILED  # The house wants to be asked before anything goes out later.
    with desk.database.write() as connection:
        outbox.add_attempt(
            connection, message_id, envelope.recipients[0], Attempt(now, outcome.answer, outcome.failure)
        )
        outbox.update_message(
            connection,
            message_id,
            state=state.value,
            due_at=next_due(envelope.tries, now) if state is MessageState.WAITING else now,
        )
        found = outbox.find(connection, message_id)
    if found is None:
        raise RuleBroken(Rule.MESSAGE_NOT_WAITING)
    return done(found, Topic.OUTBOX)


def _attempt(
    desk: Desk,
    account: MailAccount,
    envelope: outbox.Envelope,
    *,
    before_data: Callable[[], None],
    timeout: float,
    cancelled: Callable[[], bool] | None,
) -> Outcome:
    """Speak with the server; what goes wrong before the body is a failed attempt, not a stranded mail.

    Bytes that are no longer those that were stored never go out.
    """
    if not envelope.unaltered:
        return Outcome("", Failure.CONTENT_ALTERED, (), Phase.CONNECT)
    try:
        password = _password(desk, account)
        if account.user and password is None:
            return Outcome("", Failure.PASSWORD_MISSING, (), Phase.LOGIN)
        # Where no mail waits nothing of the way to a server is loaded.
        from laverma_desk.mail.smtp import deliver  # noqa: PLC0415

        return deliver(
            account,
            password,
            envelope.sender,
            envelope.recipients,
            envelope.content,
            before_data=before_data,
            timeout=timeout,
            context=desk.trust,
            cancelled=cancelled,
        )
    except RuleBroken as error:
        failure = {
            Rule.EMAIL_INVALID: Failure.RECIPIENT_REFUSED,
            Rule.PLAIN_TEXT_REFUSED: Failure.ENCRYPTION_MISSING,
            Rule.MAIL_ACCOUNT_MISSING: Failure.ACCOUNT_MISSING,
            Rule.HOST_INVALID: Failure.ACCOUNT_MISSING,
        }
        return Outcome("", failure.get(error.code, Failure.REFUSED), (), Phase.CONNECT)
    except OutsideTrouble as error:
        if error.code is Trouble.KEYRING_REFUSED:
            return Outcome("", Failure.PASSWORD_MISSING, (), Phase.LOGIN)
        # The disk refused the note that the body goes out, so the body did not go out.
        return Outcome("", Failure.TEMPORARY, (), Phase.DATA)


def _password(desk: Desk, account: MailAccount) -> str | None:
    return desk.secrets.read(account_key(account)) if account.user else None


def try_account(
    desk: Desk,
    account: MailAccount,
    typed_password: str | None,
    *,
    timeout: float = 15.0,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """Log in to a mail account without sending anything; a password that was not typed is the kept one.

    Raises RuleBroken MAIL_ACCOUNT_MISSING, PLAIN_TEXT_REFUSED, HOST_INVALID; OutsideTrouble of the keyring.
    """
    password = typed_password if typed_password is not None else _password(desk, account)
    if account.user and password is None:
        return Outcome("", Failure.PASSWORD_MISSING, (), Phase.LOGIN)
    from laverma_desk.mail.probe import check_account  # noqa: PLC0415 (no start needs it)

    return check_account(account, password, timeout=timeout, context=desk.trust, cancelled=cancelled)
