"""Days of the house around midnight, and edges at which a rule turns."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.backup_rotation import Kept, name_of, rotate
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.late_session import needs_agreement_reason
from laverma_desk.domain.onsite import break_even_minutes, visit_cents
from laverma_desk.domain.patient_hint import PatientData, find_patient_data
from laverma_desk.domain.support_session import Origin, Segment, SessionState, SupportSession

TODAY = date(2022, 3, 1)


@pytest.mark.parametrize(
    ("begin", "owes"),
    [
        (datetime(2022, 6, 30, 22, 30, tzinfo=UTC), False),  # 00:30 on 1 July in Berlin
        (datetime(2022, 6, 30, 21, 30, tzinfo=UTC), True),
        (datetime(2022, 7, 31, 21, 59, tzinfo=UTC), False),
        (datetime(2022, 7, 31, 22, 0, tzinfo=UTC), True),
    ],
)
def test_a_late_session_is_measured_by_the_day_of_the_house(begin, owes):
    late = SupportSession(
        1, "S", 1, 1, 1, "", "", "", SessionState.ENDED, (Segment(begin, begin),), origin=Origin.MANUAL
    )
    july = Agreement(1, 1, date(2022, 7, 1), date(2022, 7, 31))
    assert needs_agreement_reason(late, [july]) is owes


def test_a_copy_of_the_same_week_or_month_a_year_ago_is_one_of_its_own():
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    before = datetime(2025, 11, 28, 12, tzinfo=UTC)  # week 48 and November, as now
    kept = rotate([name_of(now, sealed=False), name_of(before, sealed=False)], now)
    assert kept[name_of(before, sealed=False)] == {Kept.DAILY, Kept.WEEKLY, Kept.MONTHLY}


@pytest.mark.parametrize(
    ("flat", "travel", "hourly", "cents"),
    [
        (None, 3500, None, 3500),
        (None, 3500, 9000, 12500),
        (0, 3500, 9000, 0),
        (None, None, None, None),
    ],
)
def test_what_a_visit_costs(flat, travel, hourly, cents):
    customer = Customer(
        1, "1", "ZAP", on_site_cents=flat, on_site_travel_cents=travel, on_site_hourly_cents=hourly
    )
    assert visit_cents(customer) == cents


def test_a_visit_that_costs_nothing_is_cheaper_from_the_first_minute():
    assert break_even_minutes(0, 225) == 0


@pytest.mark.parametrize(("notes", "count"), [("geb. 31.12.1889", 0), ("geb. 01.01.1890", 1)])
def test_nobody_is_older_than_a_lifetime(notes, count):
    assert len(find_patient_data(notes, TODAY)) == count


def test_of_two_findings_in_the_same_words_the_first_is_kept():
    hints = find_patient_data("Karte C 1 12.03.1956 geboren", TODAY)
    assert [(one.kind, one.words) for one in hints] == [(PatientData.INSURANCE_NUMBER, "C 1 12.03.1956")]
