"""The letter of the picture, as a record to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from laverma_desk.domain.customer import Salutation
from laverma_desk.domain.interest import BaseRate, interest_cents, interest_spans
from laverma_desk.domain.invoice import Buyer
from laverma_desk.domain.reminder import CountedPayment, Reminder, ReminderLine, ReminderTexts
from laverma_desk.services.invoicing.reminder_defaults import default_words
from laverma_desk.services.invoicing.reminder_record import said
from tests.support.invoice_houses import COMPANY

BERGER = Buyer(
    "10012",
    "Praxis Dr. Berger",
    "Dr. Jonas Berger",
    Salutation.MR,
    "Lindenweg 12",
    "12345",
    "Musterstadt",
)
LINES = (
    ReminderLine(
        1,
        "RE-2022-0008",
        date(2022, 1, 17),
        "Vor-Ort-Termin am 12.01.2022",
        date(2022, 1, 31),
        29,
        11008,
        0,
        11008,
    ),
    ReminderLine(
        2,
        "RE-2022-0017",
        date(2022, 2, 1),
        "Fernwartung Januar 2022",
        date(2022, 2, 15),
        14,
        15530,
        10000,
        5530,
    ),
    ReminderLine(
        3,
        "RE-2022-0021",
        date(2022, 2, 7),
        "Fernwartung Januar 2022, Nachtrag",
        date(2022, 2, 21),
        8,
        2678,
        0,
        2678,
    ),
)


def sample_reminder(**changes: Any) -> Reminder:
    """Return the first letter of the picture with some fields changed, sums and sentences as they follow."""
    lines = changes.pop("lines", LINES)
    salutation = {"de": "Sehr geehrter Herr Dr. Berger,", "en": "Dear Mr Berger,"}
    plain = Reminder(
        number="ZE-2022-0003",
        level=1,
        language="de",
        issued_on=date(2022, 3, 1),
        counted_until=date(2022, 2, 28),
        due_on=date(2022, 3, 11),
        company=COMPANY,
        supporter_name="Klaus Klassen",
        buyer=BERGER,
        lines=lines,
        payments=(CountedPayment(date(2022, 2, 21), 10000),),
        open_cents=sum(one.open_cents for one in lines),
        fee_cents=0,
        interest_cents=sum(one.interest_cents for one in lines),
        lump_cents=0,
        texts=ReminderTexts("", "", "", "", ""),
    )
    changed = replace(plain, **changes)
    texts = replace(changed.texts, salutation=salutation[changed.language])
    return said(replace(changed, texts=texts), default_words())


def bearing(line: ReminderLine) -> ReminderLine:
    """Return a line with interest for February 2022 on what is open."""
    rates = [BaseRate(date(2022, 1, 1), Decimal("-0.88"))]
    spans = interest_spans(line.open_cents, [], rates, date(2022, 2, 1), date(2022, 2, 28))
    return replace(line, spans=spans, interest_cents=interest_cents(spans))


def many_lines(count: int, *, interest: bool = False) -> tuple[ReminderLine, ...]:
    """Return so many lines, each with a number of its own."""
    made = (
        replace(LINES[place % 3], position=place + 1, number=f"RE-2022-{place + 1:04}")
        for place in range(count)
    )
    return tuple(bearing(one) if interest else one for one in made)
