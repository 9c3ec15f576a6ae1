"""Opens an XML file without ever following it to another file or to the network."""

from __future__ import annotations

from lxml import etree

from laverma_desk.einvoice.codes import NAMESPACES

AGREEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement/"
SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/"
LINES = "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem"
SELLER = AGREEMENT + "ram:SellerTradeParty/"
BUYER = AGREEMENT + "ram:BuyerTradeParty/"
TOTALS = SETTLEMENT + "ram:SpecifiedTradeSettlementHeaderMonetarySummation/"


class XmlUnreadable(ValueError):
    """A file that is no XML, or says a figure in a way that no invoice does."""


def parse(xml: bytes) -> etree._Element:
    """Return the root of a document. Raises XmlUnreadable for what is no XML, or brings its own entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise XmlUnreadable(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise XmlUnreadable("doctype")
    return root


def nodes(element: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements of a path from an element."""
    return list(element.findall(path, NAMESPACES))


def value(element: etree._Element, path: str) -> str:
    """Return the text of the first element of a path, empty where there is none."""
    found = element.find(path, NAMESPACES)
    return "" if found is None or found.text is None else found.text.strip()
