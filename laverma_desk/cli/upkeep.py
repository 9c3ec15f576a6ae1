"""laverma-desk check and backup: is the desk whole, and is there a second one."""

from __future__ import annotations

import argparse

from laverma_desk import text
from laverma_desk.cli import asking, terminal
from laverma_desk.cli.desk_opening import desk_to_read
from laverma_desk.cli.exit_codes import BROKEN, DONE
from laverma_desk.cli.percent_line import PercentLine
from laverma_desk.i18n import _, ngettext
from laverma_desk.services import upkeep_words
from laverma_desk.services.backups import state_words
from laverma_desk.services.backups.passphrase import checked_passphrase
from laverma_desk.services.backups.server_copies import shown_command, take_server_copy
from laverma_desk.services.backups.taking import take_copy
from laverma_desk.services.desk import Desk
from laverma_desk.services.upkeep import Health, Holdings, back_up, check_desk

_SHOWN = 100


def run_check(options: argparse.Namespace) -> int:
    """Say that all is well and how much there is, or what is damaged."""
    with desk_to_read(options) as desk:
        health = check_desk(desk)
    if health.unsearchable:
        terminal.tell(_search_sentence(health))
    if not health.index_checked:
        terminal.tell(
            _("The index of the search was not checked: a session runs, or the file cannot be written.")
        )
    if health.sound:
        terminal.say(_("All is well: %(holdings)s") % {"holdings": _sentence(health.holdings)})
        return DONE
    for line in health.damage[:_SHOWN]:
        terminal.tell(upkeep_words.damage_line(line))
    for number, name in health.documents[:_SHOWN]:
        terminal.tell(upkeep_words.document_line(number, name))
    for session_number in health.attempts[:_SHOWN]:
        terminal.tell(upkeep_words.attempt_line(session_number))
    count = len(health.damage) + len(health.documents)
    if not count:
        return BROKEN
    terminal.tell(
        ngettext(
            "Bring back the last backup. %(count)s problem was found.",
            "Bring back the last backup. %(count)s problems were found.",
            count,
        )
        % {"count": text.number(count)}
    )
    return BROKEN


def _search_sentence(health: Health) -> str:
    count = health.unsearchable
    found = ngettext(
        "The full-text search was not right for %(count)s session.",
        "The full-text search was not right for %(count)s sessions.",
        count,
    ) % {"count": text.number(count)}
    if health.reindexed:
        return f"{found} {_('Its index was rebuilt; nothing is lost.')}"
    way = _("Nothing is lost. “check” mends it when no session runs and the file can be written.")
    return f"{found} {way}"


def run_backup(options: argparse.Namespace) -> int:
    """Copy the desk, to a file or into its folder, and say where the copy lies and how much it holds."""
    with desk_to_read(options) as desk:
        phrase = checked_passphrase(*asking.new_passphrase()) if options.encrypt else None
        if desk.database.shared:
            return _of_server(desk, options, phrase)
        if options.file is None:
            return _daily(desk, phrase)
        with PercentLine() as line:
            copy = back_up(desk, options.file, phrase, line.show)
    terminal.say(
        _("Backup written: %(file)s, %(size)s, %(holdings)s")
        % {"file": options.file, "size": text.file_size(copy.size), "holdings": _sentence(copy.holdings)}
    )
    return DONE


def _of_server(desk: Desk, options: argparse.Namespace, phrase: str | None) -> int:
    """Let pg_dump do it, and say with which words; whoever likes puts them among the jobs of the server."""
    terminal.tell(_("The desk lies on a server. This is run: %(command)s") % {"command": shown_command(desk)})
    file = options.file.expanduser() if options.file else None
    with PercentLine() as line:
        copy = take_server_copy(desk, file, phrase, line.show)
    terminal.say(
        _("Backup written: %(file)s, %(size)s") % {"file": copy.file, "size": text.file_size(copy.size)}
    )
    return DONE


def _daily(desk: Desk, phrase: str | None) -> int:
    with PercentLine() as line:
        taken = take_copy(desk, phrase, line.show)
    terminal.say(
        _("Backup written: %(file)s, %(size)s") % {"file": taken.file, "size": text.file_size(taken.size)}
    )
    if taken.removed:
        count = len(taken.removed)
        terminal.say(
            ngettext(
                "%(n)s older backup has had its time and was removed.",
                "%(n)s older backups have had their time and were removed.",
                count,
            )
            % {"n": text.number(count)}
        )
    return DONE


def _sentence(holdings: Holdings) -> str:
    parts = [
        state_words.customers(holdings.customers),
        state_words.workstations(holdings.workstations),
        state_words.sessions(holdings.sessions),
        state_words.documents(holdings.documents),
        state_words.mails(holdings.mails),
    ]
    if holdings.connections:
        parts.append(state_words.connections(holdings.connections))
    return text.list_sentence(parts)
