"""Seller and buyer in CII, with the contact that XRechnung insists on."""

from __future__ import annotations

from drafthorse.models.party import BuyerTradeParty, SellerTradeParty, TaxRegistration, TradeParty

from laverma_desk.domain.einvoice_needs import EAS_EMAIL, buyer_address, seller_address, seller_email
from laverma_desk.domain.invoice import Invoice
from laverma_desk.einvoice import codes
from laverma_desk.einvoice.mail_names import ascii_address


def fill_seller(party: SellerTradeParty, invoice: Invoice) -> None:
    """Write the house into the seller (BG-4 to BG-6).

    A seller with a tax number alone fails BR-CO-26, which knows only BT-29, BT-30 and BT-31: there the number
    stands in BT-29 as well.
    """
    company = invoice.company
    if company.tax_number and not company.vat_id:
        party.id = company.tax_number
    party.name = company.name
    party.contact.person_name = invoice.supporter_name or company.name
    if company.phone:
        party.contact.telephone.number = company.phone
    if seller_email(invoice):
        party.contact.email.address = ascii_address(seller_email(invoice))
    _fill_address(party, company.street, company.postcode, company.city, company.country)
    _fill_electronic(party, seller_address(invoice))
    if company.vat_id:
        party.tax_registrations.add(TaxRegistration(id=(codes.VAT_SCHEME, company.vat_id)))
    if company.tax_number:
        party.tax_registrations.add(TaxRegistration(id=(codes.TAX_NUMBER_SCHEME, company.tax_number)))


def fill_buyer(party: BuyerTradeParty, invoice: Invoice) -> None:
    """Write the customer into the buyer (BG-7 to BG-9)."""
    buyer = invoice.buyer
    if buyer.number:
        party.id = buyer.number
    party.name = buyer.name
    if buyer.contact:
        party.contact.person_name = buyer.contact
    _fill_address(party, buyer.street, buyer.postcode, buyer.city, buyer.country)
    _fill_electronic(party, buyer_address(invoice))
    if buyer.vat_id:
        party.tax_registrations.add(TaxRegistration(id=(codes.VAT_SCHEME, buyer.vat_id)))


def _fill_address(party: TradeParty, street: str, postcode: str, city: str, country: str) -> None:
    party.address.postcode = postcode
    party.address.line_one = street
    party.address.city_name = city
    party.address.country_id = country


def _fill_electronic(party: TradeParty, address: tuple[str, str] | None) -> None:
    if address is None:
        return
    scheme, name = address
    party.electronic_address.uri_ID = (scheme, ascii_address(name) if scheme == EAS_EMAIL else name)
