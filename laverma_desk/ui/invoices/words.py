"""What the invoice page says of documents: their states, their sums, and what came of a job."""

from __future__ import annotations

from datetime import date

from laverma_desk import text
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.invoicing.register import InvoiceRow, InvoiceState
from laverma_desk.ui.invoices.paper_head import Headline
from laverma_desk.ui.invoices.rows import Tab


def customers_ticked(count: int, minutes: int) -> str:
    """Return how many customers are ticked: 4 Kunden ausgewählt, 330 Min."""
    words = ngettext("%(n)s customer selected", "%(n)s customers selected", count) % {"n": text.number(count)}
    return f"{words}, {text.minutes(minutes)}" if count else words


def drafts_ticked(count: int, minutes: int) -> str:
    """Return how many drafts are ticked."""
    words = ngettext("%(n)s draft selected", "%(n)s drafts selected", count) % {"n": text.number(count)}
    return f"{words}, {text.minutes(minutes)}" if count else words


def invoices_counted(count: int) -> str:
    """Return how many documents a list shows."""
    return ngettext("%(n)s invoice", "%(n)s invoices", count) % {"n": text.number(count)}


def hints_counted(count: int) -> str:
    """Return how many things are worth a look."""
    return ngettext("%(n)s hint", "%(n)s hints", count) % {"n": text.number(count)}


def documents_counted(count: int) -> str:
    """Return how many invoices and cancellations a list shows."""
    return ngettext("%(n)s document", "%(n)s documents", count) % {"n": text.number(count)}


def net(cents: int) -> str:
    """Return a net sum: 742,50 € netto."""
    return _("%(amount)s net") % {"amount": text.money(cents)}


def headline_of(row: InvoiceRow) -> Headline:
    """Return the line above an issued document."""
    fixed = _("Issued invoices cannot be changed.")
    if row.state is InvoiceState.CANCELLED:
        sentence = _("Cancelled by %(number)s.") % {"number": row.cancelled_by}
        if row.surplus_cents:
            back = _("%(amount)s go back to the customer.") % {"amount": text.money(row.surplus_cents)}
            return Headline(_("Cancelled"), "amber", row.number, f"{sentence} {back}")
        return Headline(_("Cancelled"), "muted", row.number, sentence)
    if row.state is InvoiceState.CANCELLATION:
        sentence = _("Cancels %(number)s.") % {"number": row.cancels}
        return Headline(_("Cancellation invoice"), "muted", row.number, sentence)
    badge, tone = {
        InvoiceState.PAID: (_("Paid"), "green"),
        InvoiceState.OVERDUE: (_("Overdue"), "red"),
        InvoiceState.PART_PAID: (_("Partly paid"), "amber"),
    }.get(row.state, (_("Issued"), "muted"))
    if row.state is InvoiceState.PAID and row.surplus_cents:
        fixed = _("%(amount)s more came in than is asked.") % {"amount": text.money(row.surplus_cents)}
        tone = "amber"
    return Headline(badge, tone, row.number, fixed, _("Cancel invoice"))


def open_amount(row: InvoiceRow) -> str:
    """Return what a document asks for, and what is still open of it where that differs."""
    if row.state in (InvoiceState.PART_PAID, InvoiceState.OVERDUE) and row.paid_cents:
        return _("%(open)s of %(total)s") % {
            "open": text.money(row.open_cents),
            "total": text.money(row.gross_cents),
        }
    return text.money(row.gross_cents)


def below_invoice(row: InvoiceRow) -> str:
    """Return number and the day that matters."""
    settled = tab_of(row) is not Tab.ISSUED
    if settled or row.due_on is None:
        day = _("of %(day)s") % {"day": text.date(row.issued_on)}
        return f"{row.number} {day}"
    return f"{row.number}, " + _("due %(day)s") % {"day": text.date(row.due_on)}


def created_sentence(count: int) -> str:
    """Return how many drafts were made."""
    return ngettext("%(n)s draft created.", "%(n)s drafts created.", count) % {"n": text.number(count)}


def issued_sentence(issued: int, refused: int, gone: int, *, cancelled: bool) -> str:
    """Return what came of issuing many, in one or more sentences; `gone` drafts somebody else dealt with."""
    parts = [ngettext("%(n)s invoice issued.", "%(n)s invoices issued.", issued) % {"n": text.number(issued)}]
    if refused:
        parts.append(
            ngettext("%(n)s was not issued.", "%(n)s were not issued.", refused) % {"n": text.number(refused)}
        )
    if gone:
        parts.append(
            ngettext(
                "%(n)s draft was no longer there: it was issued or thrown away meanwhile.",
                "%(n)s drafts were no longer there: they were issued or thrown away meanwhile.",
                gone,
            )
            % {"n": text.number(gone)}
        )
    if cancelled:
        parts.append(_("Stopped, the rest are still drafts."))
    return " ".join(parts)


def tab_of(row: InvoiceRow) -> Tab:
    """Return the list in which a document stands."""
    return {
        InvoiceState.PAID: Tab.PAID,
        InvoiceState.CANCELLED: Tab.CANCELLED,
        InvoiceState.CANCELLATION: Tab.CANCELLED,
    }.get(row.state, Tab.ISSUED)


def empty_sentence(tab: Tab, until: date, searched: str, drafts: int, *, overdue: bool) -> str:
    """Return why a list has no row; what stands in `drafts` is not billed yet."""
    if searched.strip() and tab not in (Tab.OPEN, Tab.DRAFTS):
        return _("No match for “%(words)s”.") % {"words": searched.strip()}
    if tab is Tab.ISSUED and overdue:
        return _("No invoice is overdue.")
    if tab is Tab.OPEN and drafts:
        sentence = ngettext(
            "Nothing is open until %(day)s. %(n)s draft waits to be issued.",
            "Nothing is open until %(day)s. %(n)s drafts wait to be issued.",
            drafts,
        )
        return sentence % {"day": text.date(until), "n": text.number(drafts)}
    return {
        Tab.OPEN: _("Everything is billed until %(day)s.") % {"day": text.date(until)},
        Tab.DRAFTS: _("There are no drafts. They are created under “Unbilled”."),
        Tab.ISSUED: _("No invoice is unpaid."),
        Tab.PAID: _("No invoice is paid yet."),
        Tab.CANCELLED: _("No invoice is cancelled."),
    }[tab]
