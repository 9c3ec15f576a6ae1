"""What an invoice says besides its lines, in its own language, before it is laid out."""

from __future__ import annotations

from datetime import date

from laverma_desk import text
from laverma_desk.documents.din_letter import SMALL, TEXT, Fact
from laverma_desk.documents.din_payment import Payment, Remark, Sum
from laverma_desk.documents.giro_code import Transfer
from laverma_desk.domain.invoice import Invoice, InvoiceKind, VatCategory, VatGroup
from laverma_desk.i18n import gettext_in, ngettext_in


def number(invoice: Invoice) -> str:
    """Return the number, or the word that stands for it in a preview."""
    return invoice.number or gettext_in(invoice.language, "Draft")


def title(invoice: Invoice) -> str:
    """Return the heading. A cancellation is never called a credit note (§ 14 Abs. 4 Nr. 10 UStG)."""
    tongue = invoice.language
    if not invoice.number:
        if invoice.kind is InvoiceKind.CANCELLATION:
            return gettext_in(tongue, "Draft cancellation invoice")
        return gettext_in(tongue, "Draft invoice")
    if invoice.kind is InvoiceKind.CANCELLATION:
        return gettext_in(tongue, "Cancellation invoice %(number)s") % {"number": invoice.number}
    return gettext_in(tongue, "Invoice %(number)s") % {"number": invoice.number}


def running_title(invoice: Invoice) -> str:
    """Return what stands at the top of later pages: Rechnung RE-2022-0031 vom 01.03.2022."""
    words = {"title": title(invoice), "date": text.date(invoice.issued_on, invoice.language)}
    return gettext_in(invoice.language, "%(title)s of %(date)s") % words


def period(first: date, last: date, language: str) -> str:
    """Return the days of the service; one day alone is that day."""
    if first == last:
        return text.date(first, language)
    return f"{text.date(first, language)} – {text.date(last, language)}"


def facts(invoice: Invoice) -> tuple[Fact, ...]:
    """Return the block at the right; what is unknown has no line."""
    tongue = invoice.language
    found: list[Fact]
    if invoice.kind is InvoiceKind.CANCELLATION:
        found = [
            Fact(gettext_in(tongue, "Cancellation no."), number(invoice), bold=True),
            Fact(gettext_in(tongue, "Date"), text.date(invoice.issued_on, tongue)),
        ]
    else:
        found = [
            Fact(gettext_in(tongue, "Invoice number"), number(invoice), bold=True),
            Fact(gettext_in(tongue, "Invoice date"), text.date(invoice.issued_on, tongue)),
        ]
    phone = text.phone(invoice.company.phone) if invoice.company.phone else ""
    found += [
        Fact(gettext_in(tongue, "Customer number"), invoice.buyer.number),
        Fact(gettext_in(tongue, "Service period"), period(invoice.first, invoice.last, tongue)),
        Fact(gettext_in(tongue, "Your VAT ID"), invoice.buyer.vat_id),
        Fact(gettext_in(tongue, "Your contact"), invoice.supporter_name),
        Fact(gettext_in(tongue, "Phone"), phone),
    ]
    return tuple(fact for fact in found if fact.value.strip())


def opening(invoice: Invoice) -> tuple[str, ...]:
    """Return the paragraphs between heading and table."""
    found = (invoice.texts.salutation, *invoice.texts.introduction.split("\n"))
    return tuple(one for one in found if one.strip())


def reference(invoice: Invoice) -> tuple[str, ...]:
    """Return what a cancellation takes back and why, line by line; nothing on an invoice."""
    tongue = invoice.language
    found: list[str] = []
    if invoice.cancels:
        words = {
            "number": invoice.cancels.number,
            "date": text.date(invoice.cancels.issued_on, tongue),
        }
        found.append(gettext_in(tongue, "for invoice %(number)s of %(date)s") % words)
    if invoice.reason.strip():
        found.append(gettext_in(tongue, "Reason: %(reason)s") % {"reason": invoice.reason})
    return tuple(found)


def sums(language: str, groups: tuple[VatGroup, ...], net_cents: int, minutes: int | None) -> tuple[Sum, ...]:
    """Return the sums above the total: net and VAT, for each rate where there are several.

    Where nothing but exempt lines stands, or what is not taxable here, there is no word of VAT (§ 14c UStG).
    """
    several = len(groups) > 1
    exempt = all(group.category in (VatCategory.EXEMPT, VatCategory.OUTSIDE) for group in groups)
    net = gettext_in(language, "Sum") if exempt else gettext_in(language, "Net")
    if minutes:
        count = ngettext_in(language, "%(n)s minute", "%(n)s minutes", minutes) % {
            "n": text.signed_number(minutes, language)
        }
        net = f"{net} ({count})"
    found = [Sum(net, text.signed_money(net_cents, language))]
    for group in groups:
        if exempt:
            break
        rate = text.percent(group.rate, language)
        if several:
            label = gettext_in(language, "of which at %(rate)s") % {"rate": rate}
            found.append(Sum(label, text.signed_money(group.net_cents, language)))
        found.append(
            Sum(
                gettext_in(language, "VAT %(rate)s") % {"rate": rate},
                text.signed_money(group.vat_cents, language),
            )
        )
    return tuple(found)


def total(invoice: Invoice) -> Sum:
    """Return the last line of the sums."""
    tongue = invoice.language
    if invoice.kind is InvoiceKind.CANCELLATION:
        what = gettext_in(tongue, "Cancelled amount")
    else:
        what = gettext_in(tongue, "Invoice total")
    return Sum(what, text.signed_money(invoice.gross_cents, tongue))


def remarks(rounding: tuple[str, ...], notices: tuple[str, ...]) -> tuple[Remark, ...]:
    """Return how time was rounded, and what tax law wants to be said."""
    return (
        *(Remark(one, SMALL.muted()) for one in rounding if one.strip()),
        *(Remark(one, TEXT) for one in notices if one.strip()),
    )


def payment(invoice: Invoice) -> Payment | None:
    """Return when and how to pay, or that there is nothing to pay; nothing where the house owes."""
    if invoice.kind is InvoiceKind.CANCELLATION or invoice.gross_cents < 0:
        return None
    if invoice.gross_cents == 0:
        return Payment(invoice.texts.terms, "", "", None)
    company, tongue = invoice.company, invoice.language
    if not company.iban:
        request = ""
    elif invoice.number:
        request = gettext_in(
            tongue, "Please transfer the total to the account named below, quoting %(number)s."
        ) % {"number": invoice.number}
    else:
        request = gettext_in(
            tongue, "Please transfer the total to the account named below, quoting the invoice number."
        )
    transfer = Transfer(
        company.account_holder, company.iban, company.bic, invoice.gross_cents, invoice.number
    )
    if not transfer.possible:
        return Payment(invoice.texts.terms, request, invoice.number, None)
    if not invoice.number:
        return Payment(invoice.texts.terms, request, "", None, stand_in=number(invoice))
    return Payment(invoice.texts.terms, request, invoice.number, transfer)


def closing(invoice: Invoice) -> tuple[str, ...]:
    """Return the last words, an empty line before the greeting."""
    greeting = (gettext_in(invoice.language, "Kind regards"), invoice.supporter_name)
    thanks = tuple(one for one in invoice.texts.closing.split("\n") if one.strip())
    return (*thanks, *([""] if thanks else []), *(one for one in greeting if one.strip()))
