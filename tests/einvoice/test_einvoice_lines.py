"""A line written straight into the tree is the line that drafthorse, a model of the syntax, writes."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from decimal import Decimal

from drafthorse.models.note import IncludedNote
from drafthorse.models.tradelines import LineItem
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.invoice import InvoiceLine, LineKind, Unit, VatCategory
from laverma_desk.einvoice.amounts import euros, percent, plain
from laverma_desk.einvoice.lines import line_element, line_name, line_note
from tests.support.invoice_makers import item_line, session_line

_WORDS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"]), max_size=40)
_DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@st.composite
def _lines(draw) -> InvoiceLine:
    line = draw(st.sampled_from([session_line(), item_line()]))
    return replace(
        line,
        text=draw(_WORDS.filter(str.strip)),
        place=draw(_WORDS),
        supporter=draw(_WORDS),
        free_reason=draw(_WORDS),
        quantity=draw(st.decimals(-9999, 9999, places=2)),
        unit=draw(st.sampled_from(Unit)),
        base=draw(st.sampled_from([1, 60])),
        price_cents=draw(st.integers(0, 10**7)),
        net_cents=draw(st.integers(-(10**7), 10**7)),
        vat_category=draw(st.sampled_from(VatCategory)),
        vat_rate=draw(st.sampled_from([Decimal(0), Decimal(7), Decimal(19), Decimal("7.125")])),
        first=draw(_DAYS),
        last=draw(_DAYS),
    )


def _by_drafthorse(line: InvoiceLine, language: str) -> ET.Element:
    item = LineItem()
    item.document.line_id = str(line.position)
    if line_note(line, language):
        item.document.notes.add(IncludedNote(content=line_note(line, language)))
    item.product.name = line_name(line, language)
    item.agreement.net.amount = euros(line.price_cents)
    if line.base != 1:
        item.agreement.net.basis_quantity = (str(line.base), line.unit.value)
    item.delivery.billed_quantity = (plain(line.quantity), line.unit.value)
    item.settlement.trade_tax.type_code = "VAT"
    item.settlement.trade_tax.category_code = line.vat_category.value
    item.settlement.trade_tax.rate_applicable_percent = percent(line.vat_rate)
    item.settlement.period.start = line.first
    item.settlement.period.end = line.last
    item.settlement.monetary_summation.total_amount = euros(line.net_cents)
    return item.to_etree()


@given(_lines(), st.sampled_from(["de", "en"]))
def test_a_line_is_the_one_of_the_model(line: InvoiceLine, language: str) -> None:
    assert ET.canonicalize(ET.tostring(line_element(line, language))) == ET.canonicalize(
        ET.tostring(_by_drafthorse(line, language))
    )


def test_the_kinds_of_lines_that_are_compared_are_all_there_are() -> None:
    assert {LineKind.SESSION, LineKind.TRAVEL} == {session_line().kind, item_line().kind}
