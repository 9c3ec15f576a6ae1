"""laverma-desk check and backup: is the desk whole, and is there a second one."""

from __future__ import annotations

import argparse

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.cli.running import BROKEN, DONE, opened_desk
from laverma_desk.i18n import _
from laverma_desk.services.upkeep import Holdings, back_up, check_desk

_SHOWN = 100


def run_check(options: argparse.Namespace) -> int:
    """Say that all is well and how much there is, or what is damaged."""
    with opened_desk(options) as desk:
        health = check_desk(desk)
    if health.sound:
        terminal.say(_("All is well: %(holdings)s") % {"holdings": _sentence(health.holdings)})
        return DONE
    for line in health.damage[:_SHOWN]:
        terminal.tell(_("The database is damaged: %(detail)s") % {"detail": line})
    for number, name in health.documents[:_SHOWN]:
        terminal.tell(
            _("The stored document %(number)s (%(name)s) is no longer what was stored.")
            % {"number": number, "name": name}
        )
    terminal.tell(
        _("Bring back the last backup. %(count)s problems were found.")
        % {"count": text.number(len(health.damage) + len(health.documents))}
    )
    return BROKEN


def run_backup(options: argparse.Namespace) -> int:
    """Copy the desk and say where it lies and how much it holds."""
    with opened_desk(options) as desk:
        copy = back_up(desk, options.file)
    terminal.say(
        _("Backup written: %(file)s, %(size)s, %(holdings)s")
        % {"file": options.file, "size": text.file_size(copy.size), "holdings": _sentence(copy.holdings)}
    )
    return DONE


def _sentence(holdings: Holdings) -> str:
    return _(
        "%(customers)s customers, %(workstations)s workstations, %(sessions)s sessions, "
        "%(documents)s documents, %(mails)s mails"
    ) % {
        "customers": text.number(holdings.customers),
        "workstations": text.number(holdings.workstations),
        "sessions": text.number(holdings.sessions),
        "documents": text.number(holdings.documents),
        "mails": text.number(holdings.mails),
    }
