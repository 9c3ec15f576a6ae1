"""laverma-desk move: the desk of a folder to a server, or a server's into a folder."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from laverma_desk import log, text
from laverma_desk.cli import terminal
from laverma_desk.cli.desk_opening import data_dir, server_of
from laverma_desk.cli.exit_codes import DONE
from laverma_desk.cli.percent_line import PercentLine
from laverma_desk.cli.server_password import with_password
from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.i18n import _, ngettext
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.backups import state_words
from laverma_desk.services.moving import Moved, move_to_folder, move_to_server


def run_move(options: argparse.Namespace) -> int:
    """Move the desk, say what arrived, and what to do next."""
    target: ServerAddress | Path = options.to
    if isinstance(target, ServerAddress):
        _to_server(data_dir(options), target)
    else:
        source = server_of(options)
        if source is None:
            raise RuleBroken(Rule.MOVE_FROM_ITSELF)
        log.start(data_dir(options))
        _to_folder(source, DataDir(target))
    return DONE


def _to_server(data: DataDir, target: ServerAddress) -> None:
    secrets = Secrets()
    with PercentLine() as line:
        moved = with_password(target, secrets, lambda: move_to_server(data, target, secrets, line.show))
    _tell_arrival(moved, target.shown)
    terminal.say(
        _("The desk in %(folder)s is as it was. Keep it; work goes on at the server.") % {"folder": data.root}
    )
    login = _("LOGIN")
    terminal.say(_("Next:"))
    terminal.say(
        "1. "
        + _("Let each technician in: %(command)s")
        % {"command": f'laverma-desk server add "…" --role {login} --may … --database {target.url}'}
    )
    # With a login of theirs: once somebody has one, the owner of the database is a stranger to a window.
    theirs = replace(target, user=login)
    terminal.say(
        "2. " + _("Open the desk: %(command)s") % {"command": f"laverma-desk --database {theirs.url}"}
    )
    terminal.say(
        "3. "
        + _("Let the server make backups: %(command)s")
        % {"command": f"laverma-desk backup --database {target.url}"}
    )


def _to_folder(source: ServerAddress, target: DataDir) -> None:
    secrets = Secrets()
    with PercentLine() as line:
        moved = with_password(
            source, secrets, lambda: move_to_folder(source, target, secrets, SystemClock(), line.show)
        )
    _tell_arrival(moved, str(target.root))
    terminal.say(
        _("The desk at %(server)s is as it was; what is written there from now on is missing here.")
        % {"server": source.shown}
    )
    terminal.say(_("Next:"))
    terminal.say(
        "1. " + _("Open the desk: %(command)s") % {"command": f"laverma-desk --data-dir {target.root}"}
    )
    terminal.say("2. " + _("Take the server out of the settings: Shared desk, Work alone again."))


def _tell_arrival(moved: Moved, target: str) -> None:
    tables = moved.tables
    parts = [
        state_words.customers(tables["customer"].rows),
        state_words.workstations(tables["workstation"].rows),
        state_words.sessions(tables["session"].rows),
        state_words.documents(tables["document"].rows),
        state_words.mails(tables["message"].rows),
    ]
    terminal.say(
        _("Moved to %(target)s: %(holdings)s") % {"target": target, "holdings": text.list_sentence(parts)}
    )
    count = moved.rows
    rows = ngettext("%(n)s row", "%(n)s rows", count) % {"n": text.number(count)}
    terminal.say(
        _(
            "Compared: %(rows)s in %(tables)s tables have the same checksums; "
            "sessions %(net)s, invoices %(gross)s."
        )
        % {
            "rows": rows,
            "tables": text.number(len(tables)),
            "net": text.money(dict(tables["session"].sums)["net_cents"]),
            "gross": text.money(dict(tables["invoice"].sums)["gross_cents"]),
        }
    )
