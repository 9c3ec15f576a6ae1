"""laverma-desk restore: show what a copy holds, ask, and let it take the desk's place."""

from __future__ import annotations

import argparse

from laverma_desk import log, text
from laverma_desk.cli import asking, terminal
from laverma_desk.cli.desk_opening import data_dir, server_of
from laverma_desk.cli.exit_codes import BROKEN, DONE
from laverma_desk.cli.percent_line import PercentLine
from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.i18n import _, ngettext
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.backups.passphrase import kept_passphrase
from laverma_desk.services.backups.restoring import (
    RestorePreview,
    drop_preview,
    preview_restore,
    refuse_if_open,
    restore,
)
from laverma_desk.services.backups.sealed_files import is_sealed
from laverma_desk.services.backups.server_copies import shown_restore
from laverma_desk.services.backups.state_words import holdings_words, missing_words


def run_restore(options: argparse.Namespace) -> int:
    """Preview, ask, restore; say where the former state lies."""
    server = server_of(options)
    if server is not None:
        command = shown_restore(server, options.file)
        raise RuleBroken(Rule.RESTORE_ON_SERVER, server=server.shown, command=command)
    data = data_dir(options)
    try:
        data.create()
    except OSError as error:
        raise OutsideTrouble(Trouble.FOLDER_UNWRITABLE, folder=str(data.root)) from error
    log.start(data)
    refuse_if_open(data)
    preview = _preview(data, options)
    try:
        for line in _lines(preview):
            terminal.say(line)
        if not options.yes and not asking.agreed(_("Bring back this copy? (y/n)")):
            terminal.tell(_("Nothing was changed. With --yes nobody is asked."))
            return BROKEN
        done = restore(data, preview, SystemClock())
    finally:
        drop_preview(preview)
    terminal.say(_("Brought back: the desk as of %(time)s.") % {"time": text.date_time(done.taken_at)})
    if done.kept is not None:
        terminal.say(_("What was there before lies in %(file)s") % {"file": done.kept})
    if done.held_mails:
        terminal.say(
            ngettext(
                "%(n)s mail that waited in the copy does not leave by itself; decide in the outbox.",
                "%(n)s mails that waited in the copy do not leave by themselves; decide in the outbox.",
                done.held_mails,
            )
            % {"n": text.number(done.held_mails)}
        )
    return DONE


def _preview(data: DataDir, options: argparse.Namespace) -> RestorePreview:
    file = options.file.expanduser()
    if not is_sealed(file):
        return _looked(data, options, None)
    kept = _kept(data)
    if kept is not None:
        try:
            return _looked(data, options, kept)
        except RuleBroken as error:
            if error.code is not Rule.PASSPHRASE_WRONG:
                raise
    return _looked(data, options, asking.passphrase())


def _kept(data: DataDir) -> str | None:
    try:
        return kept_passphrase(data, Secrets())
    except OutsideTrouble:
        return None  # A keyring that does not open is no reason not to ask.


def _looked(data: DataDir, options: argparse.Namespace, passphrase: str | None) -> RestorePreview:
    with PercentLine() as line:
        return preview_restore(data, options.file.expanduser(), passphrase, line.show)


def _lines(preview: RestorePreview) -> list[str]:
    lines = [
        _("Copy of %(time)s, undamaged: %(holdings)s")
        % {"time": text.date_time(preview.taken_at), "holdings": holdings_words(preview.copy)}
    ]
    if preview.today is None:
        lines.append(_("Today: no desk that can be read"))
    else:
        lines.append(_("Today: %(holdings)s") % {"holdings": holdings_words(preview.today)})
    missing = missing_words(preview.missing)
    if missing:
        lines.append(missing)
    if preview.older:
        lines.append(_("The copy is from an older version and is brought up to date when it is opened."))
    return lines
