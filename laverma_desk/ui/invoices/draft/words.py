"""How lines, units and sums of a draft are called."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.invoice import DraftItem, Invoice, LineKind, Unit, VatCategory
from laverma_desk.domain.invoice_sums import line_net
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.invoicing.open_sessions import OpenSession

ITEM_KINDS = (LineKind.TRAVEL, LineKind.VISIT, LineKind.FLAT, LineKind.INCLUDED_MINUTES, LineKind.OTHER)


def kind_name(kind: LineKind) -> str:
    """Return what an item is."""
    return {
        LineKind.SESSION: _("Remote session"),
        LineKind.TRAVEL: _("Travel"),
        LineKind.VISIT: _("On-site visit"),
        LineKind.FLAT: _("Flat item"),
        LineKind.INCLUDED_MINUTES: _("Included minutes"),
        LineKind.OTHER: _("Other item"),
    }[kind]


def unit_name(unit: Unit) -> str:
    """Return in what an item counts."""
    return {
        Unit.MINUTE: _("minutes"),
        Unit.SECOND: _("seconds"),
        Unit.HOUR: _("hours"),
        Unit.DAY: _("days"),
        Unit.KILOMETRE: _("kilometres"),
        Unit.PIECE: _("pieces"),
        Unit.LUMP_SUM: _("flat"),
    }[unit]


def item_formula(item: DraftItem) -> str:
    """Return how an item's amount comes about: 2 Stunden × 85,00 €, or only that it is flat."""
    if item.unit is Unit.LUMP_SUM and item.quantity == 1:
        return unit_name(item.unit)
    return f"{text.number(item.quantity)} {unit_name(item.unit)} × {text.money(item.price_cents)}"


def item_net(item: DraftItem) -> int:
    """Return an item's net cents."""
    return line_net(item.quantity, item.price_cents, 1)


def suggestion_words(item: DraftItem) -> str:
    """Return a suggestion as its link says it: Vor-Ort-Termin, 92,50 €."""
    return f"{item.text or kind_name(item.kind)}, {text.money(item.price_cents)}"


def session_aside(one: OpenSession) -> str:
    """Return the billed time of a session, or that it costs nothing, and why."""
    if one.billable:
        return text.minutes(one.minutes)
    if one.free_reason:
        return _("free of charge, %(reason)s") % {"reason": one.free_reason}
    return _("free of charge")


def session_count(ticked: int, total: int) -> str:
    """Return how many sessions are on the draft: 4 von 5 Sitzungen."""
    words = {"ticked": text.number(ticked), "n": text.number(total)}
    return ngettext("%(ticked)s of %(n)s session", "%(ticked)s of %(n)s sessions", total) % words


def sum_lines(invoice: Invoice) -> list[tuple[str, str]]:
    """Return net, VAT for each rate, and gross, each with its name."""
    lines = [(_("Net"), text.money(invoice.net_cents))]
    for group in invoice.groups:
        if group.category is VatCategory.STANDARD:
            name = _("VAT %(rate)s") % {"rate": text.percent(group.rate)}
            lines.append((name, text.money(group.vat_cents)))
    if len(lines) == 1:
        lines[0] = (_("Without VAT"), text.money(invoice.net_cents))
    lines.append((_("Invoice amount"), text.money(invoice.gross_cents)))
    return lines
