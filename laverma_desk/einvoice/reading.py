"""Reads an invoice's XML back, so that what was written can be held against what was meant."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from laverma_desk.einvoice import amounts
from laverma_desk.einvoice.codes import TAX_NUMBER_SCHEME, VAT_SCHEME
from laverma_desk.einvoice.figures import FigureGroup, FigureLine, Figures
from laverma_desk.einvoice.tree import (
    BUYER,
    LINES,
    SELLER,
    SETTLEMENT,
    TOTALS,
    XmlUnreadable,
    nodes,
    parse,
    value,
)

_DAY = "%Y%m%d"
_LINE_TAX = "ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax/"
_PRICE = "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/"
_NET = "ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"
_QUANTITY = "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity"
_PERIOD = "ram:BillingSpecifiedPeriod/"
_START, _END = "ram:StartDateTime/udt:DateTimeString", "ram:EndDateTime/udt:DateTimeString"
_CANCELLED = SETTLEMENT + "ram:InvoiceReferencedDocument/"


def read_xml(xml: bytes) -> Figures:
    """Return what an invoice in CII says, in cents.

    Raises XmlUnreadable for what is no XML, and where an amount has fractions of a cent or a figure is none.
    """
    return figures_of(parse(xml))


def figures_of(root: etree._Element) -> Figures:
    """Return what a parsed invoice says. Raises as `read_xml` does."""
    header = "rsm:ExchangedDocument/"
    return Figures(
        guideline=value(
            root, "rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID"
        ),
        number=value(root, header + "ram:ID"),
        type_code=value(root, header + "ram:TypeCode"),
        issued_on=_day(root, header + "ram:IssueDateTime/udt:DateTimeString"),
        due_on=_day(
            root, SETTLEMENT + "ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/udt:DateTimeString"
        ),
        first=_day(root, SETTLEMENT + _PERIOD + _START),
        last=_day(root, SETTLEMENT + _PERIOD + _END),
        currency=value(root, SETTLEMENT + "ram:InvoiceCurrencyCode"),
        remittance=value(root, SETTLEMENT + "ram:PaymentReference"),
        lines=tuple(_line(one) for one in nodes(root, LINES)),
        groups=tuple(_group(one) for one in nodes(root, SETTLEMENT + "ram:ApplicableTradeTax")),
        line_total_cents=_cents(root, TOTALS + "ram:LineTotalAmount"),
        net_cents=_cents(root, TOTALS + "ram:TaxBasisTotalAmount"),
        vat_cents=_cents(root, TOTALS + "ram:TaxTotalAmount"),
        gross_cents=_cents(root, TOTALS + "ram:GrandTotalAmount"),
        due_cents=_cents(root, TOTALS + "ram:DuePayableAmount"),
        seller_name=value(root, SELLER + "ram:Name"),
        seller_vat_id=_registration(root, SELLER, VAT_SCHEME),
        seller_tax_number=_registration(root, SELLER, TAX_NUMBER_SCHEME),
        buyer_name=value(root, BUYER + "ram:Name"),
        buyer_number=value(root, BUYER + "ram:ID"),
        buyer_vat_id=_registration(root, BUYER, VAT_SCHEME),
        buyer_reference=value(
            root, "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement/ram:BuyerReference"
        ),
        iban=value(
            root,
            SETTLEMENT + "ram:SpecifiedTradeSettlementPaymentMeans/"
            "ram:PayeePartyCreditorFinancialAccount/ram:IBANID",
        ),
        cancels=value(root, _CANCELLED + "ram:IssuerAssignedID"),
        cancels_on=_day(root, _CANCELLED + "ram:FormattedIssueDateTime/qdt:DateTimeString"),
    )


def _line(item: etree._Element) -> FigureLine:
    settled = "ram:SpecifiedLineTradeSettlement/"
    return FigureLine(
        position=value(item, "ram:AssociatedDocumentLineDocument/ram:LineID"),
        quantity=_decimal(item, _QUANTITY),
        unit=_unit(item, _QUANTITY),
        price_cents=_cents(item, _PRICE + "ram:ChargeAmount"),
        base=_decimal(item, _PRICE + "ram:BasisQuantity", empty="1"),
        base_unit=_unit(item, _PRICE + "ram:BasisQuantity"),
        net_cents=_cents(item, settled + _NET),
        vat_category=value(item, _LINE_TAX + "ram:CategoryCode"),
        vat_rate=_decimal(item, _LINE_TAX + "ram:RateApplicablePercent"),
        first=_day(item, settled + _PERIOD + _START),
        last=_day(item, settled + _PERIOD + _END),
    )


def _group(tax: etree._Element) -> FigureGroup:
    return FigureGroup(
        category=value(tax, "ram:CategoryCode"),
        rate=_decimal(tax, "ram:RateApplicablePercent"),
        net_cents=_cents(tax, "ram:BasisAmount"),
        vat_cents=_cents(tax, "ram:CalculatedAmount"),
    )


def _registration(root: etree._Element, party: str, scheme: str) -> str:
    return value(root, f"{party}ram:SpecifiedTaxRegistration/ram:ID[@schemeID='{scheme}']")


def _unit(item: etree._Element, path: str) -> str:
    found = nodes(item, path)
    return str(found[0].get("unitCode", "")) if found else ""


def _day(element: etree._Element, path: str) -> date | None:
    text = value(element, path)
    try:
        return datetime.strptime(text, _DAY).replace(tzinfo=UTC).date() if text else None
    except ValueError as error:
        raise XmlUnreadable(text) from error


def _decimal(element: etree._Element, path: str, empty: str = "0") -> Decimal:
    text = value(element, path) or empty
    try:
        figure = Decimal(text)
    except InvalidOperation as error:
        raise XmlUnreadable(text) from error
    if not figure.is_finite():
        raise XmlUnreadable(text)
    return figure


def _cents(element: etree._Element, path: str) -> int:
    figure = _decimal(element, path)
    try:
        return amounts.cents(figure)
    except ValueError as error:
        raise XmlUnreadable(str(figure)) from error
