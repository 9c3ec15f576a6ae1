"""The log of the settings: lines come in their order, in portions, and stay as they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from laverma_desk.domain.setting_change import SettingDifference
from laverma_desk.storage.setting_changes import (
    every_setting_change,
    log_setting_changes,
    newest_setting_changes,
)

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)


def difference(place: int) -> SettingDifference:
    return SettingDifference("vat" if place % 2 else "mail", "rate", f"2022-01-{place:02}", "19", str(place))


@pytest.fixture
def logged(database):
    with database.write() as connection:
        log_setting_changes(connection, NOON, "Jana", [difference(place) for place in range(1, 10)])
        log_setting_changes(connection, NOON, "", [])
    return database


def test_lines_come_back_as_they_were_written(logged):
    with logged.read() as connection:
        lines = list(every_setting_change(connection))
    assert [one.what for one in lines] == [difference(place) for place in range(1, 10)]
    assert {(one.at, one.who) for one in lines} == {(NOON, "Jana")}


def test_the_newest_in_portions(logged):
    with logged.read() as connection:
        first = newest_setting_changes(connection, 4)
        second = newest_setting_changes(connection, 4, before=first[-1].number)
        third = newest_setting_changes(connection, 4, before=second[-1].number)
        every = list(every_setting_change(connection))
    assert [len(one) for one in (first, second, third)] == [4, 4, 1]
    assert [*first, *second, *third] == every[::-1]


def test_of_some_sections(logged):
    with logged.read() as connection:
        lines = newest_setting_changes(connection, 3, sections=("vat", "tariff"))
    assert [one.what.new for one in lines] == ["9", "7", "5"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE setting_change SET new = ''",
        "UPDATE setting_change SET who = 'Klaus' WHERE id = 3",
        "DELETE FROM setting_change",
        "INSERT OR REPLACE INTO setting_change (id, at, section, field) VALUES (3, '2022', 'vat', 'rate')",
    ],
)
def test_no_line_is_ever_changed(logged, file, statement):
    logged.close()
    with closing(sqlite3.connect(file)) as raw:
        before = raw.execute("SELECT * FROM setting_change").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="a line of a log is never changed"):
            raw.execute(statement)
        assert raw.execute("SELECT * FROM setting_change").fetchall() == before
