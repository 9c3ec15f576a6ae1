"""Nothing is issued whose XML the rules refuse or whose paper says something else than its record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import VatGroup
from laverma_desk.domain.invoice_sums import SumsDisagree
from laverma_desk.einvoice import writing
from laverma_desk.services.invoicing import issuing, papers, storing, verifying
from laverma_desk.services.setup import house
from tests.support.invoice_desks import invoicing_desk, practice_to_bill  # noqa: F401 (fixtures)
from tests.support.invoice_houses import (
    COMPANY,
    UNTIL,
    add_sessions,
    rows,
    use_format,
    wish,
)


@pytest.mark.parametrize("one", [InvoiceFormat.ZUGFERD, InvoiceFormat.XRECHNUNG])
def test_what_the_rules_refuse_is_not_issued_and_they_are_quoted(desk, place, one):
    """A VAT ID without its country's letters: no field is empty, but BR-CO-09 refuses it."""
    use_format(desk, one)
    house.save_company(desk, replace(COMPANY, vat_id="123456788"))
    wanted = wish(place, add_sessions(desk, place, 742))
    with pytest.raises(RuleBroken) as caught:
        issuing.issue_open(desk, wanted, UNTIL)
    assert caught.value.code is Rule.INVOICE_REFUSED
    assert "BR-CO-09" in " ".join(caught.value.parameters["findings"])
    assert rows(desk, "invoice") == rows(desk, "document") == []
    assert [row for row in rows(desk, "number_range") if row[0] == "invoice"] == []
    house.save_company(desk, COMPANY)
    assert issuing.issue_open(desk, wanted, UNTIL).value.row.number == "RE-2022-0001"


@pytest.mark.parametrize("one", [InvoiceFormat.ZUGFERD, InvoiceFormat.XRECHNUNG])
def test_what_the_rules_let_pass_is_not_issued_where_it_is_not_what_the_record_says(
    desk, place, one, monkeypatch
):
    """A writer that is a day out: no rule knows when the money is due."""
    use_format(desk, one)
    wanted = wish(place, add_sessions(desk, place, 742))
    write = writing.write_xml
    late = timedelta(days=1)
    with monkeypatch.context() as patched:
        patched.setattr(
            writing, "write_xml", lambda invoice: write(replace(invoice, due_on=invoice.due_on + late))
        )
        with pytest.raises(RuleBroken) as caught:
            issuing.issue_open(desk, wanted, UNTIL)
    assert caught.value.code is Rule.INVOICE_REFUSED
    (said,) = caught.value.parameters["findings"]
    assert said == "Die XML sagt bei Fälligkeit: 16.03.2022 statt 15.03.2022."
    assert rows(desk, "invoice") == rows(desk, "document") == []
    assert issuing.issue_open(desk, wanted, UNTIL).value.row.number == "RE-2022-0001"


def test_every_figure_on_paper_and_in_xml_is_held_against_the_record(desk, place):
    use_format(desk, InvoiceFormat.ZUGFERD)
    made = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 742)), UNTIL).value
    one = made.invoice
    assert papers.misprints(made.pdf, one, made.xml) == papers.differences(made.xml, one) == []
    (group,) = one.groups
    changed = [
        replace(one, number="RE-2022-0002"),
        replace(one, net_cents=one.net_cents + 1),
        replace(one, groups=(VatGroup(group.category, group.rate, group.net_cents, group.vat_cents + 1),)),
        replace(one, gross_cents=one.gross_cents - 1),
    ]
    for other in changed:
        assert len(papers.misprints(made.pdf, other, made.xml)) == 1
        assert papers.differences(made.xml, other)
        if other.number == one.number:
            with pytest.raises(SumsDisagree):
                papers.make_papers(other)
    assert papers.misprints(made.pdf, one, made.xml + b" ") == ["Die XML-Datei im PDF ist nicht die daneben."]
    assert papers.misprints(b"no PDF", one) == ["Das PDF lässt sich nicht zurücklesen."]


def test_the_last_try_keeps_the_lock(desk, place, monkeypatch):
    monkeypatch.setattr(storing, "_TRIES", 0)
    made = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 742)), UNTIL).value
    assert made.row.number == "RE-2022-0001"
    assert verifying.verify(desk) == ()
