"""What the remote tools wrote down by themselves, read as it stands: files become connections."""

from __future__ import annotations

from collections.abc import Mapping

from laverma_desk.domain.connection import LineProblem, LogKind, ReadLog
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.log_table import TablePreview
from laverma_desk.remote.logs import anydesk, console, teamviewer, web_api
from laverma_desk.remote.logs.decoding import lines_of, read_file
from laverma_desk.remote.logs.detecting import RUSTDESK_LOG, detect

__all__ = ["detect", "read_file", "read_log", "table_preview"]

_TABLES = frozenset({LogKind.TEAMVIEWER_CONSOLE, LogKind.ANYDESK_CONSOLE})
_ANSWERS = frozenset({LogKind.TEAMVIEWER_API, LogKind.ANYDESK_API, LogKind.RUSTDESK_AUDIT})


def read_log(
    content: bytes, kind: LogKind | None = None, mapping: Mapping[str, str] | None = None
) -> ReadLog:
    """Return the connections of a log, each key once, in the order of the file; instants are UTC.

    Without `kind` it is detected. `mapping` (heading → value of a TableField) is for tables of a console,
    and says that it is one; without it the words of the headings decide. Lines that nobody can read are in
    `unreadable` and stop nothing.

    Raises RuleBroken LOG_EMPTY (nothing written yet; only without `kind`), LOG_UNKNOWN (no log known here,
    or none of that kind), LOG_CARRIES_NOTHING (`reason`: a log without a record of connections),
    LOG_COLUMN_OPEN (`missing`, `found`: a table whose columns nobody assigned), MAPPING_INVALID (`value`,
    `known`).
    """
    if kind is None:
        kind = _kind_of(content, mapping)
    if kind in _TABLES:
        read = console.read(content, kind, mapping)
    elif kind in _ANSWERS:
        read = web_api.read(content, kind)
    elif kind is LogKind.RUSTDESK_PROGRAM:
        raise RuleBroken(Rule.LOG_CARRIES_NOTHING, reason=RUSTDESK_LOG)
    else:
        read = {
            LogKind.TEAMVIEWER_OUTGOING: teamviewer.read_outgoing,
            LogKind.TEAMVIEWER_INCOMING: teamviewer.read_incoming,
            LogKind.ANYDESK_INCOMING: anydesk.read_trace,
            LogKind.ANYDESK_PROGRAM: anydesk.read_program,
        }[kind](lines_of(content))
    problems = {one.problem for one in read.unreadable}
    if not read.connections and problems == {LineProblem.NOT_A_CONNECTION}:
        raise RuleBroken(Rule.LOG_UNKNOWN)
    return read


def _kind_of(content: bytes, mapping: Mapping[str, str] | None) -> LogKind:
    # Whoever says what the columns of a file mean knows that it is a table.
    return (console.detect(content) or LogKind.TEAMVIEWER_CONSOLE) if mapping else detect(content)


def table_preview(content: bytes) -> TablePreview:
    """Return headings, the first rows and the guessed meaning of a console's table.

    Raises RuleBroken LOG_EMPTY, LOG_UNKNOWN where it is no table.
    """
    if not lines_of(content):
        raise RuleBroken(Rule.LOG_EMPTY)
    return console.preview(content)
