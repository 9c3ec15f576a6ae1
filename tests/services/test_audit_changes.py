"""The changes of a desk in one order: found by filters, read by keys, given out as a table."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from laverma_desk.domain.change_log import NOT_CORRECTIONS, ChangeFilter, ChangeKind
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.setup import house
from laverma_desk.services.tax_audit.change_lines import change_line, kind_name
from laverma_desk.services.tax_audit.changes import export_changes, find_changes, read_changes
from laverma_desk.storage import session_history
from laverma_desk.storage.session_history import Change
from tests.support.audited_desks import open_audited

OF_2022 = date(2022, 1, 1), date(2022, 12, 31)


@pytest.fixture
def story(tmp_path):
    story = open_audited(tmp_path)
    yield story
    story.desk.close()


def shown(story, **wanted):
    found = find_changes(story.desk, ChangeFilter(**wanted))
    return read_changes(story.desk, found.keys)


def log(story, at, **values):
    """Write a line into the log of the first session."""
    said = {"who": "Klaus Klassen", "field": "notes", "old": "", "new": "neu", "reason": "Grund"} | values
    with story.desk.database.write() as connection:
        session_history.log_change(connection, 1, Change(at, **said))


def raw_count(story, statement):
    with story.desk.database.read() as connection:
        return connection.exec_driver_sql(statement).scalar_one()


def test_every_line_of_every_log_is_there_once_and_the_newest_first(story):
    found = shown(story)
    assert len(found) == sum(
        raw_count(story, f"SELECT count(*) FROM {rows}")  # noqa: S608 (statements of this test)
        for rows in (
            "session_change",
            "customer_change",
            "setting_change",
            "invoice WHERE kind = 'cancellation'",
            "payment WHERE takes_back_id IS NOT NULL",
        )
    )
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    assert {one.kind for one in found} == set(ChangeKind)


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_the_kinds_share_all_changes(story, kind):
    found = shown(story, kind=kind)
    assert found == [one for one in shown(story) if one.kind is kind]
    assert all((one.field in NOT_CORRECTIONS) is (kind is ChangeKind.COURSE) for one in found)


def test_a_day_is_the_houses(story):
    log(story, datetime(2022, 8, 9, 22, 30, tzinfo=UTC), reason="nach Mitternacht")
    log(story, datetime(2022, 8, 9, 21, 30, tzinfo=UTC), reason="davor")
    of = {
        day: [one.reason for one in shown(story, first=date(2022, 8, day), last=date(2022, 8, day))]
        for day in (8, 9, 10)
    }
    assert of == {8: [], 9: ["davor"], 10: ["nach Mitternacht"]}
    assert shown(story, first=date(2022, 8, 10))[-1].reason == "nach Mitternacht"
    assert shown(story, first=date.min, last=date.max) == shown(story)


def test_people_are_offered_and_filtered_by(story):
    log(story, datetime(2022, 8, 9, tzinfo=UTC), who="jana Petersen")
    found = find_changes(story.desk, ChangeFilter())
    assert found.people == ("jana Petersen", "Klaus", "Klaus Klassen", "laverma-desk")
    assert [one.who for one in shown(story, who="Klaus")] == ["Klaus"]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("s-2022-0006", ["begin", "net_cents", "notes"]),
        ("ST-2022-0001", ["cancelled"]),
        ("re-2022-0002", ["cancelled"]),
        ("zap dr", ["paid"]),
        ("patientin meier", ["notes"]),
        ("ANFANG VERGESSEN", ["begin", "net_cents", "notes"]),
        ("betrag netto", ["net_cents"]),
        ("steuer und bank: bic", ["company.bic"]),
        ("musterbank", ["company.bank"]),
        ("%", []),
        ("__", []),
    ],
)
def test_a_text_is_found_in_numbers_names_values_reasons_and_what_fields_are_called(story, text, fields):
    assert sorted({one.field for one in shown(story, text=text)}) == fields


def test_letters_beyond_ascii_are_found_in_any_case(story):
    log(story, datetime(2022, 8, 9, tzinfo=UTC), new="Straße gesperrt, Übergabe später")
    for text in ("übergabe", "ÜBERGABE", "Übergabe"):
        assert len(shown(story, text=text)) == 1, text


def test_of_who_is_locked_nothing_is_said_but_when_and_by_whom(story):
    number = "10021"
    found = [one for one in shown(story) if one.customer_number == number]
    assert len(found) == 5
    assert all(one.locked and not one.customer_name for one in found)
    lines = [change_line(one) for one in found]
    assert {line.reason for line in lines} == {"Verlangen", "aus Gründen des Datenschutzes gesperrt"}
    assert [(line.old, line.new) for line in lines if line.reason != "Verlangen"] == [("", "")] * 4
    assert all("Sommer" not in " ".join(line) and "Meier" not in " ".join(line) for line in lines)
    for text in ("Sommer", "Neue Straße", "Frau Meier"):
        assert shown(story, text=text) == [], text
    assert shown(story, text=number) == found


def test_each_kind_is_told_in_words(story):
    lines = {one.field: change_line(one) for one in shown(story) if not one.locked}
    assert lines["cancelled"][1:] == (
        "Klaus Klassen", "Stornierte Rechnungen", "RE-2022-0002, KFO Dr. Lindner", "Rechnung storniert",
        "88,36\u00a0€", "ST-2022-0001", "Anfahrt fehlt; neue Rechnung",
    )  # fmt: skip
    assert lines["paid"][3:] == (
        "RE-2021-0001, ZAP Dr. Bohrer", "Zahlung zurückgenommen", "10,00\u00a0€ vom 20.01.2022", "",
        "falsche Rechnung",
    )  # fmt: skip
    assert lines["notes"][4:7] == ("Notizen", "Zeile eins / Zeile zwei", 'Patientin Meier; "x"')
    assert lines["company.bank"][2:7] == (
        "Einstellungen", "Einstellungen, Steuer und Bank", "Bank", "", "Musterbank",
    )  # fmt: skip
    assert lines["merged_from"].subject == "KFO Dr. Lindner"


def test_keys_are_read_in_the_order_in_which_they_are_asked_for(story):
    keys = find_changes(story.desk, ChangeFilter()).keys
    some = [keys[7], keys[0], keys[-1]]
    every = read_changes(story.desk, keys)
    assert read_changes(story.desk, some) == [every[7], every[0], every[-1]]


def test_a_record_that_is_gone_keeps_its_trace(story):
    with story.desk.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO customer_change (customer_id, at, who, field, old, new, reason) "
            "VALUES (9999, '2024-01-01 12:00:00.000000', 'Klaus', 'name', 'Alt', 'Neu', '')"
        )
    newest = shown(story)[0]
    assert (newest.customer_number, newest.old, newest.locked) == ("", "Alt", False)


def test_the_table_says_what_the_page_says(story, tmp_path):
    log(story, datetime(2024, 8, 9, 12, tzinfo=UTC), new="=1+1")
    file = tmp_path / "aenderungen.csv"
    told = []
    count = export_changes(
        story.desk, ChangeFilter(first=date(2022, 1, 1)), file, lambda *step: told.append(step)
    )
    with file.open(encoding="utf-8-sig", newline="") as stream:
        heading, *rows = csv.reader(stream, delimiter=";")
    changes = shown(story, first=date(2022, 1, 1))
    assert heading == [
        "Zeit", "Wer", "Art", "Nummer", "Kundennummer", "Kunde", "Angabe", "Vorher", "Nachher", "Grund",
    ]  # fmt: skip
    assert count == len(rows) == len(changes)
    assert rows[0][:1] + rows[0][6:9] == ["09.08.2024 14:00:00", "Notizen", "", "'=1+1"]
    lines = [change_line(one) for one in changes]
    assert [row[6:8] for row in rows] == [[line.field, line.old] for line in lines]
    assert told[-1] == (count, count)
    assert {row[2] for row in rows} == {kind_name(kind) for kind in ChangeKind}
    assert not [row for row in rows if row[2] == "Einstellungen" and row[3]]


def test_called_off_leaves_no_file(story, tmp_path):
    file = tmp_path / "aenderungen.csv"
    with pytest.raises(JobCancelled):
        export_changes(story.desk, ChangeFilter(), file, cancelled=lambda: True)
    assert not list(tmp_path.glob("*aenderungen*"))


def test_a_setting_that_is_changed_is_there_at_once(story):
    before = len(shown(story, kind=ChangeKind.SETTING))
    story.clock.set_wall(datetime(2023, 3, 1, 9, tzinfo=UTC))
    house.save_company(story.desk, replace(house.read_house(story.desk).company, slogan="Neu"))
    found = shown(story, kind=ChangeKind.SETTING)
    assert len(found) == before + 1
    assert (found[0].field, found[0].new) == ("company.slogan", "Neu")
