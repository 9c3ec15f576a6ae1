"""Lines of an invoice in CII: the tax office wants all of a service in the structured part, so it is here."""

from __future__ import annotations

from drafthorse.models.note import IncludedNote
from drafthorse.models.tradelines import LineItem

from laverma_desk import text
from laverma_desk.domain.invoice import InvoiceLine, LineKind
from laverma_desk.einvoice import codes
from laverma_desk.einvoice.amounts import euros, percent, plain
from laverma_desk.i18n import gettext_in


def line_item(line: InvoiceLine, language: str) -> LineItem:
    """Return a line (BG-25) with its own period (BG-26), price (BG-29) and tax (BG-30).

    What stands in no field of its own goes into the note (BT-127): start, duration, supporter, work, and why
    it costs nothing.
    """
    item = LineItem()
    item.document.line_id = str(line.position)
    note = line_note(line, language)
    if note:
        item.document.notes.add(IncludedNote(content=note))
    item.product.name = line_name(line, language)
    item.agreement.net.amount = euros(line.price_cents)
    if line.base != 1:
        item.agreement.net.basis_quantity = (str(line.base), line.unit.value)
    item.delivery.billed_quantity = (plain(line.quantity), line.unit.value)
    item.settlement.trade_tax.type_code = codes.VAT
    item.settlement.trade_tax.category_code = line.vat_category.value
    item.settlement.trade_tax.rate_applicable_percent = percent(line.vat_rate)
    item.settlement.period.start = line.first
    item.settlement.period.end = line.last
    item.settlement.monetary_summation.total_amount = euros(line.net_cents)
    return item


def line_name(line: InvoiceLine, language: str) -> str:
    """Return what is billed (BT-153): remote support and where, or an item's own text."""
    if line.kind is not LineKind.SESSION:
        return line.text
    return (gettext_in(language, "Remote support %(place)s") % {"place": line.place}).strip()


def line_note(line: InvoiceLine, language: str) -> str:
    """Return a line's note, empty for an item that costs something."""
    free = ""
    if line.free_reason:
        free = gettext_in(language, "free of charge (%(reason)s)") % {"reason": line.free_reason}
    if line.kind is not LineKind.SESSION:
        return free
    facts = [
        text.date_time(line.begin, language) if line.begin else text.date(line.first, language),
        gettext_in(language, "duration %(time)s") % {"time": text.duration(line.seconds or 0)},
    ]
    if line.supporter:
        facts.append(gettext_in(language, "supporter %(name)s") % {"name": line.supporter})
    facts += [free] if free else []
    return ", ".join(facts) + (f": {line.text}" if line.text else "")
