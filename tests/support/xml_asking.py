"""Asks an invoice's XML with nothing of the program in between."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

_NAMESPACES = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
LINE = ".//ram:IncludedSupplyChainTradeLineItem/"
TAX = ".//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax"
TOTALS = ".//ram:SpecifiedTradeSettlementHeaderMonetarySummation/"
CENT = Decimal("0.01")


def texts(xml: bytes, path: str) -> list[str]:
    """Return the texts at a path, in the order of the file."""
    return [one.text or "" for one in etree.fromstring(xml).findall(path, _NAMESPACES)]


def text(xml: bytes, path: str) -> str:
    """Return the only text at a path."""
    (found,) = texts(xml, path)
    return found


def attribute(xml: bytes, path: str, name: str) -> list[str | None]:
    """Return an attribute of every element at a path."""
    return [one.get(name) for one in etree.fromstring(xml).findall(path, _NAMESPACES)]


def half_up(value: Decimal) -> Decimal:
    """Return an amount to the cent, halves away from zero."""
    return value.quantize(CENT, ROUND_HALF_UP)
