"""Start a remote tool with a partner ID: which command it is, and whether it lived past its first moment."""

from __future__ import annotations

import os
import subprocess  # nosec B404 # (a list of arguments, never a shell)
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from laverma_desk.domain.connecting import is_id
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.remote.anydesk import ANYDESK
from laverma_desk.remote.custom import check_command, filled
from laverma_desk.remote.environment import outside_environment
from laverma_desk.remote.finding_programs import find_program, is_program, opener_of
from laverma_desk.remote.rustdesk import RUSTDESK
from laverma_desk.remote.teamviewer import TEAMVIEWER
from laverma_desk.remote.tool_program import ToolProgram

PROGRAMS: Mapping[Tool, ToolProgram] = {
    Tool.TEAMVIEWER: TEAMVIEWER,
    Tool.ANYDESK: ANYDESK,
    Tool.RUSTDESK: RUSTDESK,
}


@dataclass(frozen=True)
class ToolPlace:
    """What this machine has set for a tool: where its program lies, or the command that stands for it."""

    path: str = ""
    command: str = ""


def program_of(tool: Tool, place: ToolPlace) -> Path | None:
    """Return the program that would be started; None where there is none. The set path goes first."""
    if place.command:
        try:
            return Path(check_command(place.command)[0])
        except RuleBroken:
            return None
    if place.path:
        chosen = Path(place.path)
        return chosen if is_program(chosen) else None
    known = PROGRAMS.get(tool)
    return find_program(known) if known else None


def command_for(tool: Tool, partner_id: str, place: ToolPlace) -> list[str]:
    """Return program and arguments for a partner ID; where there is no program, what opens its address.

    Raises RuleBroken PARTNER_ID_INVALID, TOOL_NOT_FOUND, and as `check_command` for a command of one's own.
    """
    if not is_id(tool, partner_id):
        raise RuleBroken(Rule.PARTNER_ID_INVALID, field="partner_id", tool=tool)
    if place.command:
        return filled(check_command(place.command), partner_id)
    program, known = program_of(tool, place), PROGRAMS.get(tool)
    if program is not None:
        return [str(program), *(known.filled_arguments(partner_id) if known else [partner_id])]
    opener = opener_of(known.scheme) if known and not place.path else None
    if opener is None or known is None:
        raise RuleBroken(Rule.TOOL_NOT_FOUND, field="tool", tool=tool)
    return [*opener, known.filled_address(partner_id)]


class Launched:
    """A program that was started and goes its own way. `command` is what was started."""

    def __init__(self, command: list[str], process: subprocess.Popen[bytes]) -> None:
        """Watch for its end, so that the system can forget it."""
        self.command = tuple(command)
        self._process = process
        Thread(target=process.wait, name="remote-tool", daemon=True).start()

    def exit_code(self) -> int | None:
        """Return with what it has ended, None while it runs."""
        return self._process.returncode


def launch(command: list[str]) -> Launched:
    """Start a command by itself: no shell, no input, its output goes nowhere, it outlives the desk.

    Raises OutsideTrouble TOOL_DID_NOT_START where the system refuses.
    """
    try:
        process = subprocess.Popen(  # nosec B603 # noqa: S603 (a list of arguments; program and ID have been checked)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path.home(),
            env=outside_environment(),
            start_new_session=os.name == "posix",
            creationflags=_detached(),
        )
    except (OSError, ValueError) as error:
        raise OutsideTrouble(Trouble.TOOL_DID_NOT_START, program=command[0], reason=str(error)) from error
    return Launched(command, process)


def check_alive(launched: Launched) -> None:
    """Raise OutsideTrouble TOOL_DID_NOT_START where the program has ended and called it a failure."""
    code = launched.exit_code()
    if code:
        raise OutsideTrouble(Trouble.TOOL_DID_NOT_START, program=launched.command[0], exit_code=code)


def _detached() -> int:
    if sys.platform != "win32":
        return 0
    return subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
