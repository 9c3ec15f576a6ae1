"""Which copies stay, whatever lies in the folder: the newest always, nothing foreign ever goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.backup_rotation import Kept, is_due, name_of, rotate, taken_at
from laverma_desk.domain.clock import local_day

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

instants = st.integers(0, 220_000_000).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
ours = st.builds(name_of, instants, sealed=st.booleans())
foreign = st.one_of(
    st.text(max_size=30),
    ours.map(lambda name: f"{name}.bak"),
    ours.map(lambda name: f".{name}"),
    ours.map(lambda name: name.replace(".sqlite3", "-before-0001.sqlite3")),
    ours.map(lambda name: name.replace(".sqlite3", "-before-restore.sqlite3")),
    ours.map(str.upper),
    ours.map(lambda name: f"{name}\n"),
).filter(lambda name: taken_at(name) is None)


@given(instants, st.booleans())
def test_a_name_tells_its_moment(at, sealed):
    assert taken_at(name_of(at, sealed=sealed)) == at


@pytest.mark.parametrize(
    "name",
    [
        "desk-20220301T092200-before-0001.sqlite3",
        "desk-20220301T092200-before-restore.sqlite3",
        "desk-20221301T092200.sqlite3",
        "desk-20220301T096200.sqlite3",
        "desk-20220301T092200.sqlite3.gpg",
        "desk-٢٠٢٢٠٣٠١T092200.sqlite3",
        "desk.sqlite3",
        "",
    ],
)
def test_names_of_other_files_are_no_copies(name):
    assert taken_at(name) is None


@given(st.lists(st.one_of(ours, foreign), max_size=60), instants)
def test_nothing_foreign_goes_and_the_newest_stays(names, now):
    kept = rotate(names, now)
    assert set(kept) == {name for name in names if taken_at(name) is not None}
    past = [name for name in kept if taken_at(name) <= now]
    if past:
        newest = max(taken_at(name) for name in past)
        assert any(kept[name] for name in past if taken_at(name) == newest)
    assert all(kept[name] for name in kept if taken_at(name) > now), "the future stays"


@given(st.lists(ours, max_size=120), instants)
def test_there_are_never_more_than_seven_eight_and_twelve(names, now):
    kept = rotate(names, now)
    past = {name: why for name, why in kept.items() if taken_at(name) <= now}
    for reason, most in ((Kept.DAILY, 7), (Kept.WEEKLY, 8), (Kept.MONTHLY, 12)):
        assert sum(reason in why for why in past.values()) <= most


@given(st.lists(ours, max_size=60), instants)
def test_rotating_again_takes_nothing_more(names, now):
    left = [name for name, why in rotate(names, now).items() if why]
    assert {name for name, why in rotate(left, now).items() if not why} == set()


def test_two_years_of_daily_copies_leave_a_week_two_months_and_a_year():
    names = []
    for back in range(730):
        at = NOW - timedelta(days=back)
        names.append(name_of(at, sealed=False))
    kept = rotate(names, NOW)
    days = sorted((local_day(taken_at(name)) for name, why in kept.items() if why), reverse=True)
    assert [f"{day:%d.%m.%Y}" for day in days] == [
        *[f"{day}.11.2026" for day in range(22, 15, -1)],
        "15.11.2026", "08.11.2026", "01.11.2026",
        "31.10.2026", "25.10.2026", "18.10.2026", "11.10.2026", "04.10.2026",
        "30.09.2026", "31.08.2026", "31.07.2026", "30.06.2026", "31.05.2026",
        "30.04.2026", "31.03.2026", "28.02.2026", "31.01.2026", "31.12.2025",
    ]  # fmt: skip


def test_the_days_are_those_of_the_house():
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 00:30 on 2 July in Berlin
    early = datetime(2026, 7, 1, 21, 30, tzinfo=UTC)
    kept = rotate([name_of(late, sealed=False), name_of(early, sealed=False)], NOW)
    assert all(Kept.DAILY in why for why in kept.values())


def test_a_copy_is_due_once_a_day_of_the_house():
    assert is_due(None, NOW)
    assert not is_due(NOW - timedelta(hours=1), NOW)
    assert is_due(NOW - timedelta(days=1), NOW)
    midnight = datetime(2026, 7, 1, 22, 0, tzinfo=UTC)
    assert is_due(midnight - timedelta(minutes=1), midnight)
