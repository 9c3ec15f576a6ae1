"""What a check of issued documents found, in words, for the command line and the window alike."""

from __future__ import annotations

from datetime import date

from laverma_desk import text
from laverma_desk.explain.figures import figure_name
from laverma_desk.i18n import _
from laverma_desk.services.invoicing.findings import Finding, FindingKind


def finding_line(one: Finding) -> str:
    """Return a finding in words."""
    sentence = {
        FindingKind.ROW: _("%(number)s: its row cannot be read any more."),
        FindingKind.CHAIN: _("%(number)s does not fit the document before it in the chain."),
        FindingKind.RECORD: _("%(number)s: the frozen record is no longer what was stored."),
        FindingKind.PDF: _("%(number)s: the PDF is no longer what was stored."),
        FindingKind.XML: _("%(number)s: the XML is no longer what was stored."),
        FindingKind.DOCUMENT_MISSING: _("%(number)s: a stored document is missing: %(detail)s"),
        FindingKind.FIGURES: _("%(number)s: the figures are not those of the frozen record: %(detail)s"),
        FindingKind.LINES: _("%(number)s: the lines are not those of the frozen record: %(detail)s"),
        FindingKind.XML_RULES: _("%(number)s: the XML breaks an official rule: %(detail)s"),
        FindingKind.XML_FIGURES: _("%(number)s: the XML says something else than the record: %(detail)s"),
        FindingKind.PDF_FIGURES: _("%(number)s: the PDF says something else than the record: %(detail)s"),
        FindingKind.SESSION_STRAY: _("%(number)s: session %(detail)s is locked, but not on this invoice."),
        FindingKind.SESSION_UNLOCKED: _("%(number)s: session %(detail)s is on it, but not locked."),
        FindingKind.REPLACED: _(
            "%(number)s was issued, but is not in this desk: on %(detail)s an older copy was brought back. "
            "Look for it in the state that was kept then, beside the backups."
        ),
        FindingKind.BEHIND: _(
            "%(number)s is issued, but its range has only counted to %(detail)s; numbers that exist are "
            "passed over."
        ),
        FindingKind.GAP: _("%(number)s was never issued; write down why, if you know."),
    }[one.kind]
    detail = one.detail
    if one.kind is FindingKind.REPLACED:
        detail = text.date(date.fromisoformat(detail))
    elif one.kind is FindingKind.FIGURES:
        detail = text.list_sentence([figure_name(field) for field in detail.split(", ")])
    return (sentence % {"number": one.number, "detail": detail}).rstrip(" :")
