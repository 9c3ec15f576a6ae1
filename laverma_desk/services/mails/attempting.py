"""One conversation with the mail server, with what goes wrong before the body as a failed attempt."""

from __future__ import annotations

from collections.abc import Callable

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.mail_outcome import Outcome, Phase
from laverma_desk.domain.message import Failure
from laverma_desk.mail.secret import account_key
from laverma_desk.services.desk import Desk
from laverma_desk.storage.sending import Envelope


class MailLost(Exception):
    """The mail went to another attempt before its body was on the wire."""


def speak(
    desk: Desk,
    account: MailAccount,
    envelope: Envelope,
    *,
    before_data: Callable[[], None],
    timeout: float,
    cancelled: Callable[[], bool] | None,
) -> Outcome:
    """Speak with the server; what goes wrong before the body is a failed attempt, not a stranded mail.

    Bytes that are no longer those that were stored never go out. What `before_data` raises of its own
    accord, MailLost, ends the conversation.
    """
    if not envelope.unaltered:
        return Outcome("", Failure.CONTENT_ALTERED, (), Phase.CONNECT)
    try:
        password = kept_password(desk, account)
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


def kept_password(desk: Desk, account: MailAccount) -> str | None:
    """Return the account's password, None where this desk has none. Raises OutsideTrouble KEYRING_REFUSED."""
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
    password = typed_password if typed_password is not None else kept_password(desk, account)
    if account.user and password is None:
        return Outcome("", Failure.PASSWORD_MISSING, (), Phase.LOGIN)
    from laverma_desk.mail.probe import check_account  # noqa: PLC0415 (no start needs it)

    return check_account(account, password, timeout=timeout, context=desk.trust, cancelled=cancelled)
