"""A command of one's own in place of a tool's program: one line, in which {id} stands for the partner ID.

It is split into arguments and never given to a shell, so that nothing in it is read as a second command.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.remote.finding_programs import WINDOWS, find_by_name, is_program
from laverma_desk.remote.tool_program import ID

_SHELLS = frozenset(
    ("sh", "bash", "dash", "zsh", "fish", "ksh", "cmd", "powershell", "pwsh", "wscript", "cscript", "mshta")
)
_SECRET = ("passw", "passphrase", "--pass", "kennwort", "--pw", "/pw", "authorization=")


def split_command(line: str, field: str | None = None, *, windows: bool = WINDOWS) -> list[str]:
    """Return the parts of a command line; on Windows a backslash is a letter as any other.

    Raises RuleBroken TOOL_COMMAND_INVALID where a quotation mark is left open.
    """
    parts = shlex.shlex(line, posix=True)
    parts.whitespace_split = True
    parts.commenters = ""
    if windows:
        parts.escape, parts.quotes = "", '"'
    try:
        return list(parts)
    except ValueError as error:
        raise RuleBroken(Rule.TOOL_COMMAND_INVALID, field=field) from error


def check_command(line: str, field: str | None = None) -> list[str]:
    """Return the parts of a command that can be started once {id} is filled in.

    Raises RuleBroken TOOL_COMMAND_INVALID where {id} does not stand exactly once behind the program,
    TOOL_COMMAND_FOREIGN for a shell, TOOL_COMMAND_SECRET for a password, TOOL_PATH_WRONG where the
    program does not exist.
    """
    parts = split_command(line, field)
    if not parts or ID in parts[0] or line.count(ID) != 1 or "\0" in line:
        raise RuleBroken(Rule.TOOL_COMMAND_INVALID, field=field)
    if Path(parts[0].replace("\\", "/")).stem.casefold() in _SHELLS:
        raise RuleBroken(Rule.TOOL_COMMAND_FOREIGN, field=field)
    if any(word in part.casefold() for part in parts[1:] for word in _SECRET):
        raise RuleBroken(Rule.TOOL_COMMAND_SECRET, field=field)
    named = Path(parts[0])
    program = named if is_program(named) else find_by_name(parts[0])
    if program is None:
        raise RuleBroken(Rule.TOOL_PATH_WRONG, field=field, value=parts[0])
    return [str(program), *parts[1:]]


def filled(parts: list[str], partner_id: str) -> list[str]:
    """Return a checked command with the partner ID in its place."""
    return [parts[0], *(part.replace(ID, partner_id) for part in parts[1:])]
