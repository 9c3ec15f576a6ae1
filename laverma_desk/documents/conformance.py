"""What makes a PDF an archive file: PDF/A-3B, metadata in agreement, the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape  # nosec B406 # (escapes, reads nothing)

from fpdf import FPDF
from fpdf.prefs import ViewerPreferences

from laverma_desk.documents.glyphs import clean

_CREATOR = "Laverma Desk"
_PRODUCER = "fpdf2"
XML_NAME = "factur-x.xml"
_LANGUAGE_TAGS = {"de": "de-DE", "en": "en"}

_FACTUR_X_PROPERTIES = (
    ("DocumentFileName", XML_NAME, "The name of the embedded XML document"),
    ("DocumentType", "INVOICE", "The type of the hybrid document in capital letters, e.g. INVOICE or ORDER"),
    ("Version", "1.0", "The actual version of the standard applying to the embedded XML document"),
    ("ConformanceLevel", "EN 16931", "The conformance level of the embedded XML document"),
)
_FACTUR_X_NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"


def _factur_x() -> str:
    """Return what ZUGFeRD adds to an XMP packet: four properties, and the schema that declares them."""
    said = "\n".join(f"<fx:{name}>{value}</fx:{name}>" for name, value, _sense in _FACTUR_X_PROPERTIES)
    declared = "\n".join(
        f"""<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>{sense}</pdfaProperty:description></rdf:li>"""
        for name, _value, sense in _FACTUR_X_PROPERTIES
    )
    return f"""<rdf:Description rdf:about="" xmlns:fx="{_FACTUR_X_NAMESPACE}">
{said}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_FACTUR_X_NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
{declared}
</rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


@dataclass(frozen=True)
class Metadata:
    """What a document says about itself; texts in any script, `created_at` aware, `language` de or en.

    `seal`: the hash of the record that it was made from, in plain letters; it becomes the document's keyword.
    """

    title: str
    subject: str
    author: str
    language: str
    created_at: datetime
    seal: str = ""

    def tidy(self) -> Metadata:
        """Return the same in one line each, without control characters, in whole seconds of UTC."""
        return Metadata(
            title=_in_one_line(self.title),
            subject=_in_one_line(self.subject),
            author=_in_one_line(self.author),
            language=self.language,
            created_at=self.created_at.astimezone(UTC).replace(microsecond=0),
            seal=self.seal,
        )


def new_document(about: Metadata, invoice_xml: bytes | None = None) -> FPDF:
    """Return an empty A4 document, in points, that fpdf2 keeps within PDF/A-3B (ISO 19005-3).

    With `invoice_xml` it is a ZUGFeRD invoice of the profile EN 16931: the XML is embedded as
    factur-x.xml, an alternative of the pages (ZUGFeRD 2.3, 6.2), and the XMP packet says so.

    fpdf2 adds the sRGB output intent and the file ID, a hash of the content. Its own XMP packet carries
    the moment of writing, so ours replaces it: the same document is the same bytes.
    """
    tidy = about.tidy()
    pdf = FPDF(unit="pt", format="A4", enforce_compliance="PDF/A-3B")
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.set_creation_date(tidy.created_at)
    pdf.set_lang(_LANGUAGE_TAGS[tidy.language])
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    if invoice_xml is not None:
        pdf.embed_file(
            bytes=invoice_xml,
            basename=XML_NAME,
            desc="Factur-X/ZUGFeRD invoice",
            mime_type="text/xml",
            associated_file_relationship="Alternative",
            creation_date=tidy.created_at,
            modification_date=tidy.created_at,
            compress=True,
        )
    pdf.set_xmp_metadata(_xmp(tidy, _factur_x() if invoice_xml is not None else ""))
    return pdf


def finished(pdf: FPDF, about: Metadata) -> bytes:
    """Return the document's bytes, with an Info dictionary that says what the XMP packet says.

    fpdf2 leaves that dictionary out of a PDF/A, which is allowed; but some programs read nothing
    else. It is put behind the last object, and the cross-reference table grows by a line
    (ISO 32000-1, 7.5.4 and 14.3.3).
    """
    plain = bytes(pdf.output())
    place = int(plain.rsplit(b"startxref\n", 1)[1].split()[0])
    objects, table = plain[:place], plain[place:].decode("ascii")
    found = re.search(r"/Size (\d+)", table)
    if found is None:
        raise ValueError(table)
    number = int(found[1])
    info = _info(number, about.tidy())
    for old, new in (
        (f"xref\n0 {number}\n", f"xref\n0 {number + 1}\n"),
        ("trailer\n", f"{place:010} 00000 n \ntrailer\n"),
        (f"/Size {number}\n", f"/Size {number + 1}\n/Info {number} 0 R\n"),
        (f"startxref\n{place}\n", f"startxref\n{place + len(info)}\n"),
    ):
        table = table.replace(old, new, 1)
    return objects + info + table.encode("ascii")


def _info(number: int, about: Metadata) -> bytes:
    entries = {
        "Title": _string(about.title),
        "Subject": _string(about.subject),
        "Author": _string(about.author) if about.author else "",
        "Keywords": f"({about.seal})" if about.seal else "",
        "Creator": _string(_CREATOR),
        "Producer": _string(_PRODUCER),
        "CreationDate": f"(D:{about.created_at:%Y%m%d%H%M%S}Z)",
    }
    lines = "\n".join(f"/{key} {value}" for key, value in entries.items() if value)
    return f"{number} 0 obj\n<<\n{lines}\n>>\nendobj\n".encode("ascii")


def _string(text: str) -> str:
    """Return a text string in UTF-16, written in hexadecimal so that nothing needs escaping."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def _in_one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _xmp(about: Metadata, extension: str) -> str:
    title, subject, author = (escape(text) for text in (about.title, about.subject, about.author))
    keywords = f"<pdf:Keywords>{about.seal}</pdf:Keywords>\n" if about.seal else ""
    creator = f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>" if author else ""
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
{creator}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<xmp:CreatorTool>{_CREATOR}</xmp:CreatorTool>
<xmp:CreateDate>{about.created_at.isoformat()}</xmp:CreateDate>
{keywords}<pdf:Producer>{_PRODUCER}</pdf:Producer>
</rdf:Description>
{extension}</rdf:RDF>
</x:xmpmeta>"""
