"""When a call began, as it is typed: with and without a date, ago, over midnight, and where clocks change."""

from __future__ import annotations

from datetime import datetime

import pytest

from laverma_desk.domain.clock import from_local, local
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.calls.start_time import typed_start


def _at(wall):
    """Return a naive local time."""
    return datetime.fromisoformat(wall)


NOW = from_local(_at("2022-03-01 10:34:22"))


def _wall(instant):
    return local(instant).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10:19", _at("2022-03-01 10:19")),
        ("  10.19 ", _at("2022-03-01 10:19")),
        ("10:19:30", _at("2022-03-01 10:19:30")),
        ("9:05 Uhr", _at("2022-03-01 09:05")),
        ("10:34", _at("2022-03-01 10:34")),
        ("01.03.2022 10:19", _at("2022-03-01 10:19")),
        ("28.02.2022 23:59 Uhr", _at("2022-02-28 23:59")),
        ("1.3.22, 10:19", _at("2022-03-01 10:19")),
        ("01/03/2022 10:19", _at("2022-03-01 10:19")),
        ("vor 3 Min", _at("2022-03-01 10:31:22")),
        ("Vor 3 Minuten begonnen", _at("2022-03-01 10:31:22")),
        ("vor 2 Std", _at("2022-03-01 08:34:22")),
        ("-3", _at("2022-03-01 10:31:22")),
        ("\u2212 15 min", _at("2022-03-01 10:19:22")),
        ("3 min ago", _at("2022-03-01 10:31:22")),
        ("1 h ago", _at("2022-03-01 09:34:22")),
        ("vor 0 Min", _at("2022-03-01 10:34:22")),
    ],
)
def test_a_start_is_read_as_it_is_meant(typed, meant):
    assert _wall(typed_start(typed, NOW)) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "9", "gestern", "24:00", "10:60", "31.02.2022 10:00", "10:19 10:20", "3", "vor Min", "1.3. 10:19"],
)
def test_what_is_no_start_is_named(typed):
    with pytest.raises(RuleBroken) as caught:
        typed_start(typed, NOW)
    assert caught.value.code is Rule.DATE_INVALID
    assert caught.value.field == "begin"


@pytest.mark.parametrize("typed", ["10:35", "14:00", "22:34", "01.03.2022 10:35", "02.03.2022 09:00"])
def test_a_start_to_come_is_refused(typed):
    with pytest.raises(RuleBroken) as caught:
        typed_start(typed, NOW)
    assert caught.value.code is Rule.START_IN_FUTURE


def test_after_midnight_an_evening_time_is_yesterdays():
    now = from_local(_at("2022-03-02 00:10"))
    assert _wall(typed_start("23:50", now)) == _at("2022-03-01 23:50")
    assert _wall(typed_start("12:10", now)) == _at("2022-03-01 12:10")
    with pytest.raises(RuleBroken):
        typed_start("12:09", now)


def test_an_hour_that_summer_time_leaves_out_is_no_time():
    now = from_local(_at("2026-03-29 03:30"))
    with pytest.raises(RuleBroken) as caught:
        typed_start("02:30", now)
    assert caught.value.code is Rule.DATE_INVALID
    assert (now - typed_start("01:50", now)).total_seconds() == 40 * 60
    assert (now - typed_start("vor 2 Std", now)).total_seconds() == 2 * 3600


def test_of_an_hour_that_comes_twice_the_later_one_that_has_passed_is_meant():
    second = from_local(_at("2026-10-25 02:45"), fold=1)
    assert (second - typed_start("02:30", second)).total_seconds() == 15 * 60
    first = from_local(_at("2026-10-25 02:45"), fold=0)
    assert (first - typed_start("02:30", first)).total_seconds() == 15 * 60
    assert (second - typed_start("25.10.2026 02:50", second)).total_seconds() == 55 * 60
