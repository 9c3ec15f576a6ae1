"""laverma-desk export datev: postings and debtors for the tax adviser, as files that DATEV reads."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from laverma_desk.cli.usage import add_folder, add_period
from laverma_desk.i18n import _, ngettext


def add_datev(kinds: Any, command: Callable[..., Any], day: Callable[[str], date]) -> None:
    """Add the command among the kinds of export."""
    datev = command(kinds, "datev", _("postings and debtors for the tax adviser, as DATEV takes them"))
    add_period(datev, day)
    add_folder(datev, _("the folder for a new folder with the files; made where it is missing"))
    add = datev.options.add_argument
    add("--payments", action="store_true", help=_("payments too, whatever the settings say"))
    add("--no-debtors", dest="masters", action="store_false", help=_("no file of debtors"))
    add("--assign", action="store_true", help=_("first give the next free account to customers without one"))


def run_export_datev(options: argparse.Namespace) -> int:
    """Write the files and say what is in them, or name everything that stands in the way."""
    from laverma_desk import text  # noqa: PLC0415 (a wrong call must not wait for the database)
    from laverma_desk.cli import terminal  # noqa: PLC0415
    from laverma_desk.cli.desk_opening import desk_to_look_up, opened_desk  # noqa: PLC0415
    from laverma_desk.cli.exit_codes import BROKEN, DONE  # noqa: PLC0415
    from laverma_desk.cli.percent_line import PercentLine  # noqa: PLC0415
    from laverma_desk.services.datev.exporting import DatevRefused, DatevWish, export_datev  # noqa: PLC0415
    from laverma_desk.services.datev.settings import bookkeeping  # noqa: PLC0415

    opened = opened_desk if options.assign else desk_to_look_up
    with opened(options) as desk:
        paid = options.payments or bookkeeping(desk).payments
        wish = DatevWish(options.first, options.last, payments=paid, masters=options.masters)
        if options.assign:
            _assign(desk, wish)
        try:
            with PercentLine() as line:
                result = export_datev(desk, wish, options.out, line.show)
        except DatevRefused as error:
            _tell(error)
            return BROKEN
    for one in result.files:
        rows = ngettext("%(n)s row", "%(n)s rows", one.rows) % {"n": text.number(one.rows)}
        terminal.say(_("%(file)s, %(rows)s") % {"file": one.name, "rows": rows})
    count = ngettext("%(n)s posting", "%(n)s postings", result.bookings)
    terminal.say(
        _("%(count)s over %(amount)s gross written to %(folder)s")
        % {
            "count": count % {"n": text.number(result.bookings)},
            "amount": text.money(result.billed_cents),
            "folder": result.folder,
        }
    )
    if paid:
        terminal.say(_("besides, payments of %(amount)s") % {"amount": text.money(result.paid_cents)})
    return DONE


def _assign(desk: Any, wish: Any) -> None:
    from laverma_desk.cli import terminal  # noqa: PLC0415
    from laverma_desk.services.datev.debtors import assign_debtor_accounts, debtors  # noqa: PLC0415

    billed = debtors(desk, wish.first, wish.last, payments=wish.payments)
    without = [one.customer_id for one in billed if one.account is None]
    for one in assign_debtor_accounts(desk, without).value:
        terminal.say(
            _("%(name)s gets the debtor account %(account)s")
            % {"name": one.name, "account": one.debtor_account}
        )


def _tell(refused: Any) -> None:
    from laverma_desk import text  # noqa: PLC0415
    from laverma_desk.cli import terminal  # noqa: PLC0415
    from laverma_desk.domain.errors import Rule  # noqa: PLC0415
    from laverma_desk.explain import explain  # noqa: PLC0415

    for one in refused.obstacles:
        terminal.tell(explain(one.error))
        if one.rows > 1:
            more = ngettext("… and in %(n)s further row", "… and in %(n)s further rows", one.rows - 1)
            terminal.tell(more % {"n": text.number(one.rows - 1)})
    if any(one.kind is Rule.DEBTOR_ACCOUNT_MISSING for one in refused.obstacles):
        terminal.tell(_("With --assign, missing debtor accounts are given."))
    terminal.tell(explain(refused))
