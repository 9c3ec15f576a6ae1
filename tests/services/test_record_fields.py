"""Each field of a record is right, or refused where it is typed."""

from __future__ import annotations

from datetime import date

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.customers.customer_record import DraftKind, check_field, country_code


@pytest.mark.parametrize(
    ("kind", "field", "typed", "kept"),
    [
        (DraftKind.MASTER, "phone", "0700 / 52 83 76 27", "+4970052837627"),
        (DraftKind.MASTER, "phone", "+49 700 LAVERMAS", "+4970052837627"),
        (DraftKind.MASTER, "phone", "+43 (0)1 5331234", "+4315331234"),
        (DraftKind.MASTER, "phone", "+39 (0)471 123456", "+390471123456"),
        (DraftKind.MASTER, "since", "12.04.2018", date(2018, 4, 12)),
        (DraftKind.MASTER, "since", " ", None),
        (DraftKind.MASTER, "country", "Schweiz", "CH"),
        (DraftKind.MASTER, "number", "10 017", "10017"),
        (DraftKind.MASTER, "software", " Synadoc,\tKIM ", "Synadoc, KIM"),
        (DraftKind.CONTACT, "mobile", "0171 1234567", "+491711234567"),
        (DraftKind.WORKSTATION, "partner_id", "1 234 567 890", "1234567890"),
        (DraftKind.TERMS, "flat", "1.092,50", 109250),
        (DraftKind.TERMS, "km", "18 km", 18),
        (DraftKind.TERMS, "payment_days", "", None),
        (DraftKind.TARIFF, "price", "2,25", 225),
        (DraftKind.INVOICE, "vat_id", "DE 136 695 976", "DE136695976"),
        (DraftKind.INVOICE, "leitweg_id", "991-01234-38", "991-01234-38"),
        (DraftKind.INVOICE, "electronic_address", "Rechnung@Praxis-Weiß.de", "Rechnung@praxis-weiß.de"),
        (DraftKind.INVOICE, "electronic_address", "9930:DE136695976", "9930:DE136695976"),
    ],
)
def test_a_right_field_is_normalised(kind, field, typed, kept):
    assert check_field(kind, field, typed) == kept


@pytest.mark.parametrize(
    ("kind", "field", "typed", "code"),
    [
        (DraftKind.MASTER, "phone", "keins", Rule.PHONE_INVALID),
        (DraftKind.MASTER, "phone", "12", Rule.PHONE_INVALID),
        (DraftKind.MASTER, "phone", "030", Rule.PHONE_INVALID),
        (DraftKind.MASTER, "phone", "030/23125014 DW 5", Rule.PHONE_INVALID),
        (DraftKind.CONTACT, "mobile", "0171 abc4567", Rule.PHONE_INVALID),
        (DraftKind.MASTER, "email_report", "rezeption@", Rule.EMAIL_INVALID),
        (DraftKind.MASTER, "postcode", "1234", Rule.POSTCODE_INVALID),
        (DraftKind.MASTER, "since", "31.02.2018", Rule.DATE_INVALID),
        (DraftKind.MASTER, "country", "Nirgendwo", Rule.COUNTRY_UNKNOWN),
        (DraftKind.MASTER, "country", "Europäische Union", Rule.COUNTRY_UNKNOWN),
        (DraftKind.MASTER, "country", "ZZ", Rule.COUNTRY_UNKNOWN),
        (DraftKind.MASTER, "language", "fr", Rule.VALUE_NOT_IN_LIST),
        (DraftKind.WORKSTATION, "partner_id", "12345678", Rule.PARTNER_ID_INVALID),
        (DraftKind.TERMS, "flat", "92,505", Rule.AMOUNT_INVALID),
        (DraftKind.TERMS, "km", "2001", Rule.NUMBER_INVALID),
        (DraftKind.INVOICE, "vat_id", "DE136695975", Rule.VAT_ID_INVALID),
        (DraftKind.INVOICE, "leitweg_id", "991-01234-39", Rule.LEITWEG_INVALID),
        (DraftKind.INVOICE, "electronic_address", "Postfach 12", Rule.ELECTRONIC_ADDRESS_INVALID),
        (DraftKind.INVOICE, "electronic_address", "0204:991-01234-39", Rule.LEITWEG_INVALID),
    ],
)
def test_a_wrong_field_is_refused(kind, field, typed, code):
    with pytest.raises(RuleBroken) as caught:
        check_field(kind, field, typed)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_a_postcode_follows_its_country():
    assert check_field(DraftKind.MASTER, "postcode", "1010", country=country_code("Österreich")) == "1010"


def test_each_program_has_ids_of_its_own():
    assert check_field(DraftKind.WORKSTATION, "partner_id", "123 456", tool="rustdesk") == "123456"
    assert check_field(DraftKind.WORKSTATION, "partner_id", "praxis@ad", tool="anydesk") == "praxis@ad"
    with pytest.raises(RuleBroken) as refused:
        check_field(DraftKind.WORKSTATION, "partner_id", "-play123", tool="rustdesk")
    assert refused.value.code is Rule.PARTNER_ID_INVALID
