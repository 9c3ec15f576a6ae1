"""What the reconciliation shows: connections, sessions, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from laverma_desk.domain.connection import LogKind, UnreadableLine
from laverma_desk.domain.customer import Tool


@dataclass(frozen=True)
class Days:
    """A stretch of the house's calendar days, both included; None is open on that side."""

    first: date | None = None
    last: date | None = None


class NotBillable(StrEnum):
    """Why a connection by itself is no session."""

    NO_END = "no_end"
    NO_TIME = "no_time"
    OTHER_PURPOSE = "other_purpose"
    INCOMING = "incoming"


@dataclass(frozen=True)
class Place:
    """The machine to which a partner ID belongs, or belonged, with the names of today."""

    customer_id: int
    workstation_id: int
    customer_name: str
    workstation_name: str


@dataclass(frozen=True)
class Proposal:
    """What a connection would come to as a session: minutes as they are billed, net in cents."""

    minutes: int
    net_cents: int


@dataclass(frozen=True)
class LooseSession:
    """A session beside connections. Instants are UTC; `end` None while it runs, then figures are so far."""

    session_id: int
    number: str
    begin: datetime
    end: datetime | None
    seconds: int
    customer_id: int
    workstation_id: int
    customer_name: str
    workstation_name: str
    supporter_name: str
    minutes: int
    net_cents: int
    tool: Tool
    partner_id: str
    billable: bool


@dataclass(frozen=True)
class OpenConnection:
    """Connections of one ID, joined over short pauses, for which nobody has a session.

    `seconds` goes from the first begin to the last end, short pauses included. `place` None: the ID
    belongs to no machine, or to several (`several_places`). `proposal` None where it could be no session
    as it stands. `near` is a session of the machine that overlaps or is shortly before or after: it may
    belong there. `restart` is the longest pause among joined connections. `ambiguous`: several sessions
    fit equally well, so none was chosen.
    """

    ids: tuple[int, ...]
    tool: Tool
    partner_id: str
    begin: datetime
    end: datetime | None
    seconds: int
    place: Place | None
    several_places: bool
    proposal: Proposal | None
    near: LooseSession | None
    joined: int
    restart: tuple[datetime, datetime] | None
    purpose: str
    partner_name: str
    local_user: str
    note: str
    reason_not: NotBillable | None
    ambiguous: bool


@dataclass(frozen=True)
class MatchedGroup:
    """Connections that belong to one session, joined over short pauses.

    `by_hand`: somebody decided it; otherwise the program found it. `confirmed`: the joining was looked at.
    """

    ids: tuple[int, ...]
    tool: Tool
    partner_id: str
    begin: datetime
    end: datetime | None
    seconds: int
    restart: tuple[datetime, datetime] | None
    session: LooseSession
    by_hand: bool
    confirmed: bool

    @property
    def joined(self) -> int:
        """Return how many connections it holds."""
        return len(self.ids)


@dataclass(frozen=True)
class MatchedSummary:
    """How many sessions have connections, how many those are, and the joinings nobody has looked at."""

    sessions: int
    connections: int
    joined: tuple[MatchedGroup, ...]


@dataclass(frozen=True)
class IgnoredConnection:
    """A connection that was passed over, with the reason, by whom and when (UTC)."""

    ids: tuple[int, ...]
    tool: Tool
    partner_id: str
    begin: datetime
    end: datetime | None
    seconds: int
    place: Place | None
    reason: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True)
class ReadingLine:
    """The file that was read last: its name without a path, when (UTC), and how many lines it had."""

    kind: LogKind
    file_name: str
    read_at: datetime
    lines: int
    unreadable: int


@dataclass(frozen=True)
class FileSums:
    """What has become of each single connection of a file; together they are the lines that could be read.

    What data protection has blanked counts as `ignored`.
    """

    matched: int = 0
    open: int = 0
    ignored: int = 0


@dataclass(frozen=True)
class Overview:
    """Where the reconciliation stands, the newest first. `first` and `last` are the instants it is about.

    `reading` None: nothing was ever read. `unreadable` and `sums` are of the file that was read last.
    """

    reading: ReadingLine | None
    first: datetime | None
    last: datetime | None
    open: tuple[OpenConnection, ...]
    without_connection: tuple[LooseSession, ...]
    matched: MatchedSummary
    ignored: tuple[IgnoredConnection, ...]
    unreadable: tuple[UnreadableLine, ...]
    sums: FileSums


@dataclass(frozen=True)
class Reading:
    """What came of reading a file: lines in it, connections that are new, those that found a session.

    `open` are those of the file that have none; `ids` are all of its connections, the known ones too.
    """

    kind: LogKind
    file_name: str
    read_at: datetime
    lines: int
    unreadable: int
    connections: int
    new: int
    updated: int
    matched: int
    open: int
    ids: frozenset[int] = field(repr=False)


@dataclass(frozen=True)
class Tied:
    """A partner ID that now belongs to a machine: what was before, so that it can be taken back.

    `current`: it is the machine's own ID now; otherwise one by which it was reached before. `matched` is
    the number of open connections that found their session by it.
    """

    workstation_id: int
    tool: Tool
    partner_id: str
    current: bool
    tool_before: Tool
    partner_id_before: str
    matched: int
