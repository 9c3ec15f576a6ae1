"""The account that reports leave from; its password is never part of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Security(StrEnum):
    """How the line to the mail server is secured."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


DEFAULT_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True)
class MailAccount:
    """Where and as whom to send. An empty host means that there is no account."""

    host: str = ""
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    sender: str = ""
    sender_name: str = ""
    copy_to_self: bool = True
    collect_offline: bool = True
    always_preview: bool = False

    @property
    def complete(self) -> bool:
        """Return whether mails can be sent with it."""
        return bool(self.host and self.sender)


LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
