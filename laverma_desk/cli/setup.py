"""laverma-desk setup: a house from a file."""

from __future__ import annotations

import argparse

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.cli.desk_opening import opened_desk
from laverma_desk.cli.exit_codes import BROKEN, DONE, WRONG_CALL
from laverma_desk.cli.refusals import tell_problems
from laverma_desk.i18n import _
from laverma_desk.services.problems import FileRefused
from laverma_desk.services.setup.setup_file import SetUp, apply_setup, example


def run_setup(options: argparse.Namespace) -> int:
    """Print the example, or set the house up; say what was set."""
    if options.example == (options.file is not None):
        terminal.tell(_("Say either a file or --example: laverma-desk setup FILE.toml"))
        return WRONG_CALL
    if options.example:
        terminal.say(example().rstrip("\n"))
        return DONE
    with opened_desk(options) as desk:
        try:
            result = apply_setup(desk, options.file).value
        except FileRefused as refused:
            tell_problems(options.file, refused)
            return BROKEN
    for line in _lines(result):
        terminal.say(line)
    return DONE


def _lines(result: SetUp) -> list[str]:
    lines = []
    if result.company:
        lines.append(_("Company: set"))
    if result.tariff is not None:
        lines.append(
            _("Tariff: %(price)s per minute, %(rule)s, %(rate)s VAT")
            % {
                "price": text.money(result.tariff.price_cents),
                "rule": text.rounding_name(result.tariff.rounding),
                "rate": text.percent(result.tariff.vat_rate),
            }
        )
    if result.supporters:
        lines.append(_("Supporters: %(names)s") % {"names": ", ".join(result.supporters)})
    if result.mail is not None:
        lines.append(_("Mail account: %(sender)s") % {"sender": result.mail.sender or "–"})
        if result.mail.user:
            lines.append(_("Its password is entered in the settings of the window."))
    if result.invoice:
        lines.append(_("Invoices: set"))
    if result.bookkeeping:
        lines.append(_("DATEV: set"))
    return lines or [_("The file sets nothing.")]
