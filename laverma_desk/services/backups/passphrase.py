"""The passphrase that locks the copies: in the system's keyring or nowhere."""

from __future__ import annotations

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk

SHORTEST = 10
"""Letters; who finds a copy can try passphrases for as long as they like."""


def checked_passphrase(first: str, second: str) -> str:
    """Return a passphrase that was typed twice. Raises RuleBroken PASSPHRASE_SHORT, PASSPHRASE_DIFFERS."""
    if len(first) < SHORTEST:
        raise RuleBroken(Rule.PASSPHRASE_SHORT, field="passphrase", limit=SHORTEST)
    if first != second:
        raise RuleBroken(Rule.PASSPHRASE_DIFFERS, field="again")
    return first


def keep_passphrase(desk: Desk, passphrase: str) -> None:
    """Put the passphrase into the keyring; not in the GUI thread.

    Raises OutsideTrouble BACKUP_NEEDS_KEYRING, KEYRING_REFUSED.
    """
    if not desk.secrets.persistent:
        raise OutsideTrouble(Trouble.BACKUP_NEEDS_KEYRING)
    desk.secrets.write(_key(desk.data), passphrase)


def kept_passphrase(data: DataDir, secrets: Secrets) -> str | None:
    """Return the passphrase of a desk's copies, None where none is kept. Raises OutsideTrouble."""
    return secrets.read(_key(data)) if secrets.persistent else None


def _key(data: DataDir) -> str:
    return f"backup {data.root.resolve()}"
