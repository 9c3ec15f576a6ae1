"""The XML inside a finished invoice, taken out again as any other program would."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped]

from laverma_desk.documents.conformance import XML_NAME


def embedded_xml(pdf: bytes) -> bytes | None:
    """Return the XML of a hybrid invoice, None where the PDF carries none. Raises ValueError for no PDF."""
    try:
        document = pypdfium2.PdfDocument(pdf)
        return _attached(document)
    except pypdfium2.PdfiumError as trouble:
        raise ValueError(len(pdf)) from trouble


def _attached(document: pypdfium2.PdfDocument) -> bytes | None:
    try:
        for place in range(document.count_attachments()):
            attachment = document.get_attachment(place)
            if attachment.get_name() == XML_NAME:
                return bytes(attachment.get_data())
    finally:
        document.close()
    return None
