"""A report as a file, for those who want it on paper or in another program."""

from __future__ import annotations

from pathlib import Path

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.desk import Desk
from laverma_desk.services.files import free_place, save_file
from laverma_desk.services.mails.reporting import prepare_report
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
    save_file(desk, target, content)
    return len(content)
