"""What an invoice in a list says about money that came in and is not owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice import InvoiceKind
from laverma_desk.domain.invoice_register import InvoiceRow, InvoiceState

ROW = InvoiceRow(
    1,
    "RE-2022-0001",
    InvoiceKind.INVOICE,
    1,
    "ZAP Dr. Bohrer",
    date(2022, 2, 28),
    date(2022, 3, 14),
    11_900,
    10_000,
    0,
    InvoiceState.PAID,
    sent=True,
    format=InvoiceFormat.PDF,
    cancelled_by="",
    cancels="",
    reminder_level=1,
    charged_cents=540,
)


@pytest.mark.parametrize(("paid", "surplus"), [(0, 0), (11_900, 0), (12_440, 0), (12_441, 1), (-100, 0)])
def test_what_a_letter_asks_on_top_may_come_in_too(paid, surplus):
    assert replace(ROW, paid_cents=paid).surplus_cents == surplus


@pytest.mark.parametrize("state", [InvoiceState.CANCELLED, InvoiceState.CANCELLATION])
def test_all_that_came_in_for_what_is_cancelled_goes_back(state):
    assert replace(ROW, state=state, paid_cents=500).surplus_cents == 500
