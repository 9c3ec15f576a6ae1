"""What XRechnung 3.0 asks for beyond EN 16931, as code of our own: no rules for it come with any library.

The codes are those of the official rules (KoSIT's BR-DE, and the Peppol rules that XRechnung took over), so a
finding can be looked up. Rules about what the program never writes (cards, direct debit, delivery addresses,
attachments) are left out, and those that only warn (BR-DE-17, -19, -26, -27, -28) count like the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from lxml import etree

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.einvoice_needs import LOCAL_PART, THREE_DIGITS
from laverma_desk.domain.money import half_up
from laverma_desk.einvoice import codes
from laverma_desk.einvoice.figures import Figures
from laverma_desk.einvoice.finding import Finding
from laverma_desk.einvoice.reading import figures_of
from laverma_desk.einvoice.tree import AGREEMENT, BUYER, SELLER, SETTLEMENT, XmlUnreadable, nodes, value

_CONTACT = SELLER + "ram:DefinedTradeContact/"
_ADDRESS = "ram:PostalTradeAddress/"
_ELECTRONIC = "ram:URIUniversalCommunication/ram:URIID"
_MEANS = SETTLEMENT + "ram:SpecifiedTradeSettlementPaymentMeans"
_ACCOUNT = _MEANS + "/ram:PayeePartyCreditorFinancialAccount/ram:IBANID"
_TERMS = SETTLEMENT + "ram:SpecifiedTradePaymentTerms"
_CONTEXT = "rsm:ExchangedDocumentContext/ram:"

# A field that must be filled, the rule that says so, and what the field is called.
_FILLED = (
    ("BR-DE-1", _MEANS + "/ram:TypeCode", "payment instructions (BG-16)"),
    ("BR-DE-3", SELLER + _ADDRESS + "ram:CityName", "seller's city (BT-37)"),
    ("BR-DE-4", SELLER + _ADDRESS + "ram:PostcodeCode", "seller's postcode (BT-38)"),
    ("BR-DE-5", _CONTACT + "ram:PersonName", "seller's contact (BT-41)"),
    (
        "BR-DE-6",
        _CONTACT + "ram:TelephoneUniversalCommunication/ram:CompleteNumber",
        "contact's phone (BT-42)",
    ),
    ("BR-DE-7", _CONTACT + "ram:EmailURIUniversalCommunication/ram:URIID", "contact's e-mail (BT-43)"),
    ("BR-DE-8", BUYER + _ADDRESS + "ram:CityName", "buyer's city (BT-52)"),
    ("BR-DE-9", BUYER + _ADDRESS + "ram:PostcodeCode", "buyer's postcode (BT-53)"),
    ("BR-DE-15", AGREEMENT + "ram:BuyerReference", "buyer reference (BT-10)"),
    (
        "BR-DE-16",
        SELLER + "ram:SpecifiedTaxRegistration/ram:ID",
        "seller's VAT ID or tax number (BT-31, BT-32)",
    ),
    ("BR-DE-18-a", _TERMS, "payment terms (BT-20)"),
    ("BR-DE-23-a", _ACCOUNT, "account for a credit transfer (BT-84)"),
    ("PEPPOL-EN16931-R001", _CONTEXT + "BusinessProcessSpecifiedDocumentContextParameter/ram:ID", "BT-23"),
    ("PEPPOL-EN16931-R010", BUYER + _ELECTRONIC, "buyer's electronic address (BT-49)"),
    ("PEPPOL-EN16931-R020", SELLER + _ELECTRONIC, "seller's electronic address (BT-34)"),
)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{LOCAL_PART}(?:\.{LOCAL_PART})*@(?:{_LABEL}\.)+{_LABEL}")
_DISCOUNT = re.compile(r"#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+\.[0-9]{2}(?:#BASISBETRAG=-?[0-9]+\.[0-9]{2})?#")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Za-z0-9]{1,30}")
_TYPE_CODES = frozenset({"326", "380", "381", "384", "389", "875", "876", "877"})


def national_findings(root: etree._Element) -> tuple[Finding, ...]:
    """Return what XRechnung finds missing or wrong in an invoice."""
    found = [Finding(rule, f"Missing: {name}.") for rule, path, name in _FILLED if not _is_filled(root, path)]
    found += [Finding("PEPPOL-EN16931-R008", f"Empty: {etree.QName(one).localname}.") for one in _empty(root)]
    found += (*_wrong_codes(root), *_wrong_contact(root), *_wrong_payment(root))
    try:
        figures = figures_of(root)
    except XmlUnreadable as error:
        return (*found, Finding("XML", str(error)))
    return (*found, *_wrong_periods(figures), *_wrong_lines(figures))


def _is_filled(root: etree._Element, path: str) -> bool:
    if path == _TERMS:
        return len(nodes(root, path)) == 1 and len(nodes(root, path + "/ram:Description")) <= 1
    return bool(value(root, path))


def _empty(root: etree._Element) -> Iterator[etree._Element]:
    return (one for one in root.iter(etree.Element) if not len(one) and not (one.text or "").strip())


def _wrong_codes(root: etree._Element) -> Iterator[Finding]:
    code = value(root, "rsm:ExchangedDocument/ram:TypeCode")
    if code not in _TYPE_CODES:
        yield Finding("BR-DE-17", f"Type code {code} is not for XRechnung.")
    if code == "384" and not nodes(root, SETTLEMENT + "ram:InvoiceReferencedDocument"):
        yield Finding("BR-DE-26", "A corrected invoice names no invoice that it corrects (BG-3).")
    if not value(root, _CONTEXT + "GuidelineSpecifiedDocumentContextParameter/ram:ID").startswith(
        codes.GUIDELINES[InvoiceFormat.XRECHNUNG]
    ):
        yield Finding("BR-DE-21", "BT-24 is not XRechnung's.")
    for tax in nodes(root, SETTLEMENT + "ram:ApplicableTradeTax"):
        if not value(tax, "ram:RateApplicablePercent"):
            yield Finding("BR-DE-14", "Missing: rate of a VAT breakdown (BT-119).")


def _wrong_contact(root: etree._Element) -> Iterator[Finding]:
    phone = value(root, _CONTACT + "ram:TelephoneUniversalCommunication/ram:CompleteNumber")
    if phone and not THREE_DIGITS.match(phone):
        yield Finding("BR-DE-27", f"{phone} has less than three digits.")
    email = value(root, _CONTACT + "ram:EmailURIUniversalCommunication/ram:URIID")
    if email and not _EMAIL.fullmatch(email):
        yield Finding("BR-DE-28", f"{email} is no mail address as XRechnung knows them.")


def _wrong_payment(root: etree._Element) -> Iterator[Finding]:
    account = "".join(value(root, _ACCOUNT).split())
    if account and not _is_iban(account):
        yield Finding("BR-DE-19", f"{account} is no IBAN.")
    for line in value(root, _TERMS + "/ram:Description").splitlines():
        if line.strip().startswith("#") and not _DISCOUNT.fullmatch(line.strip()):
            yield Finding("BR-DE-18", f"No discount as XRechnung writes it: {line.strip()}")


def _wrong_periods(figures: Figures) -> Iterator[Finding]:
    for line in figures.lines:
        if figures.first and line.first and line.first < figures.first:
            yield Finding("PEPPOL-EN16931-R110", "A line begins before the invoice's period.", line.position)
        if figures.last and line.last and line.last > figures.last:
            yield Finding("PEPPOL-EN16931-R111", "A line ends after the invoice's period.", line.position)


def _wrong_lines(figures: Figures) -> Iterator[Finding]:
    for line in figures.lines:
        if line.base <= 0:
            yield Finding("PEPPOL-EN16931-R121", "A base quantity is not above zero.", line.position)
            continue
        net = half_up(Fraction(line.quantity) * line.price_cents / Fraction(line.base))
        if net != line.net_cents:
            yield Finding("PEPPOL-EN16931-R120", "A line is not quantity times price.", line.position)
        if line.base_unit not in ("", line.unit):
            yield Finding(
                "PEPPOL-EN16931-R130", "Quantity and price count in different units.", line.position
            )


def _is_iban(account: str) -> bool:
    """Return whether the check digits are right (ISO 13616), which is all that the rule looks at."""
    from stdnum.iso7064 import mod_97_10  # noqa: PLC0415 (XRechnung alone asks)

    return bool(_IBAN.fullmatch(account)) and mod_97_10.is_valid(account[4:] + account[:4])
