"""What an invoice still lacks, by name and before it has a number: so nobody meets it as a rule's code."""

from __future__ import annotations

import re
from enum import StrEnum

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice import Invoice, InvoiceKind, VatCategory
from laverma_desk.domain.taxing import category_of, outside_the_tax

# BR-DE-27 and BR-DE-28 of XRechnung, as its rules spell them.
THREE_DIGITS = re.compile(r"(?:[^0-9]*[0-9]){3}")
LOCAL_PART = r"[A-Za-z0-9!#$%&\"*+/=?^_`{|}~-]+"
# A domain may have umlauts here: it is written in ASCII later.
_EMAIL = re.compile(rf"{LOCAL_PART}(?:\.{LOCAL_PART})*@(?:[^@.\s]+\.)+[^@.\s]+")
_GERMANY = "DE"
# Electronic address schemes (EAS) that follow from other fields.
EAS_EMAIL = "EM"
EAS_LEITWEG = "0204"
EAS_GERMAN_VAT_ID = "9930"


class Place(StrEnum):
    """Where the house mends what is missing."""

    COMPANY = "company"
    CUSTOMER = "customer"
    SUPPORTER = "supporter"


class Need(StrEnum):
    """A field that must be filled before the invoice can be issued; see `place_of`."""

    COMPANY_NAME = "company_name"
    COMPANY_STREET = "company_street"
    COMPANY_POSTCODE = "company_postcode"
    COMPANY_CITY = "company_city"
    COMPANY_TAX_ID = "company_tax_id"
    COMPANY_VAT_ID = "company_vat_id"
    COMPANY_VAT_RATE = "company_vat_rate"
    COMPANY_IBAN = "company_iban"
    COMPANY_PHONE = "company_phone"
    COMPANY_EMAIL = "company_email"
    SUPPORTER_NAME = "supporter_name"
    CUSTOMER_NAME = "customer_name"
    CUSTOMER_STREET = "customer_street"
    CUSTOMER_POSTCODE = "customer_postcode"
    CUSTOMER_CITY = "customer_city"
    CUSTOMER_COUNTRY = "customer_country"
    CUSTOMER_VAT_ID = "customer_vat_id"
    CUSTOMER_REFERENCE = "customer_reference"
    CUSTOMER_ELECTRONIC_ADDRESS = "customer_electronic_address"


def place_of(need: Need) -> Place:
    """Return where a missing field is filled in."""
    return Place(need.value.partition("_")[0])


def needs(invoice: Invoice) -> tuple[Need, ...]:
    """Return what is missing, in the order of `Need`.

    Every invoice needs names, addresses and a tax number or VAT ID (§ 14 Abs. 4 Nr. 1 and 2 UStG), reverse
    charge both VAT IDs (§ 14a Abs. 1 UStG, BR-AE-2 to -4). CUSTOMER_COUNTRY says that the service is not
    taxable in Germany, for which no invoice is written here; COMPANY_VAT_RATE that a line has neither a rate
    nor a reason to have none (Nr. 8, BR-S-05). What was issued is still taken back. An XRechnung needs what
    BR-DE-1 to BR-DE-16, BR-DE-23, BR-DE-27 and BR-DE-28 ask for, and both electronic addresses
    (PEPPOL-EN16931-R010 and -R020).
    """
    missing = _missing_by_law(invoice)
    if invoice.format is InvoiceFormat.XRECHNUNG:
        missing |= _missing_in_xrechnung(invoice)
    return tuple(need for need in Need if need in missing)


def seller_email(invoice: Invoice) -> str:
    """Return the address for questions (BT-43): the supporter's own, or the house's."""
    return invoice.supporter_email.strip() or invoice.company.email.strip()


def seller_address(invoice: Invoice) -> tuple[str, str] | None:
    """Return scheme and identifier under which the house gets electronic answers (BT-34)."""
    company = invoice.company
    if company.email.strip():
        return EAS_EMAIL, company.email.strip()
    return _vat_address(company.vat_id)


def buyer_address(invoice: Invoice) -> tuple[str, str] | None:
    """Return scheme and identifier to which the invoice goes (BT-49), None where nothing tells.

    The customer's own entry counts first (a mail address or "scheme:identifier"), then the Leitweg-ID, the
    mail address for invoices, and a German VAT ID.
    """
    buyer = invoice.buyer
    entry = buyer.electronic_address.strip()
    if "@" in entry:
        return EAS_EMAIL, entry
    scheme, colon, name = entry.partition(":")
    if colon and scheme and name:
        return scheme, name
    if buyer.leitweg_id.strip():
        return EAS_LEITWEG, buyer.leitweg_id.strip()
    if buyer.email.strip():
        return EAS_EMAIL, buyer.email.strip()
    return _vat_address(buyer.vat_id)


def buyer_reference(invoice: Invoice) -> str:
    """Return by what the buyer assigns the invoice (BT-10): the Leitweg-ID, or the customer number."""
    return invoice.buyer.leitweg_id.strip() or invoice.buyer.number.strip()


def _vat_address(vat_id: str) -> tuple[str, str] | None:
    name = vat_id.strip()
    return (EAS_GERMAN_VAT_ID, name) if name.startswith(_GERMANY) else None


def _missing_by_law(invoice: Invoice) -> set[Need]:
    company, buyer = invoice.company, invoice.buyer
    taxed = {line.vat_category for line in invoice.lines} or {category_of(company, buyer)}
    wanted = {
        Need.COMPANY_NAME: company.name,
        Need.COMPANY_STREET: company.street,
        Need.COMPANY_POSTCODE: company.postcode,
        Need.COMPANY_CITY: company.city,
        Need.COMPANY_TAX_ID: company.tax_number.strip() or company.vat_id,
        Need.CUSTOMER_NAME: buyer.name,
        Need.CUSTOMER_STREET: buyer.street,
        Need.CUSTOMER_POSTCODE: buyer.postcode,
        Need.CUSTOMER_CITY: buyer.city,
    }
    if VatCategory.REVERSE_CHARGE in taxed:
        wanted |= {Need.COMPANY_VAT_ID: company.vat_id, Need.CUSTOMER_VAT_ID: buyer.vat_id}
    missing = {need for need, value in wanted.items() if not value.strip()}
    if invoice.kind is InvoiceKind.INVOICE and outside_the_tax(company, buyer):
        missing.add(Need.CUSTOMER_COUNTRY)
    untaxed = (line.vat_category is VatCategory.STANDARD and not line.vat_rate for line in invoice.lines)
    if invoice.kind is InvoiceKind.INVOICE and any(untaxed):
        missing.add(Need.COMPANY_VAT_RATE)
    return missing


def _missing_in_xrechnung(invoice: Invoice) -> set[Need]:
    company = invoice.company
    held = {
        Need.COMPANY_IBAN: company.iban.strip(),
        Need.COMPANY_PHONE: THREE_DIGITS.match(company.phone),
        # The supporter's own address may be the broken one, but then the house's is the way out.
        Need.COMPANY_EMAIL: _EMAIL.fullmatch(seller_email(invoice)) and seller_address(invoice),
        Need.SUPPORTER_NAME: invoice.supporter_name.strip(),
        Need.CUSTOMER_REFERENCE: buyer_reference(invoice),
        Need.CUSTOMER_ELECTRONIC_ADDRESS: buyer_address(invoice),
    }
    return {need for need, value in held.items() if not value}
