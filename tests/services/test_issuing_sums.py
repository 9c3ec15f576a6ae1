"""Whatever was worked and however it is rounded: an invoice's sums are those of a calculation of our own."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laverma_desk.domain.invoice import DraftItem, LineKind, Unit
from laverma_desk.domain.invoice_record import dump, load
from laverma_desk.domain.invoice_sums import cancellation_of, check_sums
from laverma_desk.domain.money import charge
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.services.invoicing import drafts, items
from laverma_desk.services.invoicing.record import draft_record
from laverma_desk.storage import sessions as stored
from tests.support.invoice_houses import UNTIL, add_practice, add_sessions, make_house, wish
from tests.support.kept_desks import OnEachEngine

FIRST = datetime(2020, 5, 1, 8, tzinfo=UTC)
CENT = Decimal("0.01")


@pytest.fixture(scope="module")
def houses(tmp_path_factory):
    def make():
        desk = make_house(tmp_path_factory.mktemp("sums") / "desk")
        return desk, add_practice(desk)

    made = OnEachEngine(make, lambda one: one[0].close())
    yield made
    made.remove()


@pytest.fixture
def house(houses, engine):
    return houses.of(engine)


WORK = st.lists(
    st.tuples(
        st.integers(0, 20_000),
        st.sampled_from(Rounding),
        st.integers(0, 900),
        st.sampled_from([0, 0, 60, 900]),
        st.sampled_from([0, 0, 30, 120]),
        st.integers(0, 360),
        st.sampled_from([True, True, True, False]),
    ),
    min_size=1,
    max_size=12,
)
ITEMS = st.lists(
    st.tuples(
        st.integers(1, 200_000).map(lambda thousandths: Decimal(thousandths) / 1000),
        st.integers(0, 100_000),
        st.integers(0, 360),
        st.sampled_from([None, Decimal(19), Decimal(7), Decimal("8.1")]),
    ),
    max_size=4,
)


def minutes(seconds, rule):
    how = {
        Rounding.STARTED_MINUTE: ROUND_CEILING,
        Rounding.NEAREST_MINUTE: ROUND_HALF_UP,
        Rounding.FULL_MINUTE: ROUND_FLOOR,
    }
    exact = Decimal(seconds) / 60
    return exact if rule is Rounding.EXACT_SECOND else exact.quantize(Decimal(1), how[rule])


def euros_of_session(seconds, rule, cents, least, free):
    counted = max(0, seconds - free)
    if counted == 0:
        return Decimal(0)
    price = Decimal(cents) / 100
    if rule is Rounding.EXACT_SECOND:
        return (max(counted, least) * price / 60).quantize(CENT, ROUND_HALF_UP)
    return minutes(max(counted, least), rule) * price


def legal_rate(day):
    return Decimal(16) if date(2020, 7, 1) <= day <= date(2020, 12, 31) else Decimal(19)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=WORK, extras=ITEMS)
def test_sums_agree_to_the_cent(house, work, extras):
    desk, place = house
    sums = defaultdict(Decimal)
    rows, billed = [], 0
    with desk.database.read() as connection:
        reason = connection.exec_driver_sql(
            "SELECT id FROM free_reason WHERE on_invoice LIMIT 1"
        ).scalar_one()
    for seconds, rule, cents, least, free, day, billable in work:
        tariff = Tariff(date(2020, 1, 1), cents, rule, Decimal(19), least, free)
        frozen = dict(stored.frozen_values(tariff, charge(seconds, tariff)))
        begin = FIRST + timedelta(days=day)
        rows += add_sessions(
            desk, place, frozen.pop("seconds"), begin=begin, billable=billable,
            free_reason_id=None if billable else reason, **frozen,
        )  # fmt: skip
        if billable:
            sums[legal_rate(begin.date())] += euros_of_session(seconds, rule, cents, least, free)
            billed += 1
        else:
            sums[legal_rate(begin.date())] += 0
    draft = None
    if billed or extras:
        made = drafts.create_drafts(desk, [wish(place, rows)], UNTIL).value
        draft = made[0] if made else None
    if draft is None:
        return
    for quantity, cents, day, rate in extras:
        on = (FIRST + timedelta(days=day)).date()
        items.put_item(
            desk, draft, DraftItem(0, LineKind.OTHER, on, "Posten", quantity, Unit.PIECE, cents, rate)
        )
        used = legal_rate(on) if rate is None else rate
        sums[used] += (quantity * cents / 100).quantize(CENT, ROUND_HALF_UP)
    with desk.database.read() as connection:
        one = draft_record(connection, draft, "RE-1", today=date(2022, 3, 1))
    vat = {rate: (net * rate / 100).quantize(CENT, ROUND_HALF_UP) for rate, net in sums.items()}
    assert {group.rate: Decimal(group.net_cents) / 100 for group in one.groups} == dict(sums)
    assert {group.rate: Decimal(group.vat_cents) / 100 for group in one.groups} == vat
    assert Decimal(one.net_cents) / 100 == sum(sums.values())
    assert Decimal(one.gross_cents) / 100 == sum(sums.values()) + sum(vat.values())
    check_sums(one)
    assert load(type(one), dump(one)) == one
    back = cancellation_of(one, one.issued_on, "falsch", one.texts, "ST-1")
    check_sums(back)
    assert (back.net_cents, back.vat_cents, back.gross_cents) == (
        -one.net_cents,
        -one.vat_cents,
        -one.gross_cents,
    )
    assert [line.position for line in one.lines] == list(range(1, len(one.lines) + 1))
    assert [line.first for line in one.lines] == sorted(line.first for line in one.lines)
    drafts.discard_draft(desk, draft)
    with desk.database.write() as connection:
        # Out of the way of the next example: what is billed is not open.
        connection.exec_driver_sql("UPDATE session SET invoice_number = 'RE-X' WHERE invoice_number IS NULL")
