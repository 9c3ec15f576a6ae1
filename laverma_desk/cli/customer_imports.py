"""laverma-desk import customers: tables of any program, address books, and a look before writing."""

from __future__ import annotations

import argparse

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.cli.percent_line import PercentLine
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.customers import ImportedCustomers, examine_source, import_source
from laverma_desk.services.importing.foreign import MappedFile
from laverma_desk.services.importing.opening import open_customers
from laverma_desk.services.importing.remembered import remember
from laverma_desk.services.problems import FileRefused


def bring_customers(desk: Desk, options: argparse.Namespace) -> tuple[list[str], tuple[str, ...]]:
    """Import a file of customers, or only look at it; return what came of it and what was left out.

    Raises FileRefused where rows are faulty.
    """
    source = open_customers(desk, options.file, options.map, guess=options.dry_run)
    if isinstance(source, MappedFile):
        for heading, target in source.mapping.items():
            terminal.tell(f'--map "{heading}={target}"')
    if options.dry_run:
        with PercentLine() as line:
            seen = examine_source(desk, source, line.show)
        rows = ngettext("%(n)s row, nothing was written", "%(n)s rows, nothing was written", seen.rows)
        lines = [rows % {"n": text.number(seen.rows)}, *tally_lines(seen.imported)]
        if seen.problem_count:
            for one in lines:
                terminal.say(one)
            raise FileRefused(seen.problems, seen.problem_count)
        return lines, seen.imported.ignored
    with PercentLine() as line:
        result = import_source(desk, source, line.show).value
    if isinstance(source, MappedFile) and options.map:
        remember(desk, source.table, source.mapping)
    return tally_lines(result), result.ignored


def tally_lines(result: ImportedCustomers) -> list[str]:
    """Return what an import did, a line for each kind of thing; prices only where there are any."""
    tally = result.tally
    lines = [
        _("Customers: %(added)s new, %(changed)s changed, %(same)s unchanged")
        % _counts(tally.customers_added, tally.customers_changed, result.unchanged),
        _("Workstations: %(added)s new, %(changed)s changed")
        % _counts(tally.workstations_added, tally.workstations_changed),
        _("Contacts: %(added)s new, %(changed)s changed")
        % _counts(tally.contacts_added, tally.contacts_changed),
        _("Agreements: %(added)s new") % _counts(tally.agreements_added),
    ]
    if tally.tariffs_added or tally.tariffs_changed:
        lines.append(
            _("Own tariffs: %(added)s new, %(changed)s changed")
            % _counts(tally.tariffs_added, tally.tariffs_changed)
        )
    return lines


def _counts(added: int, changed: int = 0, same: int = 0) -> dict[str, str]:
    return {"added": text.number(added), "changed": text.number(changed), "same": text.number(same)}
