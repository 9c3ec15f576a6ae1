"""What a check of the desk's file found, in words, for the command line and the window alike."""

from __future__ import annotations

from laverma_desk.i18n import _


def damage_line(detail: str) -> str:
    """Return that the file is damaged, with SQLite's own words."""
    return _("The database is damaged: %(detail)s") % {"detail": detail}


def document_line(number: int | str, name: str) -> str:
    """Return that a stored document lost its hash."""
    return _("The stored document %(number)s (%(name)s) is no longer what was stored.") % {
        "number": number,
        "name": name,
    }


def attempt_line(number: str) -> str:
    """Return that a session counts although it was not possible."""
    return _("%(number)s was not possible, but time or money is counted for it. Correct it.") % {
        "number": number
    }
