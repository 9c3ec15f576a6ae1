"""Customers abroad: who owes the tax, whose VAT IDs must be named, and what is refused before it is wrong."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.einvoice_needs import Need, Place, needs, place_of
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.explain import explain
from laverma_desk.services.invoicing import issuing, preview
from laverma_desk.services.invoicing.obstacles import ObstacleKind
from laverma_desk.services.invoicing.open_sessions import open_customers
from laverma_desk.services.invoicing.statement_paper import statement_pdf
from laverma_desk.services.invoicing.statements import statement
from tests.support.invoice_houses import UNTIL, add_practice, add_sessions, make_house, rows, use_format, wish
from tests.support.invoice_makers import BUYER, COMPANY, sample_cancellation, sample_invoice


@pytest.fixture
def open_house(tmp_path, clock):
    """Return what opens a house with other fields on 1 March 2022; closed after the test."""
    opened = []

    def one(**company):
        opened.append(make_house(tmp_path / str(len(opened)), clock, **company))
        return opened[-1]

    yield one
    for desk in opened:
        desk.close()


def practice(desk, **values):
    place = add_practice(desk, **{"postcode": "1010", "city": "Stadt"} | values)
    return place, add_sessions(desk, place, 742)


def sums_on(pdf):
    """Return what stands on a paper above its foot, in which the house names its VAT ID."""
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded(bottom=120) for page in document)
    document.close()
    return text


def refused(desk, wanted):
    with pytest.raises(RuleBroken) as caught:
        issuing.issue_open(desk, wanted, UNTIL)
    assert caught.value.code is Rule.INVOICE_NEEDS
    assert rows(desk, "invoice") == rows(desk, "number_range") == []
    return caught.value


@pytest.mark.parametrize("country", ["CH", "GB", "US", "LI", "NO"])
def test_outside_the_eu_nothing_is_issued_and_it_is_said_before(open_house, country):
    desk = open_house()
    place, sessions = practice(desk, country=country, vat_id="")
    (found,) = open_customers(desk, UNTIL)
    assert [(one.kind, one.detail, one.blocking) for one in found.obstacles] == [
        (ObstacleKind.E_INVOICE_FIELD, Need.CUSTOMER_COUNTRY.value, True)
    ]
    seen = preview.preview_open(desk, wish(place, sessions), UNTIL)
    assert seen.needs == (Need.CUSTOMER_COUNTRY,)
    # What § 14c UStG would make the house owe stands on no paper of ours, not even on a preview.
    assert (seen.invoice.vat_cents, seen.xml) == (0, None)
    assert "19 %" not in sums_on(seen.pdf)
    assert "nicht steuerbar" in sums_on(seen.pdf)
    told = statement(desk, place.customer_id, UNTIL.replace(day=1), UNTIL)
    assert (told.vat_cents, told.gross_cents) == (0, told.net_cents)
    assert "nicht steuerbar" in sums_on(statement_pdf(told))
    error = refused(desk, wish(place, sessions))
    assert error.parameters["needs"] == (Need.CUSTOMER_COUNTRY,)
    assert explain(error).startswith(
        "Der Kunde sitzt außerhalb der EU: Die Leistung ist in Deutschland nicht"
    )
    assert place_of(Need.CUSTOMER_COUNTRY) is Place.CUSTOMER


def test_what_was_issued_before_is_still_taken_back():
    swiss = sample_invoice(buyer=replace(BUYER, country="CH"))
    assert needs(swiss) == (Need.CUSTOMER_COUNTRY,)
    assert needs(sample_cancellation(swiss)) == ()


def test_a_house_and_its_customers_in_one_country_are_at_home_anywhere():
    swiss = sample_invoice(company=replace(COMPANY, country="CH"), buyer=replace(BUYER, country="CH"))
    assert needs(swiss) == ()


def test_a_small_business_names_no_vat_to_anybody(open_house):
    desk = open_house(small_business=True, vat_id="")
    for number, country in (("10017", "CH"), ("10018", "AT")):
        place, sessions = practice(desk, number=number, country=country)
        one = issuing.issue_open(desk, wish(place, sessions), UNTIL).value.invoice
        assert ([group.category for group in one.groups], one.vat_cents) == ([VatCategory.EXEMPT], 0)


@pytest.mark.parametrize("format_", [InvoiceFormat.PDF, InvoiceFormat.XRECHNUNG])
def test_who_owes_the_tax_is_not_charged_it_because_the_house_has_no_vat_id(open_house, format_):
    desk = open_house(vat_id="")
    use_format(desk, format_)
    place, sessions = practice(desk, country="AT", vat_id="ATU13585627")
    (found,) = open_customers(desk, UNTIL)
    assert [one.detail for one in found.obstacles] == [Need.COMPANY_VAT_ID.value]
    error = refused(desk, wish(place, sessions))
    assert error.parameters["needs"] == (Need.COMPANY_VAT_ID,)
    assert explain(error) == "Für die Rechnung fehlt noch: die eigene USt-IdNr."


def test_without_a_vat_id_a_customer_in_the_eu_is_taxed_at_home(open_house):
    desk = open_house()
    place, sessions = practice(desk, country="NL", vat_id="")
    one = issuing.issue_open(desk, wish(place, sessions), UNTIL).value.invoice
    assert [(group.category, group.rate) for group in one.groups] == [(VatCategory.STANDARD, 19)]
