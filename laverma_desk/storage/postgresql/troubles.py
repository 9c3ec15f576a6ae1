"""What a server's refusal means in our words."""

from __future__ import annotations

import re

import psycopg
from psycopg import errors
from psycopg.pq.abc import PGconn

from laverma_desk.domain.errors import OutsideTrouble, Trouble

_MEANINGS: tuple[tuple[type[psycopg.Error] | tuple[type[psycopg.Error], ...], Trouble], ...] = (
    ((errors.InvalidPassword, errors.InvalidAuthorizationSpecification), Trouble.SERVER_LOGIN),
    (errors.InsufficientPrivilege, Trouble.SERVER_RIGHT_MISSING),
    (
        (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure, errors.QueryCanceled),
        Trouble.SERVER_BUSY,
    ),
    ((errors.DiskFull, errors.OutOfMemory), Trouble.SERVER_FULL),
    (errors.InvalidCatalogName, Trouble.SERVER_NOT_PREPARED),
    (
        (
            errors.TooManyConnections,
            errors.CannotConnectNow,
            errors.AdminShutdown,
            errors.CrashShutdown,
            errors.ReadOnlySqlTransaction,
            errors.IdleInTransactionSessionTimeout,
        ),
        Trouble.SERVER_AWAY,
    ),
)
# The library's words are English, the server's those of whoever set it up: in German, most likely.
_DATABASE_MISSING = re.compile('(database "|Datenbank »).*(does not exist|existiert nicht)')
_DATABASE_DENIED = ("permission denied for database", "keine Berechtigung für Datenbank")
_LOGIN = ("password authentication failed", "no password supplied", "pg_hba.conf",
          "does not exist", "existiert nicht")  # fmt: skip
_CERTIFICATE = ("certificate", "root.crt")
# What the library says of TLS: a paper that proves nothing, none at all, or a line that has just ended.
_TLS, _TLS_ENDED = "SSL", ("unexpected eof", "SYSCALL", "closed unexpectedly")


def trouble_of(error: BaseException, server: str) -> OutsideTrouble | None:
    """Return what the world did when a server refused or went away, None where it does not say."""
    original = getattr(error, "orig", None) or error
    for kinds, meaning in _MEANINGS:
        if isinstance(original, kinds):
            return OutsideTrouble(meaning, server=server)
    if not isinstance(original, psycopg.OperationalError | psycopg.InterfaceError):
        return None
    if original.sqlstate is not None and not original.sqlstate.startswith(("08", "57")):
        return None
    return OutsideTrouble(_before_a_session(original), server=server)


def _before_a_session(error: psycopg.Error) -> Trouble:
    """Tell apart what fails before there is a session: the library has only words for it."""
    tried = error.pgconn
    if tried is None:
        # There was a session, and its line has ended: encrypted, that too is told in words of TLS.
        return Trouble.SERVER_AWAY
    said = str(error)
    if any(words in said for words in _CERTIFICATE):
        return Trouble.SERVER_CERTIFICATE
    if _DATABASE_MISSING.search(said):
        return Trouble.SERVER_NOT_PREPARED
    if any(words in said for words in _DATABASE_DENIED):
        return Trouble.SERVER_RIGHT_MISSING
    if any(words in said for words in _LOGIN) or _refuses_by_name(tried, said):
        return Trouble.SERVER_LOGIN
    ended = any(words in said for words in _TLS_ENDED)
    return Trouble.SERVER_CERTIFICATE if _TLS in said and not ended else Trouble.SERVER_AWAY


def _refuses_by_name(tried: PGconn, said: str) -> bool:
    """Return whether a server that was given a password names the user: so it refuses in any language."""
    if not tried.used_password or not tried.user:
        return False
    return re.search(rf"\W{re.escape(tried.user.decode())}\W", said.rpartition(" failed: ")[2]) is not None
