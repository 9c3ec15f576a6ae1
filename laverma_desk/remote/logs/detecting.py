"""What wrote a file, by what stands in it: names are changed by whoever sends a log around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from laverma_desk.domain.connection import LogKind
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.remote.logs import anydesk, console, teamviewer, web_api
from laverma_desk.remote.logs.decoding import LONGEST_LINE, Line, lines_of
from laverma_desk.remote.logs.records import is_json

TEAMVIEWER_LOG, RUSTDESK_LOG = "teamviewer-log", "rustdesk-log"
_LOOKED_AT = 5000
_TEAMVIEWER_PROGRAM = re.compile(
    r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\.\d{3}\s+\d+\s+\d+\s|^Start: +\d{4}/\d\d/\d\d .*\(UTC", re.ASCII
)
_RUSTDESK_PROGRAM = re.compile(r"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ [+-]\d\d:\d\d\] [A-Z]+ \[", re.ASCII)

_LOOKS: tuple[tuple[LogKind | str, Callable[[str], object]], ...] = (
    (LogKind.TEAMVIEWER_OUTGOING, teamviewer.looks_outgoing),
    (LogKind.TEAMVIEWER_INCOMING, teamviewer.looks_incoming),
    (LogKind.ANYDESK_INCOMING, anydesk.looks_like_trace),
    (LogKind.ANYDESK_PROGRAM, anydesk.looks_like_program),
    (TEAMVIEWER_LOG, _TEAMVIEWER_PROGRAM.match),
    (RUSTDESK_LOG, _RUSTDESK_PROGRAM.match),
)


def detect(content: bytes) -> LogKind:
    """Return what a log is. Raises RuleBroken LOG_EMPTY, LOG_UNKNOWN, LOG_CARRIES_NOTHING (`reason`)."""
    lines = lines_of(content)
    if not lines:
        raise RuleBroken(Rule.LOG_EMPTY)
    if is_json(content):
        kind = web_api.detect(content)
        if kind is not None:
            return kind
    found = _by_lines(lines) or console.detect(content)
    if found is None:
        raise RuleBroken(Rule.LOG_UNKNOWN)
    if not isinstance(found, LogKind):
        raise RuleBroken(Rule.LOG_CARRIES_NOTHING, reason=found)
    return found


def _by_lines(lines: list[Line]) -> LogKind | str | None:
    """Return what most lines look like; lines that look like nothing have no say."""
    votes: Counter[LogKind | str] = Counter()
    for line in lines[:_LOOKED_AT]:
        text = line.text[:LONGEST_LINE]
        for kind, looks in _LOOKS:
            if looks(text):
                votes[kind] += 1
                break
    return votes.most_common(1)[0][0] if votes else None
