from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice import InvoiceLine, LineKind, Unit
from laverma_desk.domain.invoice_sums import check_sums
from laverma_desk.domain.tariff import Rounding
from laverma_desk.einvoice.agreeing import agree
from laverma_desk.einvoice.checking import check_xml
from laverma_desk.einvoice.reading import read_xml
from laverma_desk.einvoice.writing import write_xml
from tests.support.invoice_makers import item_line, sample_cancellation, sample_invoice, session_line
from tests.support.xml_asking import half_up

FIRST = datetime(2020, 7, 1, tzinfo=UTC)
RATES = st.sampled_from([Decimal(19), Decimal(16), Decimal(7), Decimal("7.5")])
TEXTS = st.text(max_size=40).map(lambda one: f"Arbeit {one}")


@st.composite
def lines(draw: st.DrawFn) -> InvoiceLine:
    rate, text = draw(RATES), draw(TEXTS)
    day = FIRST + timedelta(minutes=draw(st.integers(0, 1_000_000)))
    if draw(st.booleans()):
        return session_line(
            begin=day,
            seconds=draw(st.integers(0, 100_000)),
            rounding=draw(st.sampled_from(Rounding)),
            price_cents=draw(st.integers(0, 99_999)),
            vat_rate=rate,
            free_reason=draw(st.sampled_from(["", "", "Garantie"])),
            text=text,
        )
    return item_line(
        kind=draw(st.sampled_from([LineKind.TRAVEL, LineKind.INCLUDED_MINUTES, LineKind.OTHER])),
        text=text,
        quantity=draw(st.decimals(-9999, 9999, places=3)),
        unit=draw(st.sampled_from(Unit)),
        price_cents=draw(st.integers(0, 99_999)),
        day=day.date(),
        vat_rate=rate,
    )


@settings(max_examples=80)
@given(
    given_lines=st.lists(lines(), min_size=1, max_size=12).map(tuple),
    format_=st.sampled_from([InvoiceFormat.ZUGFERD, InvoiceFormat.XRECHNUNG]),
    cancelled=st.booleans(),
)
def test_any_lines_make_a_file_that_passes_and_agrees_to_the_cent(
    given_lines: tuple[InvoiceLine, ...], format_: InvoiceFormat, cancelled: bool
) -> None:
    invoice = replace(sample_invoice(given_lines), format=format_)
    if cancelled:
        invoice = sample_cancellation(invoice)
    check_sums(invoice)
    xml = write_xml(invoice)
    assert check_xml(xml, format_) == ()
    figures = read_xml(xml)
    assert agree(invoice, figures) == ()
    sign = -1 if cancelled else 1
    nets: dict[Decimal, Decimal] = defaultdict(Decimal)
    for line in given_lines:
        nets[line.vat_rate] += sign * half_up(line.quantity * line.price_cents / line.base / 100)
    vat = {rate: half_up(net * rate / 100) for rate, net in nets.items()}
    assert {one.rate: Decimal(one.vat_cents) / 100 for one in figures.groups} == vat
    assert Decimal(figures.gross_cents) / 100 == sum(nets.values()) + sum(vat.values())
