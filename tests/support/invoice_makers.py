"""Invoices for tests: picture 12's five sessions, as many lines as wanted, and every kind of line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.company import Company
from laverma_desk.domain.customer import InvoiceFormat, Salutation
from laverma_desk.domain.invoice import (
    Buyer,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceTexts,
    LineKind,
    Unit,
    VatCategory,
)
from laverma_desk.domain.invoice_sums import cancellation_of, line_net, summed
from laverma_desk.domain.money import billed_seconds
from laverma_desk.domain.tariff import Rounding, Tariff

COMPANY = Company(
    name="Laverma",
    slogan="IT für Zahnarztpraxen",
    street="Musterstraße 1",
    postcode="12345",
    city="Musterstadt",
    phone="07 00 / 52 83 76 23",
    email="rechnung@laverma.example",
    tax_number="123/456/78901",
    vat_id="DE999999999",
    tax_office="Finanzamt Musterstadt",
    account_holder="Laverma",
    iban="DE02120300000000202051",
    bic="BYLADEM1001",
    bank="Musterbank",
)
BUYER = Buyer(
    number="10017",
    name="ZAP Dr. Bohrer",
    contact="Sabine Lorenz",
    salutation=Salutation.MS,
    street="Zahnweg 5",
    postcode="12345",
    city="Musterstadt",
    vat_id="DE123456789",
    email="praxis@bohrer.example",
)
TEXTS = InvoiceTexts(
    salutation="Sehr geehrte Frau Lorenz,",
    introduction="für unsere Fernwartung im Februar 2022 berechnen wir Ihnen minutengenau:",
    terms="Zahlbar ohne Abzug bis 15.03.2022.",
    rounding=("Abrechnung minutengenau, jede angefangene Minute zählt.",),
    closing="Vielen Dank für Ihr Vertrauen.",
)
_KLASSEN, _PETERSEN = "Klaus Klassen", "Jana Petersen"
# Begin (UTC), place, work, supporter, seconds, reason for costing nothing: the table of picture 12.
_PICTURE = (
    (datetime(2022, 2, 3, 7, 41, tzinfo=UTC), "PC Rezeption",
     "Kartenterminal neu gekoppelt, Testkarte gelesen", _KLASSEN, 1068, ""),
    (datetime(2022, 2, 9, 13, 5, tzinfo=UTC), "Server",
     "Datensicherung geprüft, Rücksicherung einer Datei getestet", _KLASSEN, 1392, ""),
    (datetime(2022, 2, 16, 10, 30, tzinfo=UTC), "Behandlung 2",
     "Röntgensoftware: Netzpfad korrigiert", _PETERSEN, 485, ""),
    (datetime(2022, 2, 17, 8, 2, tzinfo=UTC), "Behandlung 2",
     "Nachbesserung Netzpfad vom 16.02.2022", _PETERSEN, 391, "Garantie"),
    (datetime(2022, 2, 24, 15, 18, tzinfo=UTC), "PC Rezeption",
     "Rezeptdrucker: Fach 2 zugeordnet, Testdruck", _KLASSEN, 860, ""),
)  # fmt: skip


def session_line(
    position: int = 1,
    begin: datetime = _PICTURE[0][0],
    seconds: int = 742,
    *,
    rounding: Rounding = Rounding.STARTED_MINUTE,
    price_cents: int = 225,
    vat_category: VatCategory = VatCategory.STANDARD,
    vat_rate: Decimal = Decimal(19),
    free_reason: str = "",
    **changes: Any,
) -> InvoiceLine:
    """Return the line of a session, as the tariff's rounding bills it; with a reason it costs nothing."""
    billed = billed_seconds(seconds, Tariff(date(2020, 1, 1), price_cents, rounding))
    by_second = rounding is Rounding.EXACT_SECOND and not free_reason
    quantity = Decimal(billed if by_second else -(-billed // 60))
    price, base = (0 if free_reason else price_cents), (60 if by_second else 1)
    day = local_day(begin)
    line = InvoiceLine(
        position=position,
        kind=LineKind.SESSION,
        text="Synadoc aktualisiert",
        first=day,
        last=day,
        quantity=quantity,
        unit=Unit.SECOND if by_second else Unit.MINUTE,
        price_cents=price,
        base=base,
        net_cents=line_net(quantity, price, base),
        vat_category=vat_category,
        vat_rate=vat_rate if vat_category is VatCategory.STANDARD else Decimal(0),
        begin=begin,
        seconds=seconds,
        place="PC Rezeption",
        supporter=_KLASSEN,
        session_number=f"S-{day.year}-{position:04}",
        free_reason=free_reason,
    )
    return replace(line, **changes)


def item_line(
    position: int = 1,
    kind: LineKind = LineKind.TRAVEL,
    text: str = "Anfahrt",
    quantity: Decimal | int = 1,
    unit: Unit = Unit.LUMP_SUM,
    price_cents: int = 3900,
    day: date = date(2022, 2, 10),
    **changes: Any,
) -> InvoiceLine:
    """Return a line that is no session: travel, a visit, a flat sum, included minutes (negative quantity)."""
    count = Decimal(quantity)
    line = InvoiceLine(
        position=position,
        kind=kind,
        text=text,
        first=day,
        last=day,
        quantity=count,
        unit=unit,
        price_cents=price_cents,
        base=1,
        net_cents=line_net(count, price_cents, 1),
        vat_category=VatCategory.STANDARD,
        vat_rate=Decimal(19),
    )
    return replace(line, **changes)


def picture_lines(count: int = 5) -> tuple[InvoiceLine, ...]:
    """Return picture 12's sessions; beyond five they come again, each round a minute later."""
    lines = []
    for index in range(count):
        round_, row = divmod(index, len(_PICTURE))
        begin, place, work, supporter, seconds, reason = _PICTURE[row]
        lines.append(
            session_line(
                index + 1,
                begin + timedelta(minutes=round_),
                seconds,
                free_reason=reason,
                text=work,
                place=place,
                supporter=supporter,
            )
        )
    return tuple(lines)


def sample_invoice(lines: int | tuple[InvoiceLine, ...] = 5, **changes: Any) -> Invoice:
    """Return picture 12's invoice (148,50 / 28,22 / 176,72), other lines or fields where they are given.

    Positions are counted anew, period, minutes and sums follow from the lines; `changes` has the last word.
    """
    given = picture_lines(lines) if isinstance(lines, int) else lines
    counted = tuple(replace(line, position=place) for place, line in enumerate(given, 1))
    sessions = [one for one in counted if one.kind is LineKind.SESSION and not one.free_reason]
    by_second = any(one.unit is Unit.SECOND for one in sessions)
    days = [one.first for one in counted] + [one.last for one in counted] or [date(2022, 2, 1)]
    whole_picture = isinstance(lines, int)
    invoice = Invoice(
        kind=InvoiceKind.INVOICE,
        number="RE-2022-0031",
        language="de",
        issued_on=date(2022, 3, 1),
        due_on=date(2022, 3, 15),
        payment_days=14,
        first=date(2022, 2, 1) if whole_picture else min(days),
        last=date(2022, 2, 28) if whole_picture else max(days),
        company=COMPANY,
        supporter_name=_KLASSEN,
        supporter_email="klaus@laverma.example",
        buyer=BUYER,
        lines=counted,
        groups=(),
        net_cents=0,
        vat_cents=0,
        gross_cents=0,
        minutes=None if by_second else sum(int(one.quantity) for one in sessions),
        roundings=(Rounding.EXACT_SECOND if by_second else Rounding.STARTED_MINUTE,),
        texts=TEXTS,
        format=InvoiceFormat.ZUGFERD,
    )
    return replace(summed(invoice), **changes)


def sample_cancellation(invoice: Invoice | None = None, number: str = "ST-2022-0001") -> Invoice:
    """Return the cancellation of an invoice, two days after it."""
    original = invoice or sample_invoice()
    return cancellation_of(
        original,
        original.issued_on + timedelta(days=2),
        "Falscher Zeitraum",
        InvoiceTexts(salutation=TEXTS.salutation),
        number,
    )


def small_business_invoice(**changes: Any) -> Invoice:
    """Return picture 12's sessions from a house under § 19 UStG: no VAT, no VAT ID."""
    lines = tuple(
        replace(one, vat_category=VatCategory.EXEMPT, vat_rate=Decimal(0)) for one in picture_lines()
    )
    texts = replace(TEXTS, notices=("Steuerfrei nach § 19 UStG (Kleinunternehmer).",))
    company = replace(COMPANY, small_business=True, vat_id="")
    return sample_invoice(lines, **{"company": company, "texts": texts} | changes)


def reverse_charge_invoice(**changes: Any) -> Invoice:
    """Return picture 12's sessions for a practice in Austria: the recipient owes the VAT."""
    lines = tuple(
        replace(one, vat_category=VatCategory.REVERSE_CHARGE, vat_rate=Decimal(0)) for one in picture_lines()
    )
    texts = replace(TEXTS, notices=("Steuerschuldnerschaft des Leistungsempfängers.",))
    buyer = replace(BUYER, country="AT", postcode="6900", city="Bregenz", vat_id="ATU12345675")
    return sample_invoice(lines, **{"buyer": buyer, "texts": texts} | changes)
