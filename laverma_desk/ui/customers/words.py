"""How the choices of a record are called."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.customer import InvoiceFormat, Salutation, Tool
from laverma_desk.domain.tariff import Rounding
from laverma_desk.i18n import NAMES, _

Choices = list[tuple[str, str]]
"""The value that is kept, and its words."""


def salutations() -> Choices:
    """Return how a person is addressed."""
    return [
        (Salutation.NONE.value, _("no salutation")),
        (Salutation.MS.value, _("Ms")),
        (Salutation.MR.value, _("Mr")),
    ]


def languages() -> Choices:
    """Return the languages of documents, each in its own words."""
    return list(NAMES.items())


def tools() -> Choices:
    """Return the remote-support programs."""
    return [(one.value, text.tool(one)) for one in Tool]


def roundings() -> Choices:
    """Return the rounding rules, the house's own first."""
    return [("", _("as the house"))] + [(one.value, text.rounding_name(one)) for one in Rounding]


def invoice_formats() -> Choices:
    """Return as what invoices are sent."""
    return [(one.value, invoice_format(one)) for one in InvoiceFormat]


def invoice_format(one: InvoiceFormat) -> str:
    """Return the name of a kind of invoice."""
    return {
        InvoiceFormat.HOUSE: _("PDF, as the house sends it"),
        InvoiceFormat.PDF: _("PDF"),
        InvoiceFormat.ZUGFERD: _("ZUGFeRD, PDF with XML"),
        InvoiceFormat.XRECHNUNG: _("XRechnung, XML"),
    }[one]
