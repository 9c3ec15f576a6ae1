"""What the commands about invoices print: a line for each draft, document and obstacle, and a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from laverma_desk import text
from laverma_desk.domain.einvoice_needs import Need
from laverma_desk.explain.needs import need_name, obstacle_name
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import DraftRow, draft_sessions
from laverma_desk.services.invoicing.obstacles import ObstacleKind
from laverma_desk.services.invoicing.open_sessions import OpenCustomer
from laverma_desk.services.invoicing.register import InvoiceRow, InvoiceState


def draft_line(row: DraftRow, file: str, *, known: bool) -> str:
    """Return what a draft holds and where its preview is; `known`: it was there before."""
    sentence = (
        _("Draft %(number)s %(name)s, there already: %(sessions)s, %(minutes)s, %(money)s net, %(file)s")
        if known
        else _("Draft %(number)s %(name)s: %(sessions)s, %(minutes)s, %(money)s net, %(file)s")
    )
    return sentence % {
        "number": row.customer_number,
        "name": row.customer_name,
        "sessions": _sessions(row.sessions),
        "minutes": text.minutes(row.minutes),
        "money": text.money(row.net_cents),
        "file": file,
    }


def issued_line(row: InvoiceRow, files: Sequence[str]) -> str:
    """Return what was issued, to whom, over how much, and where it is."""
    return _("%(number)s issued: %(name)s, %(money)s, %(files)s") % {
        "number": row.number,
        "name": row.customer_name,
        "money": text.money(row.gross_cents),
        "files": text.list_sentence(list(files)),
    }


def written_line(row: InvoiceRow, files: Sequence[str]) -> str:
    """Return into which files an issued document was written."""
    return f"{row.number} {row.customer_name}: {text.list_sentence(list(files))}"


def drafts_total(rows: Sequence[DraftRow]) -> str:
    """Return what a run's drafts come to, and how many of them cannot be issued yet."""
    words = {
        "drafts": ngettext("%(n)s draft", "%(n)s drafts", len(rows)) % {"n": text.number(len(rows))},
        "sessions": _sessions(sum(row.sessions for row in rows)),
        "money": text.money(sum(row.net_cents for row in rows)),
        "blocked": text.number(sum(row.blocked for row in rows)),
    }
    if any(row.blocked for row in rows):
        return _("%(drafts)s: %(sessions)s, %(money)s net. Cannot be issued yet: %(blocked)s.") % words
    return _("%(drafts)s: %(sessions)s, %(money)s net.") % words


def issued_total(rows: Sequence[InvoiceRow], refused: int) -> str:
    """Return what a run has issued, with VAT, and how many drafts it could not."""
    words = {
        "invoices": ngettext("%(n)s invoice", "%(n)s invoices", len(rows)) % {"n": text.number(len(rows))},
        "money": text.money(sum(row.gross_cents for row in rows)),
        "refused": text.number(refused),
    }
    if refused:
        return _("%(invoices)s issued, %(money)s. Still drafts: %(refused)s.") % words
    return _("%(invoices)s issued, %(money)s.") % words


def left_line(one: OpenCustomer) -> str:
    """Return that a customer has a draft to which the newer sessions were not added."""
    return _("%(number)s %(name)s has a draft already; %(sessions)s stay open beside it.") % {
        "number": one.number,
        "name": one.name,
        "sessions": _sessions(len(one.sessions)),
    }


def _sessions(count: int) -> str:
    return ngettext("%(n)s session", "%(n)s sessions", count) % {"n": text.number(count)}


def obstacle_lines(desk: Desk, row: DraftRow) -> list[str]:
    """Return what must be mended before a draft can be issued, with the numbers of its sessions."""
    blocking = [one for one in row.obstacles if one.blocking]
    if not blocking:
        return []
    numbers = {one.id: one.number for one in draft_sessions(desk, row.id)}
    found: dict[str, list[str]] = defaultdict(list)
    for one in blocking:
        if one.kind is ObstacleKind.E_INVOICE_FIELD:
            name = _("missing: %(field)s") % {"field": need_name(Need(one.detail))}
        else:
            name = obstacle_name(one.kind.value)
        found[name] += [numbers[one.session_id]] if one.session_id in numbers else []
    return [
        f"{row.customer_number} {row.customer_name}: {name}" + (f" ({', '.join(some)})" if some else "")
        for name, some in found.items()
    ]


def invoice_table(rows: Sequence[InvoiceRow]) -> list[str]:
    """Return documents as lines of equal columns, or the sentence where there are none."""
    if not rows:
        return [_("There are no invoices here.")]
    cells = [[_("Number"), _("Date"), _("Customer"), _("Due on"), _("Amount"), _("Still open"), _("State")]]
    cells += [
        [
            row.number,
            text.date(row.issued_on),
            row.customer_name,
            text.date(row.due_on) if row.due_on else "–",
            text.money(row.gross_cents),
            text.money(row.open_cents),
            _state(row),
        ]
        for row in rows
    ]
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))]
    right = (4, 5)
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def open_total(rows: Sequence[InvoiceRow]) -> str:
    """Return what is still to be paid on all of them."""
    return _("Open in all: %(money)s") % {"money": text.money(sum(row.open_cents for row in rows))}


def _state(row: InvoiceRow) -> str:
    match row.state:
        case InvoiceState.CANCELLED:
            return _("cancelled by %(number)s") % {"number": row.cancelled_by}
        case InvoiceState.CANCELLATION:
            return _("cancels %(number)s") % {"number": row.cancels}
        case InvoiceState.OPEN:
            return _("open")
        case InvoiceState.PART_PAID:
            return _("paid in part")
        case InvoiceState.OVERDUE:
            return _("overdue")
        case InvoiceState.PAID:
            return _("paid")
