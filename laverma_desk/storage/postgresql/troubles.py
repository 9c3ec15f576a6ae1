"""What a server's refusal means in our words."""

from __future__ import annotations

import psycopg
from psycopg import errors

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
_LOGIN = ("password authentication failed", "no password supplied", "pg_hba.conf", "does not exist")
_CERTIFICATE = ("certificate", "SSL", "root.crt")


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
    return OutsideTrouble(_of_words(str(original)), server=server)


def _of_words(said: str) -> Trouble:
    """Tell failures before there is a session apart: the library has only words for them."""
    if any(word in said for word in _LOGIN):
        missing = 'database "' in said and "does not exist" in said
        return Trouble.SERVER_NOT_PREPARED if missing else Trouble.SERVER_LOGIN
    if "permission denied for database" in said:
        return Trouble.SERVER_RIGHT_MISSING
    return Trouble.SERVER_CERTIFICATE if any(word in said for word in _CERTIFICATE) else Trouble.SERVER_AWAY
