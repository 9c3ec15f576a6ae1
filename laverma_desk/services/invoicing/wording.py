"""The sentences on an invoice, in its own language, as they are frozen with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from laverma_desk import text
from laverma_desk.domain.customer import Contact
from laverma_desk.domain.invoice import Invoice, InvoiceTexts, LineKind
from laverma_desk.i18n import gettext_in
from laverma_desk.services.invoicing.taxing import notices
from laverma_desk.services.mails.reporting import salutation

NOTHING_SAID = InvoiceTexts()


def written(
    invoice: Invoice, contact: Contact | None, introduction: str, rules: Iterable[str] = ()
) -> Invoice:
    """Return a counted invoice with all its sentences; `introduction` replaces the house's own.

    `rules` say what else but the rounding makes billed time differ from a session's duration.
    """
    language = invoice.language
    return replace(
        invoice,
        texts=InvoiceTexts(
            salutation=f"{salutation(invoice.buyer.contact, contact, language)},",
            introduction=introduction.strip() or introduction_of(invoice),
            terms=terms(invoice),
            rounding=(*(text.rounding_rule(one, language) for one in invoice.roundings), *rules),
            notices=notices(invoice.company, invoice.lines, invoice.issued_on, language),
            closing=gettext_in(language, "Thank you for your trust."),
        ),
    )


def introduction_of(invoice: Invoice) -> str:
    """Return what stands between salutation and table: what is billed, for when, and how exactly."""
    language = invoice.language
    words = {"period": period(invoice.first, invoice.last, language)}
    if not any(line.kind is LineKind.SESSION for line in invoice.lines):
        return gettext_in(language, "for our services %(period)s we charge you:") % words
    exact = {one.counts_seconds for one in invoice.roundings}
    if exact == {False}:
        said = gettext_in(language, "for our remote support %(period)s we charge you, exact to the minute:")
    elif exact == {True}:
        said = gettext_in(language, "for our remote support %(period)s we charge you, exact to the second:")
    else:
        said = gettext_in(language, "for our remote support %(period)s we charge you:")
    return said % words


def period(first: date, last: date, language: str) -> str:
    """Return when something was done, as part of a sentence: a month, a day, or from one day to another."""
    if (first.year, first.month) == (last.year, last.month):
        return gettext_in(language, "in %(month)s") % {"month": text.month(first, language)}
    return gettext_in(language, "from %(first)s to %(last)s") % {
        "first": text.date(first, language),
        "last": text.date(last, language),
    }


def terms(invoice: Invoice) -> str:
    """Return until when an invoice is to be paid; what costs nothing is not."""
    if invoice.gross_cents == 0 or invoice.due_on is None:
        return gettext_in(invoice.language, "There is nothing to pay.")
    return gettext_in(invoice.language, "Payable without deduction by %(day)s.") % {
        "day": text.date(invoice.due_on, invoice.language)
    }


def cancelling(invoice: Invoice) -> InvoiceTexts:
    """Return the sentences of the document that takes an invoice back."""
    words = {"number": invoice.number, "day": text.date(invoice.issued_on, invoice.language)}
    said = gettext_in(invoice.language, "we hereby cancel our invoice %(number)s of %(day)s:")
    return replace(invoice.texts, introduction=said % words, terms="", closing="")
