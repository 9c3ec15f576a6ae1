"""The archive side of a document: PDF/A-3B marks, embedded fonts, metadata in agreement."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from pdf_reading import reader

from laverma_desk.documents.report_pdf import render_report

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"


def _xmp(pdf):
    packet = reader(pdf).trailer["/Root"]["/Metadata"].get_data().decode()
    return ET.fromstring(packet[packet.index("<x:xmpmeta") : packet.index("<?xpacket end")])  # noqa: S314 (our own file)


def _said(xmp, name):
    element = next(xmp.iter(name))
    item = element.find(f".//{_RDF}li")
    return (element if item is None else item).text


def test_every_font_is_embedded_as_a_subset(report):
    fonts = reader(render_report(replace(report, notes="مرحبا"))).pages[0]["/Resources"]["/Font"]
    assert len(fonts) == 3
    for font in (one.get_object() for one in fonts.values()):
        assert "+" in font["/BaseFont"]
        assert "/ToUnicode" in font
        embedded = font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].get_data()
        assert 1000 < len(embedded) < 60_000


def test_of_a_font_only_what_draws_glyphs_goes_along(report):
    fonts = reader(render_report(replace(report, notes="مرحبا"))).pages[0]["/Resources"]["/Font"]
    for font in (one.get_object() for one in fonts.values()):
        embedded = font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].get_data()
        with TTFont(io.BytesIO(embedded)) as found:
            tables = set(found.reader.keys())
        # ISO 32000-1, 9.9: the tables of a TrueType font program in a PDF.
        needed = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}
        assert needed <= tables <= needed | {"cmap", "cvt ", "fpgm", "prep"}


def test_output_intent_is_srgb(report):
    intents = reader(render_report(report)).trailer["/Root"]["/OutputIntents"]
    assert [one["/S"] for one in intents] == ["/GTS_PDFA1"]
    profile = intents[0]["/DestOutputProfile"]
    assert profile["/N"] == 3
    assert b"sRGB" in profile.get_data()


def test_file_says_that_it_is_pdfa_3b(report):
    xmp = _xmp(render_report(report))
    assert (_said(xmp, f"{_PDFAID}part"), _said(xmp, f"{_PDFAID}conformance")) == ("3", "B")
    trailer = reader(render_report(report)).trailer
    assert len(trailer["/ID"]) == 2
    assert "/Encrypt" not in trailer


@pytest.mark.parametrize(
    "customer", ["ZAP Dr. Bohrer", "A & B <Zahn> ]]> \"'", "عمر 😀\x00\ud800\ufffe\n\tZwei", "50 % (rund) \\"]
)
def test_xmp_and_info_agree(report, customer):
    company = replace(report.company, name=f"Laverma {customer}")
    pdf = render_report(replace(report, customer_name=customer, company=company))
    info, xmp = reader(pdf).metadata, _xmp(pdf)
    assert _said(xmp, f"{_DC}title") == info.title == "Bericht zur Fernwartung S-2022-0214"
    assert _said(xmp, f"{_DC}description") == info.subject
    assert info.subject.endswith(", Dienstag, 1. März 2022")
    assert _said(xmp, f"{_DC}creator") == info.author
    assert _said(xmp, f"{_XMP}CreatorTool") == info.creator == "Laverma Desk"
    assert _said(xmp, f"{_PDF}Producer") == info.producer
    assert datetime.fromisoformat(_said(xmp, f"{_XMP}CreateDate")) == info.creation_date


def test_creation_date_is_the_reports_own(report):
    elsewhere = replace(
        report, created_at=datetime(2022, 3, 1, 10, 34, 30, tzinfo=timezone(timedelta(hours=1)))
    )
    for one in (report, elsewhere):
        assert reader(render_report(one)).metadata.creation_date == datetime(
            2022, 3, 1, 9, 34, 30, tzinfo=UTC
        )


def test_author_falls_back_to_the_supporter_and_may_be_missing(report):
    nameless = replace(report, company=replace(report.company, name=""))
    assert reader(render_report(nameless)).metadata.author == "Klaus Klassen"
    pdf = render_report(replace(nameless, supporter_name=""))
    assert reader(pdf).metadata.author is None
    assert not list(_xmp(pdf).iter(f"{_DC}creator"))


@pytest.mark.parametrize(("language", "tag"), [("de", "de-DE"), ("en", "en")])
def test_language_is_tagged(report, language, tag):
    root = reader(render_report(replace(report, language=language))).trailer["/Root"]
    assert root["/Lang"] == tag
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
