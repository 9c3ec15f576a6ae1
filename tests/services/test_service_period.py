"""When a service was done: the calendar month where one is over and holds all lines, else their own days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice import DraftItem, LineKind, Unit
from laverma_desk.einvoice.reading import read_xml
from laverma_desk.services.invoicing import cancelling, issuing, items, preview
from laverma_desk.services.invoicing.drafts import create_drafts
from tests.support.invoice_desks import invoicing_desk, practice_to_bill  # noqa: F401 (fixtures)
from tests.support.invoice_houses import (
    FEBRUARY,
    UNTIL,
    add_sessions,
    draft_of,
    use_format,
    wish,
)


def period(desk, place, sessions, until=UNTIL, **change):
    (draft,) = create_drafts(desk, [wish(place, sessions)], until).value
    one = preview.preview_draft(desk, draft).invoice
    return one.first, one.last


def test_a_month_that_is_over_is_said_as_a_month_everywhere(desk, place):
    use_format(desk, InvoiceFormat.XRECHNUNG)
    issued = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 60, 60)), UNTIL).value
    month = (date(2022, 2, 1), date(2022, 2, 28))
    assert (issued.invoice.first, issued.invoice.last) == month
    figures = read_xml(issued.xml)
    assert (figures.first, figures.last) == month
    assert [(line.first, line.last) for line in figures.lines] == [
        (date(2022, 2, 3), date(2022, 2, 3)),
        (date(2022, 2, 4), date(2022, 2, 4)),
    ]
    back = cancelling.cancel_invoice(desk, issued.row.id, "falscher Kunde").value.invoice
    assert (back.first, back.last) == month


@pytest.mark.parametrize(
    ("until", "end"),
    [(date(2022, 2, 27), date(2022, 2, 4)), (UNTIL, UNTIL), (date(2022, 3, 1), UNTIL)],
)
def test_no_day_is_said_that_was_not_to_be_billed(desk, place, until, end):
    first, last = period(desk, place, add_sessions(desk, place, 60, 60), until)
    assert (first.day, last) == (1 if end == UNTIL else 3, end)


def test_no_day_after_the_invoice_is_said(desk, place):
    draft = draft_of(desk, place, add_sessions(desk, place, 60), issued_on=date(2022, 2, 27))
    one = preview.preview_draft(desk, draft).invoice
    assert (one.first, one.last) == (date(2022, 2, 3), date(2022, 2, 3))


def test_a_session_over_the_end_of_a_month_keeps_its_days(desk, place, clock):
    clock.set_wall(datetime(2022, 4, 2, 9, tzinfo=UTC))
    night = datetime(2022, 2, 28, 22, 50, tzinfo=UTC)
    found = period(desk, place, add_sessions(desk, place, 1800, begin=night), date(2022, 3, 31))
    assert found == (date(2022, 2, 28), date(2022, 3, 1))


def test_an_item_of_another_month_keeps_the_days_of_all_lines(desk, place):
    draft = draft_of(desk, place, add_sessions(desk, place, 60))
    items.put_item(
        desk, draft, DraftItem(0, LineKind.FLAT, date(2022, 1, 31), "x", Decimal(1), Unit.LUMP_SUM, 1)
    )
    one = preview.preview_draft(desk, draft).invoice
    assert (one.first, one.last) == (date(2022, 1, 31), FEBRUARY.date())
