"""What erasing would do, in sentences: what goes now, and what stays locked by which law until when."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.retention import Holding, Kept, Law
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.privacy.erasure import ErasurePreview


def going_lines(preview: ErasurePreview) -> list[str]:
    """Return what is taken out now, one line a kind; nothing where nothing is."""
    counted = [
        (
            preview.contacts,
            _counted(ngettext("%(n)s contact", "%(n)s contacts", preview.contacts), preview.contacts),
        ),
        (
            preview.workstations,
            _counted(
                ngettext("Name of %(n)s workstation", "Names of %(n)s workstations", preview.workstations),
                preview.workstations,
            ),
        ),
        (
            preview.partner_ids,
            _counted(
                ngettext("%(n)s partner ID", "%(n)s partner IDs", preview.partner_ids), preview.partner_ids
            ),
        ),
        (
            preview.sessions,
            _counted(
                ngettext(
                    "Notes, client and partner ID of %(n)s session",
                    "Notes, client and partner ID of %(n)s sessions",
                    preview.sessions,
                ),
                preview.sessions,
            ),
        ),
        (
            preview.connections,
            _counted(
                ngettext(
                    "Line of %(n)s logged connection",
                    "Lines of %(n)s logged connections",
                    preview.connections,
                ),
                preview.connections,
            ),
        ),
        (
            preview.invoices,
            _counted(
                ngettext(
                    "Words and files of %(n)s invoice", "Words and files of %(n)s invoices", preview.invoices
                ),
                preview.invoices,
            ),
        ),
        (
            preview.mails,
            _counted(
                ngettext("%(n)s mail with its files", "%(n)s mails with their files", preview.mails),
                preview.mails,
            ),
        ),
        (
            preview.agreements,
            _counted(
                ngettext("%(n)s DPA with its file", "%(n)s DPAs with their files", preview.agreements),
                preview.agreements,
            ),
        ),
        (
            preview.log_lines,
            _counted(
                ngettext(
                    "Values in %(n)s line of the log", "Values in %(n)s lines of the log", preview.log_lines
                ),
                preview.log_lines,
            ),
        ),
    ]
    lines = [line for count, line in counted if count]
    if preview.record:
        lines.append(_("Name, address and all else of the record"))
    elif preview.customer.restricted_at is None:
        lines.append(_("Phone, address of the reports, software"))
    return lines


def kept_lines(preview: ErasurePreview) -> list[tuple[str, str]]:
    """Return what stays locked as (what, why and until when)."""
    lines = [(_what(one), _why(one)) for one in preview.kept]
    if lines and preview.until is not None:
        until = _("as long as anything of it, at most until %(day)s") % {"day": text.date(preview.until)}
        lines.insert(0, (_("Name, address and invoice data"), until))
    return lines


def _what(one: Kept) -> str:
    words = {
        Holding.INVOICES: ngettext("%(n)s invoice", "%(n)s invoices", one.count),
        Holding.BILLED_SESSIONS: ngettext("%(n)s billed session", "%(n)s billed sessions", one.count),
        Holding.OPEN_SESSIONS: ngettext(
            "%(n)s session that is still to be billed",
            "%(n)s sessions that are still to be billed",
            one.count,
        ),
        Holding.REPORTED_SESSIONS: ngettext(
            "%(n)s free session with a sent report", "%(n)s free sessions with a sent report", one.count
        ),
        Holding.MAILS: ngettext("%(n)s sent mail", "%(n)s sent mails", one.count),
        Holding.AGREEMENTS: ngettext("%(n)s DPA", "%(n)s DPAs", one.count),
    }[one.holding]
    return _counted(words, one.count)


def _why(one: Kept) -> str:
    if one.holding is Holding.INVOICES:
        words = _("the last one, %(number)s, until %(day)s (8 years, § 147 AO, § 14b UStG)")
    elif one.holding is Holding.BILLED_SESSIONS:
        words = _("with their invoice, %(number)s until %(day)s (§ 147 AO, § 14b UStG)")
    elif one.law is Law.BOOKING:
        words = _("until %(day)s (8 years, § 147 AO, § 14b UStG)")
    else:
        words = _("until %(day)s (6 years, § 147 AO, § 257 HGB)")
    return words % {"day": text.date(one.until), "number": one.latest}


def _counted(words: str, count: int) -> str:
    return words % {"n": text.number(count)}


def locked_sentence(preview: ErasurePreview) -> str:
    """Return since when a customer is locked."""
    at = preview.customer.restricted_at
    if at is None:
        return ""
    return _(
        "Locked since %(day)s. Not in any list or search; what the law still needs can be read here."
    ) % {"day": text.date(local_day(at))}


def row_words(preview: ErasurePreview) -> tuple[str, str]:
    """Return a locked customer's name and until when anything of it is kept."""
    one = preview.customer
    name = f"{one.number} {one.name}"
    if preview.anything_goes:
        return name, _("something is due")
    until = preview.until
    return name, _("kept until %(day)s") % {"day": text.date(until)} if until else ""
