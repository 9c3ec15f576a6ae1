"""laverma-desk import connections: what a remote tool wrote down, held against the sessions."""

from __future__ import annotations

import argparse
import json

from laverma_desk.cli import terminal
from laverma_desk.cli.connection_arguments import AUTO
from laverma_desk.cli.connection_json import as_json
from laverma_desk.cli.connection_lines import report_lines
from laverma_desk.cli.desk_opening import opened_desk
from laverma_desk.cli.exit_codes import DONE
from laverma_desk.cli.percent_line import PercentLine
from laverma_desk.domain.connection import LogKind
from laverma_desk.services.reconciling.file_report import report_of
from laverma_desk.services.reconciling.reading import read_log_file


def run_connections(options: argparse.Namespace) -> int:
    """Read the file and print what of it is matched, without a session, without a connection, unreadable.

    Lines that cannot be read are no failure: they are printed with their numbers.
    """
    kind = None if options.log_kind == AUTO else LogKind(options.log_kind)
    with opened_desk(options) as desk:
        with PercentLine() as line:
            reading = read_log_file(desk, options.file, kind, dict(options.map) or None, progress=line.show)
        report = report_of(desk, reading.value)
    if options.json:
        terminal.say(json.dumps(as_json(report), ensure_ascii=False, indent=2))
        return DONE
    for one in report_lines(report):
        terminal.say(one)
    return DONE
