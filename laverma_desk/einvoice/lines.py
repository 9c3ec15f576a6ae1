"""Lines of an invoice in CII: the tax office wants all of a service in the structured part, so it is here.

They are written straight into the tree. Of 1,500 lines drafthorse makes 60,000 objects first, which takes
four times as long as all the rest; a line has few fields and no choices, and what is misplaced the XSD
refuses.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # nosec B405 # (writes alone, reads nothing)
from datetime import date

from laverma_desk import text
from laverma_desk.domain.invoice import InvoiceLine, LineKind
from laverma_desk.einvoice import codes
from laverma_desk.einvoice.amounts import euros, percent, plain
from laverma_desk.i18n import gettext_in

_RAM, _UDT = (f"{{{codes.NAMESPACES[one]}}}" for one in ("ram", "udt"))


def line_element(line: InvoiceLine, language: str) -> ET.Element:
    """Return a line (BG-25) with its own period (BG-26), price (BG-29) and tax (BG-30).

    What stands in no field of its own goes into the note (BT-127): start, duration, supporter, work, and why
    it costs nothing. The order of the elements is that of the XSD.
    """
    item = ET.Element(_RAM + "IncludedSupplyChainTradeLineItem")
    head = _inside(item, "AssociatedDocumentLineDocument")
    _say(head, "LineID", str(line.position))
    note = line_note(line, language)
    if note:
        _say(_inside(head, "IncludedNote"), "Content", note)
    _say(_inside(item, "SpecifiedTradeProduct"), "Name", line_name(line, language))
    price = _inside(_inside(item, "SpecifiedLineTradeAgreement"), "NetPriceProductTradePrice")
    _say(price, "ChargeAmount", str(euros(line.price_cents)))
    unit = line.unit.value
    if line.base != 1:
        _say(price, "BasisQuantity", str(line.base), unitCode=unit)
    _say(_inside(item, "SpecifiedLineTradeDelivery"), "BilledQuantity", plain(line.quantity), unitCode=unit)
    settled = _inside(item, "SpecifiedLineTradeSettlement")
    tax = _inside(settled, "ApplicableTradeTax")
    _say(tax, "TypeCode", codes.VAT)
    _say(tax, "CategoryCode", line.vat_category.value)
    _say(tax, "RateApplicablePercent", percent(line.vat_rate))
    period = _inside(settled, "BillingSpecifiedPeriod")
    _say_day(_inside(period, "StartDateTime"), line.first)
    _say_day(_inside(period, "EndDateTime"), line.last)
    sums = _inside(settled, "SpecifiedTradeSettlementLineMonetarySummation")
    _say(sums, "LineTotalAmount", str(euros(line.net_cents)))
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


def _inside(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, _RAM + name)


def _say(parent: ET.Element, name: str, words: str, **attributes: str) -> None:
    ET.SubElement(parent, _RAM + name, attributes).text = words


def _say_day(parent: ET.Element, day: date) -> None:
    ET.SubElement(parent, _UDT + "DateTimeString", format=codes.DAY_FORMAT).text = f"{day:%Y%m%d}"
