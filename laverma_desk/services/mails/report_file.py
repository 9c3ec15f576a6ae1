"""A report as a file, for those who want it on paper or in another program."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails.reporting import prepare_report
from laverma_desk.services.upkeep import free_place
from laverma_desk.storage import sessions


def find_session(desk: Desk, number: str) -> SupportSession:
    """Return a session by its readable number, S-2022-0214. Raises RuleBroken SESSION_UNKNOWN."""
    with desk.database.read() as connection:
        found = sessions.find_by_number(connection, number.strip().upper())
    if found is None:
        raise RuleBroken(Rule.SESSION_UNKNOWN, number=number)
    return found


def write_report(desk: Desk, session: SupportSession, target: Path) -> int:
    """Write the report of an ended session as a PDF and return its size in bytes.

    The file appears complete or not at all; an existing one is replaced. Raises RuleBroken
    SESSION_NOT_ENDED, FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE, DISK_FULL.
    """
    free_place(desk, target)
    content = prepare_report(desk, session.id).pdf
    write_whole(desk, target, content)
    return len(content)


def write_whole(desk: Desk, target: Path, content: bytes) -> None:
    """Write a file that appears complete or not at all; an existing one is replaced.

    Raises RuleBroken FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE, DISK_FULL.
    """
    place = free_place(desk, target)
    fresh = place.with_name(f".{place.name}.partial")
    try:
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666), "wb") as writer:
            writer.write(content)
            writer.flush()
            os.fsync(writer.fileno())
        fresh.replace(place)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        trouble = Trouble.DISK_FULL if full else Trouble.FILE_UNWRITABLE
        raise OutsideTrouble(trouble, file=str(target)) from error
