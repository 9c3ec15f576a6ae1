"""A keyring backend that keeps passwords in memory, and refuses on request as real ones do."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """A real backend of `keyring`; `locked` makes each question fail, the password in the error."""

    priority = 5
    viable = False  # never found by keyring's own search: only who is given it uses it

    def __init__(self) -> None:
        super().__init__()
        self.stored: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked(f"cannot unlock for {username}: {self.stored}")
        return self.stored.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked(f"cannot store {password!r} for {username}")
        self.stored[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.locked:
            raise KeyringLocked(username)
        if (service, username) not in self.stored:
            raise PasswordDeleteError("not found")
        del self.stored[service, username]
