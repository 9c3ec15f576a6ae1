"""laverma-desk report: one session's report as a file, and on its way if asked for."""

from __future__ import annotations

import argparse

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.cli.desk_opening import opened_desk
from laverma_desk.cli.exit_codes import DONE
from laverma_desk.cli.outbox import send_and_say
from laverma_desk.i18n import _
from laverma_desk.services.corrections import give_reason
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails.queueing import queue_report
from laverma_desk.services.mails.report_file import find_session, write_report
from laverma_desk.services.setup.house import read_house


def run_report(options: argparse.Namespace) -> int:
    """Write the PDF; with --send also mail it, and fail where the server does not take it now.

    With --reason it is said first why a late session took place without an agreement.
    """
    with opened_desk(options) as desk:
        session = find_session(desk, options.number)
        if options.reason is not None:
            session = give_reason(desk, session.id, options.reason, _decided_by(desk, options)).value
        size = write_report(desk, session, options.pdf)
        terminal.say(
            _("Report %(number)s written: %(file)s, %(size)s")
            % {"number": session.number, "file": options.pdf, "size": text.file_size(size)}
        )
        if not options.send:
            return DONE
        # Queued with its usual delay and claimed at once, so that an open window does not race for it.
        queued = queue_report(desk, session.id).value
        return send_and_say(desk, queued.message_id)


def _decided_by(desk: Desk, options: argparse.Namespace) -> str:
    """Return who decided: the name given, else whoever sits at this desk."""
    return str(options.decided_by or read_house(desk).supporter_name)
