"""Which pages the settings have, in their order, and who makes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from laverma_desk.i18n import _
from laverma_desk.ui.settings.agreement_section import agreement_section
from laverma_desk.ui.settings.backup_section import backup_section
from laverma_desk.ui.settings.bookkeeping_section import bookkeeping_section
from laverma_desk.ui.settings.company_section import company_section, tax_section
from laverma_desk.ui.settings.invoice_section import invoice_section
from laverma_desk.ui.settings.mail_section import mail_section
from laverma_desk.ui.settings.page_list import PageWords
from laverma_desk.ui.settings.reasons_section import reasons_section
from laverma_desk.ui.settings.reminder_section import reminder_section
from laverma_desk.ui.settings.remote_section import remote_section
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.settings.snippets_section import snippets_section
from laverma_desk.ui.settings.supporters_section import supporters_section
from laverma_desk.ui.settings.tariff_section import tariff_section
from laverma_desk.ui.settings.vat_section import vat_section
from laverma_desk.ui.settings.wording_section import wording_section
from laverma_desk.ui.surroundings import Surroundings

LOOK = "look"
SERVER = "server"
OF_MACHINE = frozenset({LOOK, SERVER})
"""Pages that count on this machine alone, and at once."""
FIRST = "company"

SECTIONS: Mapping[str, Callable[[Surroundings, QObject], Section]] = {
    "company": company_section,
    "tax": tax_section,
    "vat": vat_section,
    "tariff": tariff_section,
    "invoice": invoice_section,
    "reminders": reminder_section,
    "bookkeeping": bookkeeping_section,
    "mail": mail_section,
    "snippets": snippets_section,
    "reasons": reasons_section,
    "wording": wording_section,
    "agreement": agreement_section,
    "supporters": supporters_section,
    "remote": remote_section,
    "backup": backup_section,
}


def pages() -> list[PageWords]:
    """Return the pages in the interface language."""
    return [
        PageWords("company", "building", _("Company"), _("This is how the house appears on every report.")),
        PageWords("tax", "bank", _("Tax and bank"), _("What tax office and bank know the house by.")),
        PageWords(
            "vat", "percent", _("VAT"), _("The rate of the day counts on which a service is rendered.")
        ),
        PageWords(
            "tariff",
            "tag",
            _("Tariff and rounding"),
            _("Counts for all customers. A single customer can have something else entered later."),
        ),
        PageWords(
            "invoice",
            "number",
            _("Invoice"),
            _("How invoices are numbered, when they are due, and as what they are sent."),
        ),
        PageWords(
            "reminders",
            "clock",
            _("Reminders"),
            _("What customers get who have not paid in time, and from when it costs something."),
        ),
        PageWords(
            "bookkeeping",
            "book",
            _("Bookkeeping (DATEV)"),
            _("How the tax adviser knows the house. What is said here goes into every handover."),
        ),
        PageWords(
            "mail",
            "mail",
            _("Mail account"),
            _("Reports and invoices go to your customers by this account."),
        ),
        PageWords(
            "snippets",
            "snippet",
            _("Snippets"),
            _("Phrases for the notes; the first nine are on Ctrl+1 to Ctrl+9 during a call."),
        ),
        PageWords("reasons", "list", _("Reasons"), _("Why a session is free of charge.")),
        PageWords(
            "wording",
            "pencil",
            _("Report wording"),
            _("The house's own words around reports and on the phone."),
        ),
        PageWords(
            "agreement",
            "shield-valid",
            _("DPA template"),
            _("The house's own form of agreement, and the mail that carries it."),
        ),
        PageWords("supporters", "users", _("Supporters"), _("Who helps on the phone.")),
        PageWords(
            "remote",
            "connect",
            _("Remote support"),
            _("What is started to reach a caller's PC, and how its log is read."),
        ),
        PageWords(
            "backup", "database", _("Backup"), _("A copy of the whole desk, made every day and checked.")
        ),
        PageWords(SERVER, "server", _("Shared desk"), _("Where this desk lies, and who else works at it.")),
        PageWords(LOOK, "theme", _("Appearance"), _("Counts on this machine alone.")),
    ]
