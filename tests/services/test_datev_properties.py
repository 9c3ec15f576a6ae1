"""Whatever was issued, cancelled and paid: the files' sums are those of the register, on every account.

The register is read by raw SQL and added up here in plain Python, with a rounding of our own.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from laverma_desk.domain.bookkeeping import BookkeepingSettings, Chart, RevenueAccount
from laverma_desk.domain.errors import Rule
from laverma_desk.domain.invoice import LineKind, VatCategory
from laverma_desk.services.datev.exporting import DatevWish, export_datev, preview
from laverma_desk.services.datev.settings import save_bookkeeping
from tests.support.datev_desks import add_debtor, book, debtors_of, pay, postings_of, take_back
from tests.support.datev_reading import postings, read
from tests.support.invoice_houses import make_house
from tests.support.invoice_makers import BUYER, item_line, sample_invoice
from tests.support.raw_words import say

RATES = [Decimal(19), Decimal(16), Decimal(7), Decimal("5.5"), Decimal(0)]
days = st.dates(date(2019, 11, 1), date(2022, 3, 1))
standard_line = st.builds(
    item_line,
    kind=st.sampled_from([LineKind.FLAT, LineKind.INCLUDED_MINUTES]),
    quantity=st.decimals(-5, 40, places=2),
    price_cents=st.integers(0, 99_999),
    day=days,
    vat_rate=st.sampled_from(RATES),
)
other_line = st.builds(
    item_line,
    quantity=st.integers(1, 500),
    price_cents=st.integers(1, 9_999),
    day=days,
    vat_rate=st.just(Decimal(0)),
    vat_category=st.sampled_from([VatCategory.REVERSE_CHARGE, VatCategory.EXEMPT]),
)
bill = st.tuples(
    st.integers(0, 2),
    days,
    st.lists(standard_line, min_size=1, max_size=4) | st.lists(other_line, min_size=1, max_size=2),
    st.booleans(),
    st.lists(st.integers(-500_00, 500_00).filter(bool), max_size=2),
)


def cents_with_tax(net, hundredths):
    """Return the gross of a net sum; the rate is in hundredths of a percent, as the file holds it."""
    tax = (Decimal(net) * hundredths / 10_000).quantize(Decimal(1), ROUND_HALF_UP)
    return net + int(tax)


def accounts(length):
    """Return an account for each way of taxing, none of them the chart's."""
    tens = 10 ** (length - 4)
    own = {(VatCategory.STANDARD, rate): (8300 + place) * tens for place, rate in enumerate(RATES)}
    own[VatCategory.REVERSE_CHARGE, Decimal(0)] = 8336 * tens
    own[VatCategory.EXEMPT, Decimal(0)] = 8195 * tens
    return own


def register(desk, first, last, revenue, bank):
    """Return what should stand on each pair of accounts, by raw SQL over the desk."""
    with desk.database.read() as connection:
        return _register(connection, (first.isoformat(), last.isoformat()), revenue, bank)


def _register(connection, days, revenue, bank):
    wanted = defaultdict(int)
    rows = say(
        connection,
        "SELECT i.id, c.debtor_account, l.vat_category, l.vat_rate, CAST(sum(l.net_cents) AS BIGINT)"
        " FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id JOIN customer c ON c.id = i.customer_id"
        " WHERE i.issued_on BETWEEN ? AND ? GROUP BY 1, 2, 3, 4",
        days,
    )
    count = 0
    for _id, account, category, rate, net in rows:
        cents = cents_with_tax(net, rate)
        count += cents != 0
        wanted[account, revenue[VatCategory(category), Decimal(rate) / 100]] += cents
    rows = say(
        connection,
        "SELECT c.debtor_account, p.cents FROM payment p JOIN invoice i ON i.id = p.invoice_id"
        " JOIN customer c ON c.id = i.customer_id WHERE p.paid_on BETWEEN ? AND ?",
        days,
    )
    for account, cents in rows:
        count += 1
        wanted[bank, account] += cents
    total = say(
        connection,
        "SELECT CAST(coalesce(sum(gross_cents), 0) AS BIGINT) FROM invoice WHERE issued_on BETWEEN ? AND ?",
        days,
    ).scalar_one()
    return {pair: cents for pair, cents in wanted.items() if cents}, count, total


def write_down(desk, customers, bills):
    for number, (who, day, lines, cancelled, paid) in enumerate(bills):
        one = sample_invoice(
            tuple(lines), number=f"RE-{number}", issued_on=day, due_on=day + timedelta(days=14)
        )
        row = book(desk, customers[who], one)
        if cancelled:
            take_back(desk, row, one, f"ST-{number}", day + timedelta(days=number * 7))
        for cents in paid:
            pay(desk, row, cents, day + timedelta(days=abs(cents) % 400))


@settings(max_examples=40)
@given(
    st.lists(bill, min_size=1, max_size=6),
    st.integers(4, 8),
    st.integers(1, 12),
    days,
    st.integers(0, 900),
    st.booleans(),
)
def test_the_files_hold_what_the_register_holds(bills, length, month, first, span, payments):
    folder = Path(tempfile.mkdtemp())
    desk = make_house(folder / "desk")
    try:
        revenue = accounts(length)
        own = tuple(RevenueAccount(category, rate, account) for (category, rate), account in revenue.items())
        kept = BookkeepingSettings(1001, 1, Chart.SKR04, length, month, own)
        save_bookkeeping(desk, kept)
        lowest = 10**length
        customers = [add_debtor(desk, str(n), f"Praxis {n}", lowest + n) for n in range(3)]
        write_down(desk, customers, bills)
        wish = DatevWish(first, first + timedelta(days=span), payments=payments)
        seen = preview(desk, wish)
        wanted, count, total = register(desk, wish.first, wish.last, revenue, 18 * 10 ** (length - 2))
        if not payments:
            wanted = {pair: cents for pair, cents in wanted.items() if pair[0] >= lowest}
        if not seen.bookings:
            assert not wanted
            assert [one.kind for one in seen.obstacles] == [Rule.DATEV_EMPTY]
            return
        assert seen.obstacles == ()
        made = export_datev(desk, wish, folder / "out")
        found = postings_of(made)
        assert made.files == seen.files
        assert made.bookings == len(found) == seen.bookings
        if payments:
            assert len(found) == count
        sums = defaultdict(int)
        for one in found:
            sums[one.account, one.contra] += one.cents
        assert {pair: cents for pair, cents in sums.items() if cents} == wanted
        assert seen.billed_cents == made.billed_cents == total
        assert sum(one.cents for one in found if one.account >= lowest) == total
        personal = {one.account if one.account >= lowest else one.contra for one in found}
        assert [int(one[1]) for one in debtors_of(made)] == sorted(personal)
        check_days(made, kept, wish)
    finally:
        desk.close()
        shutil.rmtree(folder)


def check_days(made, kept, wish):
    """Hold each file against its fiscal year: the reader has seen that every day lies within."""
    days_of = []
    for one in made.files:
        if one.first is None:
            continue
        content = (made.folder / one.name).read_bytes()
        header = read(content).header
        assert header["WJ-Beginn"][4:] == f"{kept.fiscal_month:02}01"
        assert (read(content).day("Datum von"), read(content).day("Datum bis")) == (one.first, one.last)
        assert len(postings(content)) == one.rows
        days_of.append((one.first, one.last))
    assert days_of == sorted(days_of)
    assert all(wish.first <= begin <= end <= wish.last for begin, end in days_of)


@settings(max_examples=30)
# No service takes a NUL, and no server keeps one.
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=90))
def test_any_name_is_written_as_it_is_or_named_as_an_obstacle(name):
    folder = Path(tempfile.mkdtemp())
    desk = make_house(folder / "desk")
    try:
        save_bookkeeping(desk, BookkeepingSettings(1001, 1))
        row = add_debtor(desk, "1", name, 10_001)
        book(desk, row, replace(sample_invoice(1), buyer=replace(BUYER, name="Praxis")))
        wish = DatevWish(date(2022, 1, 1), date(2022, 12, 31))
        obstacles = preview(desk, wish).obstacles
        if obstacles:
            assert {one.kind for one in obstacles} == {Rule.DATEV_CHARACTER}
            for one in obstacles:
                for character in one.error.parameters["characters"]:
                    assert character.encode("cp1252", "replace") == b"?" != character.encode()
            return
        made = export_datev(desk, wish, folder / "out")
        (one,) = postings_of(made)
        (debtor,) = debtors_of(made)
        assert f"Fernwartung 02/2022, {debtor[2]}"[:60].startswith(one.text)
        assert len(one.text) <= 60
    finally:
        desk.close()
        shutil.rmtree(folder)
