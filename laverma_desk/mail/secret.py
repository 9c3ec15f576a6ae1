"""Where the mail password lives: in the system's keyring, and where there is none, in this run's memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.mail_account import MailAccount

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Answer = TypeVar("Answer")

SERVICE = "Laverma Desk"
# keyrings.alt writes files that are plain text, or that ask for a password on a console we do not have.
_REFUSED_PACKAGES = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")


def account_key(account: MailAccount) -> str:
    """Return the name under which an account's password is kept: user@host:port."""
    return f"{account.user}@{account.host}:{account.port}"


class Secrets:
    """The passwords of the mail accounts.

    A keyring may ask its owner to unlock it and wait for that, so call this off the GUI thread.
    """

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        """Use the given keyring, or find the system's at the first use."""
        self._given = backend
        self._for_this_run: dict[str, str] = {}

    def __repr__(self) -> str:
        """Return the class alone: what it holds is nobody's business."""
        return "Secrets()"

    @property
    def persistent(self) -> bool:
        """Return whether passwords outlive this run of the program."""
        return self._keyring is not None

    @property
    def keyring_name(self) -> str:
        """Return what the system's keyring calls itself, an empty text where there is none."""
        return self._keyring.name if self._keyring is not None else ""

    def read(self, account_key: str) -> str | None:
        """Return a password, None where there is none. Raises OutsideTrouble KEYRING_REFUSED."""
        ring = self._keyring
        if ring is None:
            return self._for_this_run.get(account_key)
        return _asked(lambda: ring.get_password(SERVICE, account_key))

    def write(self, account_key: str, password: str) -> None:
        """Keep a password. Raises OutsideTrouble KEYRING_REFUSED; then the old one still stands."""
        ring = self._keyring
        if ring is None:
            self._for_this_run[account_key] = password
            return
        _asked(lambda: ring.set_password(SERVICE, account_key, password))

    def forget(self, account_key: str) -> None:
        """Delete a password; one that is not there is no error. Raises OutsideTrouble KEYRING_REFUSED."""
        ring = self._keyring
        if ring is None:
            self._for_this_run.pop(account_key, None)
        elif _asked(lambda: ring.get_password(SERVICE, account_key)) is not None:
            _asked(lambda: ring.delete_password(SERVICE, account_key))

    @cached_property
    def _keyring(self) -> KeyringBackend | None:
        backend = self._given
        if backend is None:
            import keyring  # noqa: PLC0415 (62 ms that no start should pay)

            try:
                backend = keyring.get_keyring()
            except Exception:  # noqa: BLE001 (a keyring that is set up wrongly is none)
                return None
        return next((one for one in _members(backend) if _usable(one)), None)


def _asked(question: Callable[[], Answer]) -> Answer:
    """Return the keyring's answer.

    The trouble is raised outside of the except block, so that the backend's own exception, which
    may quote the password, does not travel along with it.
    """
    try:
        return question()
    except Exception as error:  # noqa: BLE001 (each backend has its own family of errors)
        reason = type(error).__name__
    raise OutsideTrouble(Trouble.KEYRING_REFUSED, reason=reason)


def _members(backend: KeyringBackend) -> list[KeyringBackend]:
    """Return the keyrings behind a chain, best first: it would fall through to one that is refused here."""
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415

    return list(backend.backends) if isinstance(backend, ChainerBackend) else [backend]


def _usable(backend: KeyringBackend) -> bool:
    kind = type(backend)
    if kind.__module__.startswith(_REFUSED_PACKAGES) or "plaintext" in kind.__name__.lower():
        return False
    try:
        return float(backend.priority) > 0
    except Exception:  # noqa: BLE001 (a keyring says by any exception that it does not work here)
        return False
