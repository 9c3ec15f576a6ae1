"""Ask what only a person can answer: at the terminal without an echo, else from standard input."""

from __future__ import annotations

import getpass
import sys

from laverma_desk.cli import terminal
from laverma_desk.i18n import _


def new_passphrase() -> tuple[str, str]:
    """Return a new passphrase as it was typed twice; from a pipe its first line counts for both."""
    if not at_terminal():
        typed = _line()
        return typed, typed
    terminal.tell(_("Whoever loses the passphrase loses the backups: nobody can open them without it."))
    return getpass.getpass(_("Passphrase: ")), getpass.getpass(_("Once more: "))


def passphrase() -> str:
    """Return the passphrase of a copy."""
    return getpass.getpass(_("Passphrase: ")) if at_terminal() else _line()


def agreed(question: str) -> bool:
    """Return whether a person says yes; nobody at the terminal is a no."""
    if not at_terminal():
        return False
    terminal.tell(question)
    return _line().strip().casefold() in {"j", "ja", "y", "yes"}


def at_terminal() -> bool:
    """Tell whether a person can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _line() -> str:
    return sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""
