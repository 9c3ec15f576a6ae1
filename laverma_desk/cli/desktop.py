"""laverma-desk desktop: into the start menu, out of it, or how it stands there."""

from __future__ import annotations

import argparse
import os

from laverma_desk.cli import terminal
from laverma_desk.cli.exit_codes import DONE
from laverma_desk.i18n import _
from laverma_desk.services.desktop import entry


def run_desktop(options: argparse.Namespace) -> int:
    """Do what was asked for, and say how it stands then."""
    if options.action == "remove":
        entry.remove()
    state = entry.install(tel=options.tel) if options.action == "install" else entry.read_state()
    terminal.say(_menu_sentence(state))
    if state.file is not None:
        terminal.say(_tel_sentence(state))
    return DONE


def _menu_sentence(state: entry.EntryState) -> str:
    if state.file is None:
        return _("Laverma Desk is not in the start menu.")
    if not state.ours:
        return _("The start menu starts another Laverma Desk: %(file)s") % {"file": state.file}
    return _("Laverma Desk is in the start menu: %(file)s") % {"file": state.file}


def _tel_sentence(state: entry.EntryState) -> str:
    if not state.tel:
        return _("It opens laverma-desk: links, no phone numbers (tel:).")
    if os.name == "nt":
        return _("It can open phone numbers (tel:). Choose it under Default apps in the settings of Windows.")
    return _("It opens laverma-desk: links and phone numbers (tel:).")
