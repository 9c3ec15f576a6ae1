"""The name of whoever is logged in at this machine, for a house that has not named anyone yet."""

from __future__ import annotations

import getpass
import sys


def system_user() -> str:
    """Return the full name that the system knows, else the login name, "" where it knows neither."""
    try:
        login = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
    return _full_name(login) or login


def _full_name(login: str) -> str:
    if sys.platform == "win32":
        return ""
    import pwd  # noqa: PLC0415 (not on Windows)

    try:
        # The first field of what is called GECOS, for example "Klaus Klassen,,,".
        return pwd.getpwnam(login).pw_gecos.partition(",")[0].strip()
    except KeyError:
        return ""
