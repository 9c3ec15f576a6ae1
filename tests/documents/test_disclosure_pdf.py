"""The answer to a request for access on paper: whole, in order, and no heading left behind."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pdf_reading import pages

from laverma_desk.documents.disclosure_pdf import render_disclosure
from laverma_desk.domain.company import Company
from laverma_desk.domain.disclosure import Disclosure, Entry, Section


def _answer(*sections):
    return Disclosure(
        Company(name="Laverma"),
        "de",
        "Auskunft nach Art. 15 DSGVO",
        "ZAP Dr. Bohrer",
        "10017",
        sections,
        datetime(2022, 3, 1, tzinfo=UTC),
    )


def _entry(title, lines):
    return Entry(title, tuple((f"Angabe {place}", f"{title} {place}") for place in range(lines)))


@pytest.mark.parametrize("before", range(24, 32))
@pytest.mark.parametrize("sentence", ["", "So lange wird das aufbewahrt."])
def test_a_heading_never_stands_alone_at_the_foot(before, sentence):
    paper = render_disclosure(
        _answer(
            Section("Stammdaten", (_entry("", before),)),
            Section("Verträge", (_entry("Vertrag vom 15.01.2022", 9),), sentence),
        ),
        lambda _share: None,
    )
    where = next(page for page in pages(paper) if "Verträge" in page)
    assert "Vertrag vom 15.01.2022 8" in where
