"""How the tax adviser's bookkeeping knows the house: its numbers, accounts, debtors and fiscal years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta
from decimal import Decimal
from enum import StrEnum

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import VatCategory

CONSULTANTS = (1001, 9_999_999)
"""The lowest and the highest number of a tax adviser at DATEV (Beraternummer)."""
CLIENTS = (1, 99_999)
"""The same of a client (Mandantennummer)."""
LENGTHS = (4, 8)
"""The same of the digits of a general account (Sachkontenlänge)."""
MONTHS = (1, 12)

DEBTORS = (10 ** LENGTHS[0], 7 * 10 ** LENGTHS[1] - 1)
"""The same of a debtor's account, whatever the number of digits."""

_GERMAN_RATE = Decimal(19)
_NOTHING = Decimal(0)
_ONE_DAY = timedelta(days=1)


class Chart(StrEnum):
    """DATEV's charts of accounts (Sachkontenrahmen) whose usual accounts are known here."""

    SKR03 = "03"
    SKR04 = "04"


@dataclass(frozen=True)
class RevenueAccount:
    """The account that takes what is taxed in one way; `rate` is in percent, 0 unless STANDARD."""

    category: VatCategory
    rate: Decimal
    account: int


@dataclass(frozen=True)
class BookingSpan:
    """Days that may stand in one file: they lie in one calendar year, and in the fiscal year of `begin`."""

    begin: date
    first: date
    last: date


@dataclass(frozen=True)
class BookkeepingSettings:
    """What the tax adviser tells the house. Accounts are numbers of `account_length` digits.

    `revenue` goes before the chart's own accounts, `bank` and `first_debtor` likewise; None is the chart's.
    `fiscal_month` is the first of the year. `payments`: what came in is handed over too. `service_dates`: a
    row says the day of the service, by which VAT has its period; never where VAT is owed on receipt.
    `committed`: rows arrive locked (Festschreibung), and the adviser cannot correct them.
    """

    consultant: int | None = None
    client: int | None = None
    chart: Chart = Chart.SKR03
    account_length: int = 4
    fiscal_month: int = 1
    revenue: tuple[RevenueAccount, ...] = ()
    bank: int | None = None
    first_debtor: int | None = None
    payments: bool = False
    service_dates: bool = True
    committed: bool = False


_REVENUE = {
    # Revenue at the general rate: the account takes the gross sum and posts the VAT itself.
    (Chart.SKR03, VatCategory.STANDARD, _GERMAN_RATE): 8400,
    (Chart.SKR04, VatCategory.STANDARD, _GERMAN_RATE): 4400,
    # Services that are taxable in another EU state and whose VAT the recipient owes there: the account of
    # which the recapitulative statement is made (§ 18a UStG). 8337 and 4337 are those of § 13b at home.
    (Chart.SKR03, VatCategory.REVERSE_CHARGE, _NOTHING): 8336,
    (Chart.SKR04, VatCategory.REVERSE_CHARGE, _NOTHING): 4336,
    # A small business (§ 19 UStG). SKR04 has an account for it that is reserved: the adviser has to say.
    (Chart.SKR03, VatCategory.EXEMPT, _NOTHING): 8195,
}
"""The usual accounts, with four digits."""

_BANKS = {Chart.SKR03: 1200, Chart.SKR04: 1800}


def chart_revenue(settings: BookkeepingSettings, category: VatCategory, rate: Decimal) -> int | None:
    """Return the chart's own account for what is taxed in one way, None where there is no usual one."""
    return _widened(_REVENUE.get((settings.chart, category, rate)), settings.account_length)


def chart_bank(settings: BookkeepingSettings) -> int:
    """Return the chart's own account of the bank."""
    return _BANKS[settings.chart] * _wider(settings.account_length)


def revenue_account(settings: BookkeepingSettings, category: VatCategory, rate: Decimal) -> int | None:
    """Return the account for what is taxed in one way, None where somebody has to say it first."""
    own = (one.account for one in settings.revenue if (one.category, one.rate) == (category, rate))
    return next(own, chart_revenue(settings, category, rate))


def bank_account(settings: BookkeepingSettings) -> int:
    """Return the account on which customers' money arrives."""
    return chart_bank(settings) if settings.bank is None else settings.bank


def general_range(settings: BookkeepingSettings) -> tuple[int, int]:
    """Return the lowest and the highest general account: 1000 to 9999 with four digits."""
    return 10 ** (settings.account_length - 1), 10**settings.account_length - 1


def debtor_range(settings: BookkeepingSettings) -> tuple[int, int]:
    """Return the lowest and the highest account of a debtor: one digit more than general accounts have.

    10000 to 69999 with four digits; what lies above are creditors.
    """
    tens = 10**settings.account_length
    return tens, 7 * tens - 1


def first_debtor(settings: BookkeepingSettings) -> int:
    """Return the account from which on debtors are numbered."""
    return debtor_range(settings)[0] if settings.first_debtor is None else settings.first_debtor


def booking_spans(first: date, last: date, month: int) -> Iterator[BookingSpan]:
    """Yield the parts of a period, the oldest first; `month` is the one in which a fiscal year begins."""
    day = first
    while day <= last:
        starts_later = day.month < month
        begin = date(max(day.year - starts_later, MINYEAR), month, 1)
        end = date(day.year, month, 1) - _ONE_DAY if starts_later else date(day.year, 12, 31)
        yield BookingSpan(begin, day, min(last, end))
        if end >= last:
            return
        day = end + _ONE_DAY


def check_bookkeeping(settings: BookkeepingSettings) -> None:
    """Raise RuleBroken unless every number can be one.

    NUMBER_INVALID with its bounds at `consultant`, `client`, `account_length`, `fiscal_month`, `bank`,
    `first_debtor` or `revenue`, FIELD_CONTRADICTS there for a way of taxing that stands twice; `place` counts
    the entries of `revenue` from 0.
    """
    for name, bounds in (("account_length", LENGTHS), ("fiscal_month", MONTHS)):
        _check(getattr(settings, name), name, bounds)
    general = general_range(settings)
    for name, bounds in (
        ("consultant", CONSULTANTS),
        ("client", CLIENTS),
        ("bank", general),
        ("first_debtor", debtor_range(settings)),
    ):
        value = getattr(settings, name)
        if value is not None:
            _check(value, name, bounds)
    seen: set[tuple[VatCategory, Decimal]] = set()
    for place, one in enumerate(settings.revenue):
        if not 0 <= one.rate <= 100:
            _check(-1, "revenue", (0, 100), place=place)
        _check(one.account, "revenue", general, place=place)
        if (one.category, one.rate) in seen:
            value = f"{one.category.value} {one.rate}"
            raise RuleBroken(Rule.FIELD_CONTRADICTS, field="revenue", value=value, place=place)
        seen.add((one.category, one.rate))


def _check(value: int, field: str, bounds: tuple[int, int], **where: int) -> None:
    lowest, highest = bounds
    if not lowest <= value <= highest:
        raise RuleBroken(Rule.NUMBER_INVALID, field=field, lowest=lowest, highest=highest, **where)


def _widened(account: int | None, length: int) -> int | None:
    return None if account is None else account * _wider(length)


def _wider(length: int) -> int:
    """Return by how much accounts of four digits grow: longer ones end in zeros."""
    return int(10 ** (length - 4))
