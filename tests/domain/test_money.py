"""What a session costs: checked against a second calculation that shares nothing with the first."""

from __future__ import annotations

import ast
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk import domain
from laverma_desk.domain.money import Charge, billed_seconds, charge, half_up, vat_on
from laverma_desk.domain.tariff import Rounding, Tariff

DAY = date(2020, 1, 1)
STARTED, NEAREST, FULL, EXACT = (
    Rounding.STARTED_MINUTE,
    Rounding.NEAREST_MINUTE,
    Rounding.FULL_MINUTE,
    Rounding.EXACT_SECOND,
)

durations = st.integers(0, 400_000)
prices = st.integers(0, 100_000)
rules = st.sampled_from(Rounding)


def tariff(rounding: Rounding = STARTED, price: int = 225, **more) -> Tariff:
    return Tariff(DAY, price, rounding, **more)


@pytest.mark.parametrize(
    ("rounding", "billed", "net"),
    [(STARTED, 780, 2925), (NEAREST, 720, 2700), (FULL, 720, 2700), (EXACT, 742, 2783)],
)
def test_the_call_of_the_pictures(rounding, billed, net):
    cost = charge(742, tariff(rounding))
    assert (cost.seconds, cost.billed_seconds, cost.net_cents) == (742, billed, net)
    assert (cost.rounding, cost.price_cents) == (rounding, 225)


def test_thirteen_minutes_with_vat():
    cost = charge(742, tariff())
    assert (cost.net_cents, cost.vat_cents, cost.gross_cents) == (2925, 556, 3481)
    assert cost.vat_rate == Decimal(19)


@pytest.mark.parametrize(
    ("seconds", "started", "nearest", "full", "exact"),
    [
        (0, 0, 0, 0, 0),
        (1, 60, 0, 0, 1),
        (29, 60, 0, 0, 29),
        (30, 60, 60, 0, 30),
        (59, 60, 60, 0, 59),
        (60, 60, 60, 60, 60),
        (61, 120, 60, 60, 61),
        (89, 120, 60, 60, 89),
        (90, 120, 120, 60, 90),
        (119, 120, 120, 60, 119),
        (120, 120, 120, 120, 120),
    ],
)
def test_where_each_rule_steps(seconds, started, nearest, full, exact):
    found = [billed_seconds(seconds, tariff(rule)) for rule in (STARTED, NEAREST, FULL, EXACT)]
    assert found == [started, nearest, full, exact]


@pytest.mark.parametrize(
    ("seconds", "billed"), [(0, 0), (299, 0), (300, 0), (301, 600), (900, 600), (901, 660), (960, 660)]
)
def test_free_seconds_come_off_first_and_the_minimum_counts_for_the_rest(seconds, billed):
    assert billed_seconds(seconds, tariff(minimum_seconds=600, free_seconds=300)) == billed


@pytest.mark.parametrize(("rounding", "billed"), [(STARTED, 960), (NEAREST, 900), (FULL, 900), (EXACT, 910)])
def test_the_minimum_is_rounded_too(rounding, billed):
    assert billed_seconds(5, tariff(rounding, minimum_seconds=910)) == billed


def test_the_minimum_never_shortens():
    assert billed_seconds(3600, tariff(EXACT, minimum_seconds=900)) == 3600


def test_less_than_nothing_is_refused():
    with pytest.raises(ValueError):
        charge(-1, tariff())
    assert charge(0, tariff()).net_cents == 0


@pytest.mark.parametrize(("billed", "minutes"), [(0, 0), (1, 1), (60, 1), (61, 2), (742, 13), (780, 13)])
def test_billed_minutes_count_started_ones(billed, minutes):
    assert Charge(742, billed, EXACT, 225, 0, Decimal(19), 0).billed_minutes == minutes


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("1/2", 1), ("3/2", 2), ("5/2", 3), ("-1/2", -1), ("-5/2", -3), ("49/100", 0), ("-49/100", 0), ("7", 7)],
)
def test_halves_go_away_from_zero(value, rounded):
    assert half_up(Fraction(value)) == rounded


@pytest.mark.parametrize(
    ("net", "rate", "vat"),
    [
        (2925, "19", 556),
        (50, "19", 10),
        (150, "19", 29),
        (-150, "19", -29),
        (50, "7", 4),
        (2925, "0", 0),
        (-2925, "19", -556),
        (1, "19", 0),
        (1000, "5.5", 55),
    ],
)
def test_vat_is_rounded_once_half_up(net, rate, vat):
    assert vat_on(net, Decimal(rate)) == vat


def by_the_book(seconds: int, price: int, rounding: Rounding, minimum: int, free: int) -> int:
    """Calculate net cents as one would on paper: minutes as an exact decimal, one rounding at the end."""
    rest = seconds - free
    if rest <= 0:
        return 0
    rest = max(rest, minimum)
    minutes, left = rest // 60, rest % 60
    with localcontext() as context:
        context.prec = 60
        if rounding is STARTED:
            time = Decimal(minutes + 1 if left else minutes)
        elif rounding is NEAREST:
            time = Decimal(minutes + 1 if left * 2 >= 60 else minutes)
        elif rounding is FULL:
            time = Decimal(minutes)
        else:
            # Kept over 60 until the end: a third of a cent has no end as a decimal.
            sixtieths = Decimal(rest * price)
            whole, over = divmod(sixtieths, 60)
            return int(whole) + (1 if over >= 30 else 0)
        return int((time * price).to_integral_value(rounding=ROUND_HALF_UP))


@given(durations, prices, rules, st.integers(0, 2000), st.integers(0, 2000))
def test_net_equals_a_calculation_by_hand(seconds, price, rounding, minimum, free):
    cost = charge(seconds, tariff(rounding, price, minimum_seconds=minimum, free_seconds=free))
    assert cost.net_cents == by_the_book(seconds, price, rounding, minimum, free)


@given(st.integers(-(10**9), 10**9), st.integers(0, 10_000))
def test_vat_equals_a_calculation_in_whole_numbers(net, hundredths):
    tenthousandths = abs(net) * hundredths
    expected = (tenthousandths + 5000) // 10_000 * (1 if net >= 0 else -1)
    assert vat_on(net, Decimal(hundredths) / 100) == expected


@given(durations, durations, prices, rules, st.integers(0, 2000), st.integers(0, 2000))
def test_longer_is_never_cheaper(one, other, price, rounding, minimum, free):
    shorter, longer = sorted((one, other))
    rate = tariff(rounding, price, minimum_seconds=minimum, free_seconds=free)
    assert charge(shorter, rate).net_cents <= charge(longer, rate).net_cents


@given(durations, prices)
def test_started_is_never_below_nearest_nor_nearest_below_full(seconds, price):
    net = {rule: charge(seconds, tariff(rule, price)).net_cents for rule in Rounding}
    assert net[STARTED] >= net[NEAREST] >= net[FULL]
    assert net[STARTED] >= net[EXACT] >= net[FULL]


@given(durations, prices, rules, st.decimals(0, 30, places=2))
def test_amounts_are_whole_cents(seconds, price, rounding, rate):
    cost = charge(seconds, tariff(rounding, price, vat_rate=rate))
    assert {
        type(value) for value in (cost.net_cents, cost.vat_cents, cost.gross_cents, cost.billed_seconds)
    } == {int}
    assert cost.gross_cents - cost.net_cents == cost.vat_cents


def test_the_domain_calculates_without_floats():
    """The uptime of the machine is the one float, because the operating system gives it as one."""
    found = []
    for file in sorted(Path(domain.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            line = f"{file.name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                found.append(line)
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
                # True division makes floats of whole numbers; exact numbers are told by their names.
                assert any(exact in ast.unparse(node) for exact in ("Decimal", "Fraction")), line
            elif getattr(node, "attr", "") == "total_seconds" or getattr(node, "id", "") == "float":
                found.append(line)
    assert [entry.split(":")[0] for entry in found] == ["clock.py", "clock.py", "timekeeping.py"], found
