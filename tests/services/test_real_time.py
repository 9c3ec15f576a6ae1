"""Whatever happens to a desk in whatever order, the time is what a stopwatch on the wall would say.

Some days of the many that `python -m tests.nothing_lost simulated_day` plays.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.money import charge
from laverma_desk.domain.tariff import Rounding, Tariff
from tests.nothing_lost.day_machine import DAYS, DayMachine
from tests.nothing_lost.day_model import Price, house_day

DAY = settings(max_examples=8, stateful_step_count=25, suppress_health_check=list(HealthCheck), deadline=None)


@pytest.mark.files("a day in which the program is killed and its file opened anew; a server's: many_desks")
@pytest.mark.filterwarnings("default")
def test_a_day_at_the_desk():
    run_state_machine_as_test(DayMachine, settings=DAY)


def test_the_model_and_the_program_have_the_same_calendar():
    for begin in DAYS.values():
        for minutes in range(-1440, 2880, 7):
            instant = begin + timedelta(minutes=minutes)
            assert house_day(instant) == local_day(instant)


@pytest.mark.parametrize("counting", list(Rounding))
def test_the_model_and_the_program_charge_the_same(counting):
    for seconds in range(0, 1300, 7):
        tariff = Tariff(date(2020, 1, 1), 333, counting, minimum_seconds=600, free_seconds=61)
        found = charge(seconds, tariff)
        model = Price(333, counting.value, free=61, least=600).minutes_and_cents(seconds)
        assert model == (found.billed_minutes, found.net_cents, found.vat_cents)
