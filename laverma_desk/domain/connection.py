"""A connection as a remote tool wrote it down by itself, and the file in which it stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from laverma_desk.domain.customer import Tool


class LogKind(StrEnum):
    """Which tool wrote a file, and which of its files it is."""

    TEAMVIEWER_OUTGOING = "teamviewer"
    TEAMVIEWER_INCOMING = "teamviewer-incoming"
    TEAMVIEWER_CONSOLE = "teamviewer-csv"
    TEAMVIEWER_API = "teamviewer-json"
    ANYDESK_INCOMING = "anydesk-trace"
    ANYDESK_PROGRAM = "anydesk-log"
    ANYDESK_CONSOLE = "anydesk-csv"
    ANYDESK_API = "anydesk-json"
    RUSTDESK_AUDIT = "rustdesk-json"
    RUSTDESK_PROGRAM = "rustdesk-log"

    @property
    def incoming(self) -> bool:
        """Return whether the controlled machine wrote it: its IDs are not those of customers."""
        return self in (LogKind.TEAMVIEWER_INCOMING, LogKind.ANYDESK_INCOMING)


@dataclass(frozen=True)
class LoggedConnection:
    """One connection of a log. Instants are UTC; `end` None where the tool writes none.

    `key` is by what the tool tells its connections apart (a GUID in lower case without braces), or what
    identifies one where it has nothing of the kind. `partner_id` is without blanks. `purpose` is the
    tool's own word (RemoteControl, FileTransfer …); `raw` the line as it stood, or the record.
    """

    tool: Tool
    key: str
    partner_id: str
    begin: datetime
    end: datetime | None
    line_number: int
    raw: str
    partner_name: str = ""
    local_user: str = ""
    purpose: str = ""
    note: str = ""


class LineProblem(StrEnum):
    """Why a line of a log could not be read."""

    NOT_A_CONNECTION = "not_a_connection"
    INCOMPLETE = "incomplete"
    TIME_INVALID = "time_invalid"
    END_BEFORE_BEGIN = "end_before_begin"
    ID_MISSING = "id_missing"


@dataclass(frozen=True)
class UnreadableLine:
    """A line that could not be read, as it stood, with its number in the file, counted from 1."""

    line_number: int
    raw: str
    problem: LineProblem


@dataclass(frozen=True)
class ReadLog:
    """What a file holds. `lines` counts those that are not blank; a half last line is in `unreadable`."""

    kind: LogKind
    connections: tuple[LoggedConnection, ...]
    unreadable: tuple[UnreadableLine, ...]
    lines: int
