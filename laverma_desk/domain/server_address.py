"""Where a shared desk lies: a PostgreSQL server, as its address says it, and never a password."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from laverma_desk.domain.errors import Rule, RuleBroken

SCHEMES = ("postgresql+psycopg", "postgresql")
USUAL_PORT = 5432
VERIFIED = "verify-full"
SHORTEST_PASSWORD = 10
"""Letters of a password for a login."""

_HIGHEST_PORT = 65535
_CERTIFICATES = ("sslrootcert", "sslcert", "sslkey")
_TAKEN = frozenset({"host", "sslmode", *_CERTIFICATES})
"""What an address may say beside the usual: nothing that changes what a transaction means."""


@dataclass(frozen=True)
class ServerAddress:
    """A server's database and the role that asks for it.

    `host` is a name, an IP address or the folder of a local socket. `certificates` are paths by libpq's
    names: `sslrootcert` (whom to trust; without it the system's authorities), `sslcert`, `sslkey`.
    """

    user: str
    host: str
    port: int
    database: str
    certificates: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_local(self) -> bool:
        """Return whether nothing on the way leaves this machine."""
        if self.host.startswith("/") or self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def key(self) -> str:
        """Return the name under which the password is kept: user@host:port/database."""
        return f"{self.user}@{self.host}:{self.port}/{self.database}"

    @property
    def shown(self) -> str:
        """Return how the server is called on the screen."""
        port = "" if self.port == USUAL_PORT or self.host.startswith("/") else f":{self.port}"
        return f"{self.database} · {self.host}{port}"

    @property
    def url(self) -> str:
        """Return the address as it is typed and kept; it names no password."""
        query = list(self.certificates)
        host = f"[{self.host}]" if ":" in self.host else self.host
        if host.startswith("/"):
            query, host = [("host", host), *query], ""
        place = f"{quote(self.user, safe='')}@{host}:{self.port}/{quote(self.database, safe='')}"
        return f"{SCHEMES[0]}://{place}" + (f"?{urlencode(query, safe='/')}" if query else "")


def parse_address(typed: str) -> ServerAddress:
    """Return what an address names, of the form postgresql+psycopg://role@host:port/database.

    Raises RuleBroken SERVER_ADDRESS_INVALID, and SERVER_ADDRESS_PASSWORD where a password stands in it.
    """
    try:
        parts = urlsplit(typed.strip())
        port = parts.port or USUAL_PORT
        query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise _invalid() from error
    if parts.password is not None or "password" in query:
        raise RuleBroken(Rule.SERVER_ADDRESS_PASSWORD, field="database")
    host = query.get("host") or unquote(parts.hostname or "")
    address = ServerAddress(
        unquote(parts.username or ""),
        host,
        port,
        unquote(parts.path.removeprefix("/")),
        tuple((name, query[name]) for name in _CERTIFICATES if query.get(name)),
    )
    known = parts.scheme in SCHEMES and not parts.fragment and set(query) <= _TAKEN
    whole = address.user and address.host and address.database and 0 < port <= _HIGHEST_PORT
    # Encryption is no matter of taste: beyond this machine it is always the strictest there is.
    strict = address.is_local or query.get("sslmode", VERIFIED) == VERIFIED
    if not (known and whole and strict) or "\x00" in typed:
        raise _invalid()
    return address


def _invalid() -> RuleBroken:
    return RuleBroken(Rule.SERVER_ADDRESS_INVALID, field="database")
