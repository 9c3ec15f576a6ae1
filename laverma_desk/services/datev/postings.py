"""Documents and money become postings: gross sums on a debtor's account against revenue or the bank."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from laverma_desk.domain.bookkeeping import BookkeepingSettings, bank_account, revenue_account
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.document_number import ALLOWED
from laverma_desk.domain.invoice import Invoice, InvoiceKind, VatCategory
from laverma_desk.domain.invoice_record import load
from laverma_desk.domain.money import vat_on
from laverma_desk.i18n import gettext_in
from laverma_desk.services.datev import columns
from laverma_desk.services.datev.lines import amount, day_and_month, short_day, whole_day
from laverma_desk.storage.bookkeeping import BookedDocument, BookedPayment, TaxedSum

_GERMAN = "de"
"""The language of a German bookkeeping."""
_LONGEST_TEXT = 60
_LONGEST_FIELD_2 = 12


@dataclass(frozen=True)
class Posting:
    """A row of a batch (Buchungssatz). `cents` are posted to `account`: in debit, or in credit below zero.

    `number` is the invoice's that is opened or settled, `reference` what else refers to it. None stands for
    an account that is not known yet, for which something is in the way. `way` is how the sum is taxed, None
    for money. `takes_back`: it is a cancellation's.
    """

    document: str
    customer_id: int
    cents: int
    account: int | None
    contra: int | None
    day: date
    number: str
    reference: str
    text: str
    way: tuple[VatCategory, Decimal] | None = None
    service_day: date | None = None
    due: date | None = None
    vat_id: str = ""
    takes_back: bool = False

    def cells(self, settings: BookkeepingSettings) -> dict[str, str]:
        """Return the columns that are not empty."""
        values = {
            columns.AMOUNT: amount(self.cents),
            columns.SIDE: "S" if self.cents > 0 else "H",
            columns.CURRENCY: "EUR",
            columns.ACCOUNT: str(self.account or ""),
            columns.CONTRA: str(self.contra or ""),
            columns.DAY: day_and_month(self.day),
            columns.FIELD_1: self.number,
            columns.FIELD_2: self.reference,
            columns.TEXT: self.text,
            columns.COMMITTED: str(int(settings.committed)),
        }
        if self.vat_id:
            values[columns.VAT_ID] = self.vat_id
        if self.due is not None:
            values[columns.DUE] = whole_day(self.due)
        if self.service_day is not None:
            # One without the other is refused. VAT belongs to the period of the service, and what is taken
            # back to the one in which that happens (§ 13 Abs. 1 Nr. 1, § 17 Abs. 1 Satz 8 UStG).
            values[columns.SERVICE_DAY] = whole_day(self.service_day)
            values[columns.TAX_PERIOD] = whole_day(self.day if self.takes_back else self.service_day)
        return values


def of_document(
    one: BookedDocument, account: int | None, debtor: Customer, settings: BookkeepingSettings
) -> Iterator[Posting]:
    """Yield a posting for each way in which an invoice, or its cancellation, is taxed; none for 0.00.

    A cancellation turns the sides around and settles what the invoice opened: it bears the invoice's number,
    its own stands beside it.
    """
    taking_back = one.kind is InvoiceKind.CANCELLATION
    own = one.number if len(one.number) <= _LONGEST_FIELD_2 and set(one.number) <= ALLOWED else ""
    due = short_day(one.due_on) if one.due_on else ""
    billed = [(part, cents) for part in one.sums if (cents := gross(part))]
    for part, cents in billed:
        yield Posting(
            document=one.number,
            customer_id=one.customer_id,
            cents=cents,
            account=account,
            contra=revenue_account(settings, part.category, part.rate),
            day=one.issued_on,
            number=one.cancels or one.number,
            reference=own if taking_back else due,
            text=_document_text(one, debtor),
            way=(part.category, part.rate),
            service_day=_service_day(one, part, len(billed)) if settings.service_dates else None,
            due=one.due_on,
            vat_id=_vat_id(one) if part.category is VatCategory.REVERSE_CHARGE else "",
            takes_back=taking_back,
        )


def _service_day(one: BookedDocument, part: TaxedSum, rates: int) -> date | None:
    """Return the last day of service as the paper names it, of several rates the last on which each held.

    None where no VAT is owed with the service.
    """
    if not _is_taxed(part):
        return None
    return one.last if rates == 1 else part.last


def of_payment(
    one: BookedPayment, account: int | None, debtor: Customer, settings: BookkeepingSettings
) -> Posting:
    """Return the posting of money: the bank against the debtor, turned around where it went back."""
    if one.takes_back:
        words = gettext_in(_GERMAN, "Payment taken back, %(number)s")
    elif one.cents < 0:
        words = gettext_in(_GERMAN, "Refund %(number)s")
    else:
        words = gettext_in(_GERMAN, "Payment %(number)s")
    return Posting(
        document=one.number,
        customer_id=one.customer_id,
        cents=one.cents,
        account=bank_account(settings),
        contra=account,
        day=one.paid_on,
        number=one.number,
        reference="",
        text=_named(words % {"number": one.number}, debtor),
    )


def gross(part: TaxedSum) -> int:
    """Return a sum with its VAT in cents, as the document itself has rounded it."""
    return part.net_cents + vat_on(part.net_cents, part.rate)


def _is_taxed(part: TaxedSum) -> bool:
    return part.category in (VatCategory.STANDARD, VatCategory.REVERSE_CHARGE)


def _document_text(one: BookedDocument, debtor: Customer) -> str:
    if one.kind is InvoiceKind.CANCELLATION:
        return _named(gettext_in(_GERMAN, "Cancellation %(number)s") % {"number": one.number}, debtor)
    first, last = f"{one.first:%m/%Y}", f"{one.last:%m/%Y}"
    months = last if first == last else f"{first}-{last}"
    return _named(gettext_in(_GERMAN, "Remote support %(month)s") % {"month": months}, debtor)


def _named(words: str, debtor: Customer) -> str:
    """Return words and the customer's name: no notes, and no name that was erased."""
    known = words if debtor.erased_at is not None else f"{words}, {debtor.name}"
    return fitting(known, _LONGEST_TEXT)


def fitting(value: str, longest: int) -> str:
    """Return a text on one line, letters and their marks in one, cut where it is too long."""
    plain = unicodedata.normalize("NFC", value)
    if not plain.isprintable():
        plain = "".join(one if one.isprintable() else " " for one in plain)
    return " ".join(plain.split())[:longest].rstrip()


def _vat_id(one: BookedDocument) -> str:
    """Return the customer's VAT ID as the document says it; an erased one says none."""
    return load(Invoice, one.record).buyer.vat_id if one.record else ""
