"""Connect to the caller's machine: which program of this machine that takes, and that it was started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from laverma_desk.domain.connecting import is_id
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.remote import finding_programs, launching
from laverma_desk.remote.custom import check_command
from laverma_desk.remote.finding_programs import is_program
from laverma_desk.remote.launching import Launched, ToolPlace
from laverma_desk.remote.tool_program import ID
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.calls.call_sheet import save_connection
from laverma_desk.services.calls.session_access import open_on, pass_gate, session_on
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.storage import customers, reached_sessions
from laverma_desk.storage.customer_records import IdOwner
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change, log_change

CONNECTED = "connected"
"""The field of a session's log that tells that a connection was started; its value is tool:ID."""


@dataclass(frozen=True)
class Started:
    """A tool that was started for a session at an instant (UTC)."""

    session_id: int
    tool: Tool
    partner_id: str
    at: datetime
    launched: Launched


def is_command(typed: str) -> bool:
    """Return whether what is set for a tool is a command with {id} and not the path of a program."""
    return ID in typed


def place_of(tool: Tool, paths: Mapping[str, str], commands: Mapping[str, str]) -> ToolPlace:
    """Return what a machine's settings say of a tool."""
    return ToolPlace(paths.get(tool.value, ""), commands.get(tool.value, ""))


def place_typed(typed: str) -> ToolPlace:
    """Return what somebody types for a tool: a path, or a command with {id}."""
    line = typed.strip()
    return ToolPlace(command=line) if is_command(line) else ToolPlace(path=line)


def programs_folder() -> str:
    """Return the folder in which somebody who looks for a program begins."""
    return finding_programs.programs_folder()


def program_of(tool: Tool, place: ToolPlace) -> Path | None:
    """Return the program that would be started, None where there is none."""
    return launching.program_of(tool, place)


def check_place(typed: str, field: str) -> str:
    """Return a path or command as it is kept; empty is right too: then the program is looked for.

    Raises RuleBroken TOOL_PATH_WRONG, TOOL_COMMAND_INVALID, TOOL_COMMAND_FOREIGN, TOOL_COMMAND_SECRET.
    """
    place = place_typed(typed)
    if place.path and not is_program(Path(place.path)):
        raise RuleBroken(Rule.TOOL_PATH_WRONG, field=field, value=place.path)
    if place.command:
        check_command(place.command, field)
    return place.command or place.path


def start(desk: Desk, session_id: int, paths: Mapping[str, str], commands: Mapping[str, str]) -> Started:
    """Start the tool of a session with its partner ID; `confirm` says afterwards whether it lived.

    Raises RuleBroken SESSION_ENDED, PARTNER_ID_INVALID, AGREEMENT_MISSING for an ID of another practice that
    is locked, TOOL_NOT_FOUND, those of a command of one's own, TOOL_REACHES_NOBODY for sample data (their
    IDs may be somebody's), OutsideTrouble TOOL_DID_NOT_START.
    """
    with desk.database.read() as connection:
        session = open_on(connection, session_id)
        if not is_id(session.tool, session.partner_id):
            raise RuleBroken(Rule.PARTNER_ID_INVALID, field="partner_id", tool=session.tool)
        _pass_owners_gate(connection, session)
    if desk.demo:
        raise RuleBroken(Rule.TOOL_REACHES_NOBODY, tool=session.tool, partner_id=session.partner_id)
    place = place_of(session.tool, paths, commands)
    command = launching.command_for(session.tool, session.partner_id, place)
    launched = launching.launch(command)
    return Started(session_id, session.tool, session.partner_id, desk.clock.now(), launched)


def _pass_owners_gate(connection: Connection, session: SupportSession) -> None:
    """Refuse the machine of a locked practice that is reached from the session of another one."""
    owners = reached_sessions.owners(connection, [session.partner_id])
    having = [
        customers.survivor(connection, one.customer_id)
        for one in owners.get((session.tool, session.partner_id), ())
        if one.until is None
    ]
    if having and customers.survivor(connection, session.customer_id) not in having:
        pass_gate(connection, having[0], session.begin, None, "")


def confirm(desk: Desk, started: Started) -> Done[SupportSession]:
    """Note on the session that a connection was started, now that the tool is past its first moment.

    Raises OutsideTrouble TOOL_DID_NOT_START where it has ended with an error; then nothing is noted.
    """
    launching.check_alive(started.launched)
    with desk.database.write() as connection:
        found = session_on(connection, started.session_id)
        value = f"{started.tool.value}:{started.partner_id}"
        log_change(
            connection, started.session_id, Change(started.at, found.supporter_name, CONNECTED, "", value)
        )
        return done(found, Topic.SESSIONS)


def owner_elsewhere(desk: Desk, session: SupportSession, tool: Tool, partner_id: str) -> IdOwner | None:
    """Return the other machine that has an ID, or had it; None for an ID that the session's own one has."""
    if not is_id(tool, partner_id):
        return None
    from laverma_desk.services.customers.places import owners_of_partner_id  # noqa: PLC0415 (no start needs it)

    owners = owners_of_partner_id(desk, partner_id, session.workstation_id)
    return owners[0] if owners else None


def move_to_owner(
    desk: Desk, session_id: int, workstation_id: int, tool: Tool, partner_id: str
) -> Done[SupportSession]:
    """Give a session to the machine whose ID was read out; the session keeps the ID as it was heard.

    Raises RuleBroken as `timekeeping.move_session` does.
    """
    moved = timekeeping.move_session(desk, session_id, workstation_id)
    if (moved.value.tool, moved.value.partner_id) == (tool, partner_id):
        return moved
    return save_connection(desk, session_id, tool, partner_id)
