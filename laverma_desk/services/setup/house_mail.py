"""The account by which mails leave, and its password, which only the system's keyring holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.message import LOGIN_FAILURES, MessageState
from laverma_desk.mail.secret import account_key
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import changing_settings, mail_on
from laverma_desk.storage import house as stored
from laverma_desk.storage import outbox
from laverma_desk.storage.database import Connection


@dataclass(frozen=True)
class PasswordState:
    """Whether the keyring holds the account's password, and whether it outlives this run."""

    kept: bool
    persistent: bool


def password_state(desk: Desk, account: MailAccount) -> PasswordState:
    """Ask the keyring about an account, off the GUI thread. Raises OutsideTrouble KEYRING_REFUSED."""
    kept = bool(account.user) and desk.secrets.read(account_key(account)) is not None
    return PasswordState(kept, desk.secrets.persistent)


def save_mail_account(desk: Desk, account: MailAccount, password: str | None) -> Done[bool]:
    """Keep the account, and its password in the system's keyring; None leaves the password as it is.

    Where only the port changes, the password goes along. Mails that failed at the login wait for another
    attempt. The value says whether the password outlives this run. Raises OutsideTrouble KEYRING_REFUSED.
    """
    with desk.database.read() as connection:
        before = mail_on(connection)
    moved = account_key(before) != account_key(account)
    if password is None and moved and (before.user, before.host) == (account.user, account.host):
        password = desk.secrets.read(account_key(before))
    if password is not None:
        desk.secrets.write(account_key(account), password)
        if moved and before.user:
            desk.secrets.forget(account_key(before))
    if account == before:
        # Each machine of a shared desk keeps the password for itself, also of whoever changes no settings.
        with desk.database.write() as connection:
            _wake_mails(connection, desk.clock.now())
        return done(desk.secrets.persistent, Topic.HOUSE, Topic.OUTBOX)
    values = asdict(account)
    values["security"] = account.security.value
    with changing_settings(desk) as connection:
        stored.write_section(connection, "mail", values)
        _wake_mails(connection, desk.clock.now())
    return done(desk.secrets.persistent, Topic.HOUSE, Topic.OUTBOX)


def _wake_mails(connection: Connection, now: datetime) -> None:
    for mail in outbox.in_state(connection, [MessageState.FAILED]):
        if mail.last_attempt is not None and mail.last_attempt.failure in LOGIN_FAILURES:
            outbox.update_message(connection, mail.id, state=MessageState.WAITING.value, due_at=now)
