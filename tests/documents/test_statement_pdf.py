"""The statement on paper: figures for a period, and the plain word that it is no invoice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invoice_pages import carried_on, page_texts, said
from test_invoice_archive import _statement

from laverma_desk.documents.statement_pdf import render_statement
from tests.support.invoice_makers import COMPANY, picture_lines, small_business_invoice


@pytest.fixture
def statement():
    return replace(_statement(), invoices=("RE-2022-0031", "RE-2022-0031", "", "", ""))


def test_it_says_what_it_is_and_what_it_is_not(statement):
    paper = said(render_statement(statement))
    assert "Aufstellung Dies ist keine Rechnung." in paper
    assert "Unsere Fernwartung vom 01.02.2022 bis 28.02.2022:" in paper
    assert "Zeitraum 01.02.2022 – 28.02.2022" in paper
    for word in ("Rechnungsnummer", "Rechnungsbetrag", "GiroCode", "überweisen"):
        assert word not in paper


def test_each_line_says_where_it_was_billed(statement):
    paper = said(render_statement(statement))
    assert paper.count("berechnet mit RE-2022-0031") == 2
    assert paper.count("noch nicht berechnet") == 2
    assert "kostenlos, Garantie J. Petersen" in paper


def test_sums_and_rounding_rule_stand_below(statement):
    paper = said(render_statement(statement))
    assert "Netto (66 Minuten) 148,50 € Umsatzsteuer 19 % 28,22 € Gesamt 176,72 €" in paper
    assert "jede angefangene Minute zählt" in paper


def test_a_small_business_shows_no_vat(statement):
    exempt = small_business_invoice()
    paper = said(
        render_statement(
            replace(
                statement,
                company=replace(COMPANY, small_business=True, vat_id=""),
                notices=("Steuerfrei nach § 19 UStG (Kleinunternehmer).",),
                lines=exempt.lines,
                groups=exempt.groups,
                vat_cents=0,
                gross_cents=exempt.gross_cents,
            )
        )
    )
    assert "§ 19 UStG" in paper
    assert "Umsatzsteuer 19" not in paper
    assert "Gesamt 148,50 €" in paper


def test_many_lines_carry_their_sums(statement):
    lines = tuple(replace(one, position=place) for place, one in enumerate(picture_lines(50), 1))
    pages = page_texts(render_statement(replace(statement, lines=lines, invoices=("",) * 50)))
    assert len(pages) > 2
    assert carried_on(pages[0]) == carried_on(pages[1])[:1]
    assert "Aufstellung 01.02.2022 – 28.02.2022, ZAP Dr. Bohrer" in pages[1]


def test_in_english(statement):
    paper = said(render_statement(replace(statement, language="en")))
    assert "Statement This is not an invoice." in paper
    assert "billed with RE-2022-0031" in paper
    assert "Rechnung " not in paper
