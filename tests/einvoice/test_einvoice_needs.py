from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.einvoice_needs import Need, Place, needs, place_of
from laverma_desk.domain.invoice import Invoice, InvoiceKind
from laverma_desk.einvoice.checking import check_xml
from laverma_desk.einvoice.writing import write_xml
from tests.support.invoice_makers import (
    BUYER,
    COMPANY,
    reverse_charge_invoice,
    sample_invoice,
    session_line,
    small_business_invoice,
)

PDF, ZUGFERD, XRECHNUNG = InvoiceFormat.PDF, InvoiceFormat.ZUGFERD, InvoiceFormat.XRECHNUNG


def lacking(
    format_: InvoiceFormat, company: dict[str, Any], buyer: dict[str, Any], **changes: Any
) -> Invoice:
    return sample_invoice(
        format=format_, company=replace(COMPANY, **company), buyer=replace(BUYER, **buyer), **changes
    )


@pytest.mark.parametrize("format_", [PDF, ZUGFERD, XRECHNUNG])
@pytest.mark.parametrize(
    ("company", "buyer", "need"),
    [
        ({"name": " "}, {}, Need.COMPANY_NAME),
        ({"street": ""}, {}, Need.COMPANY_STREET),
        ({"postcode": ""}, {}, Need.COMPANY_POSTCODE),
        ({"city": ""}, {}, Need.COMPANY_CITY),
        ({"tax_number": "", "vat_id": " "}, {}, Need.COMPANY_TAX_ID),
        ({}, {"name": ""}, Need.CUSTOMER_NAME),
        ({}, {"street": ""}, Need.CUSTOMER_STREET),
        ({}, {"postcode": ""}, Need.CUSTOMER_POSTCODE),
        ({}, {"city": ""}, Need.CUSTOMER_CITY),
    ],
)
def test_every_invoice_needs_names_addresses_and_a_tax_number(
    format_: InvoiceFormat, company: dict[str, Any], buyer: dict[str, Any], need: Need
) -> None:
    assert needs(lacking(format_, company, buyer)) == (need,)


@pytest.mark.parametrize(
    ("company", "buyer", "changes", "need"),
    [
        ({"iban": ""}, {}, {}, Need.COMPANY_IBAN),
        ({"phone": ""}, {}, {}, Need.COMPANY_PHONE),
        ({"phone": "0 8 LAVERMA"}, {}, {}, Need.COMPANY_PHONE),
        ({"email": ""}, {}, {"supporter_email": ""}, Need.COMPANY_EMAIL),
        ({}, {}, {"supporter_email": "büro@laverma.example"}, Need.COMPANY_EMAIL),
        ({"email": "", "vat_id": ""}, {}, {}, Need.COMPANY_EMAIL),
        ({}, {}, {"supporter_name": ""}, Need.SUPPORTER_NAME),
        ({}, {"number": ""}, {}, Need.CUSTOMER_REFERENCE),
        ({}, {"email": "", "vat_id": ""}, {}, Need.CUSTOMER_ELECTRONIC_ADDRESS),
    ],
)
def test_xrechnung_needs_more_and_says_what_before_its_rules_do(
    company: dict[str, Any], buyer: dict[str, Any], changes: dict[str, Any], need: Need
) -> None:
    assert needs(lacking(PDF, company, buyer, **changes)) == ()
    zugferd = lacking(ZUGFERD, company, buyer, **changes)
    assert needs(zugferd) == ()
    assert check_xml(write_xml(zugferd), ZUGFERD) == ()
    xrechnung = lacking(XRECHNUNG, company, buyer, **changes)
    assert needs(xrechnung) == (need,)
    if need is not Need.SUPPORTER_NAME:  # the XML takes the house's name then
        assert check_xml(write_xml(xrechnung), XRECHNUNG) != ()


@pytest.mark.parametrize("format_", [PDF, ZUGFERD, XRECHNUNG])
@pytest.mark.parametrize("company", [{"tax_number": ""}, {"vat_id": ""}])
def test_either_a_tax_number_or_a_vat_id_is_enough(format_: InvoiceFormat, company: dict[str, Any]) -> None:
    invoice = lacking(format_, company, {})
    assert needs(invoice) == ()
    if format_ is not PDF:
        assert check_xml(write_xml(invoice), format_) == ()


def test_reverse_charge_needs_both_vat_ids() -> None:
    whole = reverse_charge_invoice()
    assert needs(whole) == ()
    without = replace(whole, company=replace(whole.company, vat_id=""), buyer=replace(whole.buyer, vat_id=""))
    assert needs(without) == (Need.COMPANY_VAT_ID, Need.CUSTOMER_VAT_ID)
    assert check_xml(write_xml(without), ZUGFERD) != ()


def test_no_tax_needs_a_reason() -> None:
    untaxed = sample_invoice((session_line(vat_rate=Decimal(0)),), format=PDF)
    assert needs(untaxed) == (Need.COMPANY_VAT_RATE,)
    assert check_xml(write_xml(replace(untaxed, format=ZUGFERD)), ZUGFERD) != ()
    assert needs(small_business_invoice()) == ()
    # What was issued once can always be taken back.
    assert needs(replace(untaxed, kind=InvoiceKind.CANCELLATION)) == ()


def test_a_mail_domain_with_umlauts_is_nothing_to_mend() -> None:
    invoice = lacking(XRECHNUNG, {"email": "post@müller.example"}, {}, supporter_email="")
    assert needs(invoice) == ()
    assert check_xml(write_xml(invoice), XRECHNUNG) == ()


def test_all_that_is_missing_is_told_at_once_and_every_need_has_its_place() -> None:
    empty = replace(COMPANY, **dict.fromkeys(("name", "street", "city", "iban", "phone"), ""))
    told = needs(sample_invoice(format=XRECHNUNG, company=empty, buyer=replace(BUYER, street="")))
    assert told == (
        Need.COMPANY_NAME,
        Need.COMPANY_STREET,
        Need.COMPANY_CITY,
        Need.COMPANY_IBAN,
        Need.COMPANY_PHONE,
        Need.CUSTOMER_STREET,
    )
    assert {place_of(one) for one in Need} == set(Place)
