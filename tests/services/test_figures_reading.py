"""What figures say of a few sessions that anybody can add up in the head."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from laverma_desk.domain.company import FiguresSettings
from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.history import HistoryFilter
from laverma_desk.domain.money import charge
from laverma_desk.domain.statistics import (
    NO_FIGURES,
    CustomerFigures,
    Figures,
    OnSiteFigures,
    ReasonFigures,
    StatisticsFilter,
    SupporterFigures,
    WorkstationFigures,
)
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.services import history
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.privacy.erasure import erase, erase_due
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house_figures import save_figures_settings
from laverma_desk.services.statistics.reading import statistics
from laverma_desk.storage import customers
from laverma_desk.storage.sessions import frozen_values
from tests.support.past_sessions import BEGIN, TARIFF, past_session

MARCH = StatisticsFilter(date(2022, 3, 1), date(2022, 3, 31))
YEAR = StatisticsFilter(date(2021, 4, 1), date(2022, 3, 31))


@pytest.fixture
def server(bohrer) -> Workstation:
    return Workstation(bohrer.server, bohrer.customer_id, "Server")


@pytest.fixture
def reception(bohrer) -> Workstation:
    return Workstation(bohrer.reception, bohrer.customer_id, "PC Rezeption")


def add_sessions(desk, place, *seconds, begin=BEGIN, tariff=TARIFF, **values):
    """Write sessions of so many seconds, an hour after one another."""
    with desk.database.write() as connection:
        for number, one in enumerate(seconds):
            frozen = frozen_values(tariff, charge(one, tariff)) | values
            del frozen["seconds"]
            past_session(connection, place, begin + timedelta(hours=number), one, **frozen)


def add_practice(desk, number, name, machine="Server", **values) -> Workstation:
    with desk.database.write() as connection:
        row = customers.insert_customer(connection, Customer(0, number, name, **values), desk.clock.now())
        place = customers.put_workstation(connection, Workstation(0, row, machine))
    return Workstation(place, row, machine)


def test_each_session_is_rounded_for_itself_and_free_ones_stand_beside(desk, server):
    add_sessions(desk, server, 61, 61)  # 2 minutes each, not 3 together
    add_sessions(desk, server, 200, billable=False, free_reason_id=1, begin=BEGIN + timedelta(days=1))
    found = statistics(desk, MARCH)
    assert found.total == Figures(3, 322, 4, 4, 900, 900)
    assert found.total.billed_share == Fraction(1, 2)
    assert found.total.average_seconds == 107  # 107.33
    assert found.prices == (225,)
    assert found.filter == MARCH


def test_by_the_second_a_started_minute_is_a_minute_and_costs_its_seconds(desk, server):
    exact = Tariff(date(2020, 1, 1), 225, Rounding.EXACT_SECOND)
    add_sessions(desk, server, 61, 121, tariff=exact)
    assert statistics(desk, MARCH).total == Figures(2, 182, 5, 0, 229 + 454, 0)


def test_a_period_without_sessions_has_its_months_and_no_average(desk, server):
    add_sessions(desk, server, 600)
    found = statistics(desk, StatisticsFilter(date(2021, 1, 15), date(2021, 12, 15)))
    assert [one.month for one in found.months] == [date(2021, month, 1) for month in range(1, 13)]
    assert {one.figures for one in found.months} == {NO_FIGURES}
    assert found.total == NO_FIGURES
    assert (found.total.billed_share, found.total.average_seconds) == (None, None)
    assert (found.prices, found.customers, found.hours, found.reasons) == ((), (), (), ())


def test_months_without_a_session_stand_between_the_others(desk, server):
    add_sessions(desk, server, 600, begin=datetime(2021, 5, 3, 9, tzinfo=UTC))
    add_sessions(desk, server, 1200)
    found = statistics(desk, YEAR)
    assert len(found.months) == 12
    assert {one.month: one.figures.minutes for one in found.months if one.figures.sessions} == {
        date(2021, 5, 1): 10,
        date(2022, 3, 1): 20,
    }


@pytest.mark.parametrize(
    ("first", "last"), [(date(2012, 4, 1), date(2022, 4, 1)), (date(1, 1, 1), date(9999, 12, 31))]
)
def test_more_than_ten_years_begin_and_end_where_there_are_sessions(desk, server, first, last):
    add_sessions(desk, server, 600, begin=datetime(2021, 12, 31, 9, tzinfo=UTC))
    add_sessions(desk, server, 600)
    found = statistics(desk, StatisticsFilter(first, last))
    assert [(one.month, one.figures.sessions) for one in found.months] == [
        (date(2021, 12, 1), 1), (date(2022, 1, 1), 0), (date(2022, 2, 1), 0), (date(2022, 3, 1), 1),
    ]  # fmt: skip


def test_ten_years_are_all_there(desk, server):
    add_sessions(desk, server, 600)
    found = statistics(desk, StatisticsFilter(date(2012, 4, 1), date(2022, 3, 31)))
    assert len(found.months) == 120
    assert found.months[0].month == date(2012, 4, 1)


def test_hours_are_those_of_the_wall_also_where_the_clock_is_changed(desk, server):
    for day, hour in (
        (27, 0), (27, 1), (27, 21),  # 01:30 and 03:30 of 27 March 2022, then 23:30: a day of 23 hours
        (26, 23),  # 00:30 of 27 March
    ):  # fmt: skip
        add_sessions(desk, server, 60, begin=datetime(2022, 3, day, hour, 30, tzinfo=UTC))
    found = statistics(desk, StatisticsFilter(date(2022, 3, 27), date(2022, 3, 27)))
    assert [(one.weekday, one.hour, one.figures.sessions) for one in found.hours] == [
        (6, 0, 1), (6, 1, 1), (6, 3, 1), (6, 23, 1),
    ]  # fmt: skip


def test_the_hour_with_the_most_sessions_comes_first(desk, server):
    for hour, seconds in ((9, 7200), (10, 60), (10, 60)):
        add_sessions(desk, server, seconds, begin=datetime(2022, 3, 1, hour, tzinfo=UTC))
    found = statistics(desk, MARCH)
    assert [(one.hour, one.figures.sessions) for one in found.hours] == [(11, 2), (10, 1)]


def test_the_day_of_25_hours_keeps_its_first_and_its_last_apart(desk, server):
    # 00:30 and 23:30 of 31 October 2021 are both half past 22 in UTC; 02:30 comes twice.
    for day, hour in ((30, 22), (31, 0), (31, 1), (31, 22)):
        add_sessions(desk, server, 60, begin=datetime(2021, 10, day, hour, 30, tzinfo=UTC))
    found = statistics(desk, StatisticsFilter(date(2021, 10, 31), date(2021, 10, 31)))
    assert [(one.hour, one.figures.sessions) for one in found.hours] == [(2, 2), (0, 1), (23, 1)]


def test_what_was_not_possible_counts_nowhere(desk, server):
    add_sessions(desk, server, 600)
    add_sessions(
        desk, server, 0, billable=False, not_possible="no_internet", begin=BEGIN - timedelta(hours=2)
    )
    found = statistics(desk, MARCH)
    assert found.total.sessions == 1
    assert (len(found.hours), found.reasons) == (1, ())


def test_free_minutes_by_reason_as_it_is_called_now_and_without_one(desk, server):
    add_sessions(desk, server, 600, 660, billable=False, free_reason_id=2)
    add_sessions(desk, server, 60, 60, 60, billable=False)
    add_sessions(desk, server, 300, free_reason_id=3)  # billed: its reason does not count
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE free_reason SET name = 'Aus Kulanz', archived = true WHERE id = 2")
    assert statistics(desk, MARCH).reasons == (
        ReasonFigures("Aus Kulanz", Figures(2, 1260, 0, 21, 0, 4725)),
        ReasonFigures("", Figures(3, 180, 0, 3, 0, 675)),
    )


def test_customers_have_the_name_of_today_and_the_largest_comes_first(desk, server):
    weiss = add_practice(desk, "10018", "Praxis Dr. Weiß")
    add_sessions(desk, server, 600, customer_name="Wie sie damals hieß")
    add_sessions(desk, server, 3600, billable=False, free_reason_id=1)
    add_sessions(desk, weiss, 1200)
    found = statistics(desk, MARCH)
    assert found.customers == (
        CustomerFigures(weiss.customer_id, "10018", "Praxis Dr. Weiß", Figures(1, 1200, 20, 0, 4500, 0)),
        CustomerFigures(server.customer_id, "10017", "ZAP Dr. Bohrer", Figures(2, 4200, 10, 60, 2250, 13500)),
    )


def test_a_merged_record_and_its_machine_count_under_the_one_that_goes_on(desk, server):
    other = add_practice(desk, "10030", "Zahnarztpraxis Bohrer", "SERVER")
    add_sessions(desk, server, 600)
    add_sessions(desk, other, 1200, 1800)
    merge(desk, server.customer_id, other.customer_id, {}, "Doppelt")
    for asked in (None, server.customer_id, other.customer_id):
        found = statistics(desk, StatisticsFilter(MARCH.first, MARCH.last, customer_id=asked))
        together = Figures(3, 3600, 60, 0, 13500, 0)
        assert found.customers == (CustomerFigures(server.customer_id, "10017", "ZAP Dr. Bohrer", together),)
        assert found.workstations == (
            WorkstationFigures(server.id, server.customer_id, "ZAP Dr. Bohrer", "Server", together),
        )


def test_the_workstation_with_the_most_sessions_comes_first(desk, server, reception):
    add_sessions(desk, server, 3600)
    add_sessions(desk, reception, 60, 60)
    found = statistics(desk, MARCH)
    assert [(one.name, one.figures.sessions) for one in found.workstations] == [
        ("PC Rezeption", 2), ("Server", 1),
    ]  # fmt: skip


def test_a_locked_customer_is_in_no_figure_and_an_erased_one_has_no_name(desk, server, clock):
    weiss = add_practice(desk, "10018", "Praxis Dr. Weiß", on_site_cents=0)
    add_sessions(desk, server, 600)
    add_sessions(desk, weiss, 1200)
    alone = Figures(1, 600, 10, 0, 2250, 0)
    erase(desk, weiss.customer_id, "10018", "Wunsch der Praxis")
    locked = statistics(desk, MARCH)
    assert locked.total == alone
    assert [one.name for one in locked.customers] == ["ZAP Dr. Bohrer"]
    assert [one.customer_name for one in locked.workstations] == ["ZAP Dr. Bohrer"]
    assert (sum(one.figures.sessions for one in locked.hours), locked.on_site) == (1, ())
    assert statistics(desk, StatisticsFilter(MARCH.first, MARCH.last, weiss.customer_id)).total == NO_FIGURES
    clock.advance(minutes=60 * 24 * 366 * 9)  # Nothing is kept by then.
    erase_due(desk)
    erased = statistics(desk, MARCH)
    assert erased.total == alone + Figures(1, 1200, 20, 0, 4500, 0)
    assert [(one.number, one.name) for one in erased.customers] == [
        ("10018", "–"), ("10017", "ZAP Dr. Bohrer"),
    ]  # fmt: skip


@pytest.mark.parametrize("supporter", [None, 1, 2])
def test_the_totals_are_those_of_the_history(desk, server, supporter):
    house.save_supporter(desk, "Jana Petersen", "")
    weiss = add_practice(desk, "10018", "Praxis Dr. Weiß")
    add_sessions(desk, server, 600, 61)
    add_sessions(desk, weiss, 1200, supporter_id=2)
    add_sessions(desk, weiss, 90, billable=False, free_reason_id=1, supporter_id=2)
    erase(desk, server.customer_id, "10017", "Wunsch der Praxis")
    ours = statistics(desk, StatisticsFilter(MARCH.first, MARCH.last, supporter_id=supporter)).total
    shown = history.overview(desk, HistoryFilter(MARCH.first, MARCH.last, supporter_id=supporter)).total
    assert (ours.sessions, ours.seconds, ours.billed_minutes, ours.net_cents) == (
        shown.sessions, shown.seconds, shown.billed_minutes, shown.net_cents,
    )  # fmt: skip


def test_supporters_by_their_minutes_and_the_filter_by_one(desk, server):
    house.save_supporter(desk, "Jana Petersen", "")
    add_sessions(desk, server, 1200)
    add_sessions(desk, server, 300, 300, billable=False, free_reason_id=1, supporter_id=2)
    klaus = SupporterFigures(1, "Klaus Klassen", Figures(1, 1200, 20, 0, 4500, 0))
    jana = SupporterFigures(2, "Jana Petersen", Figures(2, 600, 0, 10, 0, 2250))
    assert statistics(desk, MARCH).supporters == (klaus, jana)
    hers = statistics(desk, StatisticsFilter(MARCH.first, MARCH.last, supporter_id=2))
    assert (hers.supporters, hers.total, hers.prices) == ((jana,), jana.figures, ())


def test_where_the_house_wants_nobody_told_apart_no_filter_does_it_either(desk, server):
    house.save_supporter(desk, "Jana Petersen", "")
    add_sessions(desk, server, 600)
    add_sessions(desk, server, 1200, supporter_id=2)
    save_figures_settings(desk, FiguresSettings(per_supporter=False))
    for supporter in (None, 1, 2):
        found = statistics(desk, StatisticsFilter(MARCH.first, MARCH.last, supporter_id=supporter))
        assert found.supporters == ()
        assert found.total == Figures(2, 1800, 30, 0, 6750, 0)
        assert found.filter == MARCH


def test_a_session_is_past_a_visit_once_it_costs_more(desk, server):
    # 92.50 € for a visit: 41 minutes are 92.25 €, the 42nd makes 94.50 €.
    add_sessions(desk, server, 41 * 60, 41 * 60 + 1, 50 * 60, 50 * 60)
    add_sessions(desk, server, 7200, billable=False, free_reason_id=1)
    found = statistics(desk, MARCH)
    assert found.on_site == (
        OnSiteFigures(server.customer_id, "10017", "ZAP Dr. Bohrer", 9250, 3, 142, 31950 - 3 * 9250),
    )


def test_a_session_that_costs_as_much_as_a_visit_is_not_past_it(desk, server):
    same = add_practice(
        desk, "10018", "Praxis Dr. Weiß", on_site_travel_cents=2250, on_site_hourly_cents=9000
    )
    add_practice(desk, "10019", "Praxis ohne Preis")
    add_sessions(desk, same, 50 * 60)  # 112.50 €
    assert statistics(desk, MARCH).on_site == ()
    add_sessions(desk, same, 50 * 60 + 1)
    (one,) = statistics(desk, MARCH).on_site
    assert (one.customer_id, one.visit_cents, one.beyond_cents) == (same.customer_id, 11250, 225)


def test_travel_or_the_hour_alone_make_a_visit_too(desk):
    travel = add_practice(desk, "10018", "Nur Anfahrt", on_site_travel_cents=4000)
    hourly = add_practice(desk, "10019", "Nur Stunde", on_site_hourly_cents=9500)
    both = add_practice(desk, "10020", "Pauschal", on_site_cents=0, on_site_hourly_cents=9500)
    add_sessions(desk, travel, 1800)  # 67.50 €
    for place in (hourly, both):
        add_sessions(desk, place, 3600)  # 135.00 €
    assert [(one.name, one.visit_cents, one.beyond_cents) for one in statistics(desk, MARCH).on_site] == [
        ("Pauschal", 0, 13500), ("Nur Stunde", 9500, 4000), ("Nur Anfahrt", 4000, 2750),
    ]  # fmt: skip


def test_prices_are_those_of_what_is_billed(desk, server):
    add_sessions(desk, server, 600, price_cents=250)
    add_sessions(desk, server, 600, 600)
    add_sessions(desk, server, 600, price_cents=180, billable=False, free_reason_id=1)
    assert statistics(desk, MARCH).prices == (225, 250)


def test_it_can_be_called_off(desk, server):
    add_sessions(desk, server, 600)
    asked = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) == 2

    with pytest.raises(JobCancelled):
        statistics(desk, MARCH, cancelled)
    assert statistics(desk, MARCH).total.sessions == 1
