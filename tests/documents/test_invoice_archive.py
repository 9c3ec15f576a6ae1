"""The archive side of invoices: PDF/A-3B, the embedded XML, metadata in agreement, the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from pdf_reading import reader

from laverma_desk.documents.invoice_pdf import render_invoice
from laverma_desk.documents.statement_pdf import render_statement
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice_sums import summed
from laverma_desk.domain.statement import Statement
from tests.support.invoice_makers import BUYER, COMPANY, sample_cancellation, sample_invoice

_XML = "<?xml version='1.0' encoding='UTF-8'?><Rechnung>Zähler &amp; Brücken</Rechnung>".encode()
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
_FX = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
_PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"


def _statement(lines: int = 5) -> Statement:
    invoice = summed(sample_invoice(lines))
    return Statement(
        language="de",
        company=COMPANY,
        buyer=BUYER,
        first=invoice.first,
        last=invoice.last,
        lines=invoice.lines,
        invoices=("",) * lines,
        groups=invoice.groups,
        net_cents=invoice.net_cents,
        vat_cents=invoice.vat_cents,
        gross_cents=invoice.gross_cents,
        minutes=invoice.minutes,
        roundings=invoice.roundings,
        allowances=(),
        notices=(),
        supporter_name="Klaus Klassen",
        created_at=datetime(2022, 3, 1, 9, tzinfo=UTC),
    )


_KINDS = {
    "hybrid": lambda: render_invoice(sample_invoice(), _XML),
    "plain": lambda: render_invoice(sample_invoice(format=InvoiceFormat.PDF)),
    "cancellation": lambda: render_invoice(sample_cancellation(), _XML),
    "preview": lambda: render_invoice(sample_invoice(), preview=True),
    "statement": lambda: render_statement(_statement()),
}


def _xmp(pdf):
    packet = reader(pdf).trailer["/Root"]["/Metadata"].get_data().decode()
    return ET.fromstring(packet[packet.index("<x:xmpmeta") : packet.index("<?xpacket end")])  # noqa: S314 (our own file)


def _said(xmp, name):
    element = next(xmp.iter(name))
    item = element.find(f".//{_RDF}li")
    return (element if item is None else item).text


@pytest.mark.parametrize("kind", list(_KINDS))
def test_fonts_are_embedded_subsets(kind):
    for page in reader(_KINDS[kind]()).pages:
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values()):
            assert "+" in font["/BaseFont"]
            assert "/ToUnicode" in font
            assert font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].get_data()


@pytest.mark.parametrize("kind", list(_KINDS))
def test_output_intent_and_pdfa_mark(kind):
    pdf = _KINDS[kind]()
    root = reader(pdf).trailer["/Root"]
    assert [one["/S"] for one in root["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert b"sRGB" in root["/OutputIntents"][0]["/DestOutputProfile"].get_data()
    xmp = _xmp(pdf)
    assert (_said(xmp, f"{_PDFAID}part"), _said(xmp, f"{_PDFAID}conformance")) == ("3", "B")
    for page in reader(pdf).pages:
        assert "/ExtGState" not in page["/Resources"], "nothing is transparent"


@pytest.mark.parametrize("kind", list(_KINDS))
def test_xmp_and_info_agree(kind):
    pdf = _KINDS[kind]()
    info, xmp = reader(pdf).metadata, _xmp(pdf)
    assert _said(xmp, f"{_DC}title") == info.title
    assert _said(xmp, f"{_DC}description") == info.subject
    assert _said(xmp, f"{_DC}creator") == info.author == "Laverma"
    assert _said(xmp, f"{_XMP}CreatorTool") == info.creator
    assert _said(xmp, f"{_PDF}Producer") == info.producer
    assert datetime.fromisoformat(_said(xmp, f"{_XMP}CreateDate")) == info.creation_date


def test_metadata_name_the_document():
    titles = {kind: reader(make()).metadata.title for kind, make in _KINDS.items()}
    assert titles == {
        "hybrid": "Rechnung RE-2022-0031",
        "plain": "Rechnung RE-2022-0031",
        "cancellation": "Stornorechnung ST-2022-0001",
        "preview": "Rechnungsentwurf",
        "statement": "Aufstellung 01.02.2022 – 28.02.2022",
    }
    info = reader(_KINDS["hybrid"]()).metadata
    assert info.subject == "ZAP Dr. Bohrer, 01.02.2022 – 28.02.2022"
    assert info.creation_date.date() == date(2022, 3, 1)


@pytest.mark.parametrize("kind", ["hybrid", "cancellation"])
def test_xml_is_embedded_as_an_alternative(kind):
    pdf = reader(_KINDS[kind]())
    root = pdf.trailer["/Root"]
    (file,) = root["/AF"]
    names = root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert names[0] == "factur-x.xml"
    assert names[1].get_object() == file.get_object()
    assert file["/AFRelationship"] == "/Alternative"
    assert (file["/F"], file["/UF"]) == ("factur-x.xml", "factur-x.xml")
    stream = file["/EF"]["/F"].get_object()
    assert stream["/Subtype"] == "/text/xml"
    assert stream["/Params"]["/ModDate"].startswith("D:2022030")
    assert stream.get_data() == _XML
    assert pdf.attachments == {"factur-x.xml": [_XML]}


def test_xmp_declares_what_zugferd_adds():
    xmp = _xmp(_KINDS["hybrid"]())
    said = {
        name: _said(xmp, f"{_FX}{name}")
        for name in ("DocumentType", "DocumentFileName", "Version", "ConformanceLevel")
    }
    assert said == {
        "DocumentType": "INVOICE",
        "DocumentFileName": "factur-x.xml",
        "Version": "1.0",
        "ConformanceLevel": "EN 16931",
    }
    assert f"{{{next(xmp.iter(f'{_SCHEMA}namespaceURI')).text}}}" == _FX
    assert next(xmp.iter(f"{_SCHEMA}prefix")).text == "fx"
    assert {one.text for one in xmp.iter(f"{_PROPERTY}name")} == set(said)


@pytest.mark.parametrize("format_", [InvoiceFormat.PDF, InvoiceFormat.XRECHNUNG])
def test_nothing_else_is_embedded(format_):
    pdf = render_invoice(sample_invoice(format=format_), _XML)
    root = reader(pdf).trailer["/Root"]
    assert "/AF" not in root
    assert reader(pdf).attachments == {}
    assert not list(_xmp(pdf).iter(f"{_FX}DocumentType"))


def test_a_preview_holds_no_xml_that_software_would_book():
    for pdf in (
        render_invoice(sample_invoice(), _XML, preview=True),
        render_invoice(sample_invoice(number=""), _XML),
    ):
        assert reader(pdf).attachments == {}
        assert reader(pdf).metadata.title == "Rechnungsentwurf"


@pytest.mark.parametrize("kind", list(_KINDS))
def test_the_same_record_is_the_same_bytes(kind):
    assert _KINDS[kind]() == _KINDS[kind]()


def test_other_records_are_other_bytes():
    invoice = sample_invoice()
    assert render_invoice(invoice) != render_invoice(replace(invoice, number="RE-2022-0032"))
    assert render_invoice(invoice, _XML) != render_invoice(invoice, _XML + b" ")


@pytest.mark.skipif(
    shutil.which("qpdf") is None and "CI" not in os.environ, reason="qpdf is not installed; CI must have it"
)
@pytest.mark.parametrize("kind", list(_KINDS))
def test_qpdf_finds_nothing(kind, tmp_path):
    file = tmp_path / "document.pdf"
    file.write_bytes(_KINDS[kind]())
    checked = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "No syntax or stream encoding errors found" in checked.stdout
