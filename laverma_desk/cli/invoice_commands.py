"""The commands about invoices, each by its name."""

from __future__ import annotations

import argparse

from laverma_desk.cli.invoice_checks import run_statement, run_verify
from laverma_desk.cli.invoices import run_cancel, run_invoice, run_invoices

_COMMANDS = {
    "invoice": run_invoice,
    "invoices": run_invoices,
    "cancel": run_cancel,
    "verify": run_verify,
    "statement": run_statement,
}


def run_invoice_command(options: argparse.Namespace) -> int:
    """Run the command that was asked for and return its exit code."""
    return _COMMANDS[options.command](options)
