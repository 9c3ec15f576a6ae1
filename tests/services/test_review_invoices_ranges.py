"""Ranges of numbers whose pattern changed, and lists that are searched as people type."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from laverma_desk.domain.invoice_register import InvoiceTab
from laverma_desk.services.invoicing import issuing, register
from laverma_desk.services.invoicing.verifying import verify
from laverma_desk.services.setup import house, house_billing
from tests.support.invoice_desks import invoicing_desk  # noqa: F401 (fixtures)
from tests.support.invoice_houses import FEBRUARY, UNTIL, add_practice, add_sessions, wish


def issue(desk, place, day):
    sessions = add_sessions(desk, place, 600, begin=FEBRUARY + timedelta(days=day))
    return issuing.issue_open(desk, wish(place, sessions), UNTIL).value.row.number


def count_as(desk, pattern):
    settings = house.read_house(desk).invoice
    house_billing.save_invoice_settings(desk, replace(settings, number_format=pattern))


def test_documents_of_another_pattern_are_no_gap_in_a_range(desk):
    place = add_practice(desk)
    count_as(desk, "R-{seq}")
    numbers = [issue(desk, place, 0)]
    count_as(desk, "RE-{year}-{seq:04}")
    numbers += [issue(desk, place, 1), issue(desk, place, 2)]
    assert numbers == ["R-1", "RE-2022-0001", "RE-2022-0002"]
    assert verify(desk) == ()


def test_a_search_minds_neither_capitals_nor_accents(desk):
    issue(desk, add_practice(desk, "10018", "Praxis Dr. Weiß-Müller"), 0)
    for typed in ("  WEISS ", "müller", "MULLER", "10018", "re-2022", ""):
        found = register.invoices(desk, InvoiceTab.ISSUED, typed)
        assert [one.number for one in found] == ["RE-2022-0001"], typed
    assert register.invoices(desk, InvoiceTab.ISSUED, "10019") == ()
