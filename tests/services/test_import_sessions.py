"""Session files: what becomes of a row, of a second import, and of everything that is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from laverma_desk.domain.errors import Rule
from laverma_desk.domain.support_session import Origin, SessionState
from laverma_desk.domain.tariff import CustomerTariff, Rounding, Tariff
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.importing.session_rows import COLUMNS
from laverma_desk.services.importing.session_writing import SessionTally
from laverma_desk.services.importing.sessions import import_sessions
from laverma_desk.services.mails import queueing
from laverma_desk.services.problems import FileRefused
from laverma_desk.services.setup import house
from laverma_desk.storage import customers
from tests.support.desks import add_customer, set_mail_account
from tests.support.ended_sessions import ended_sessions

HEADER = ";".join(COLUMNS)
ROW = "10017;PC Rezeption;28.02.2022 10:22;00:12:22;Klaus Klassen;Sabine Lorenz;Drucker eingerichtet;ja;"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "sitzungen.csv"


def _bring(desk, file, *rows, header=HEADER):
    file.write_text("\n".join([header, *rows]), "utf-8")
    return import_sessions(desk, file).value


def _refused(desk, file, *rows):
    with pytest.raises(FileRefused) as caught:
        _bring(desk, file, *rows)
    assert _all(desk) == [], "nothing may be half-written"
    return [(one.line, one.place, one.error.code) for one in caught.value.problems]


def _all(desk):
    with desk.database.read() as connection:
        return ended_sessions(connection)


def test_a_row_becomes_an_ended_session_that_is_charged_and_frozen(desk, bohrer, file):
    result = _bring(desk, file, ROW)
    assert result.tally == SessionTally(added=1)
    (one,) = _all(desk)
    assert (one.number, one.state, one.origin) == ("S-2022-0001", SessionState.ENDED, Origin.IMPORT)
    assert one.begin == datetime(2022, 2, 28, 9, 22, tzinfo=UTC)
    assert one.end == datetime(2022, 2, 28, 9, 34, 22, tzinfo=UTC)
    assert (one.partner, one.supporter_name) == ("ZAP Dr. Bohrer – PC Rezeption", "Klaus Klassen")
    assert (one.requested_by, one.notes) == ("Sabine Lorenz", "Drucker eingerichtet")
    assert (one.partner_id, one.recipient) == ("1234567890", "rezeption@zap-bohrer.example")
    assert one.charge is not None
    assert (one.charge.seconds, one.charge.billed_minutes, one.charge.net_cents) == (742, 13, 2925)
    assert one.charge.gross_cents == 3481
    assert not one.report_open


def test_the_tariff_of_the_day_counts_and_the_customers_own_before_it(desk, bohrer, file):
    house.save_tariff(desk, Tariff(date(2022, 2, 1), price_cents=300, rounding=Rounding.EXACT_SECOND))
    with desk.database.write() as connection:
        own = CustomerTariff(date(2022, 2, 20), price_cents=100)
        customers.put_customer_tariff(connection, bohrer.customer_id, own)
    rows = [ROW.replace("28.02.", day) for day in ("31.01.", "01.02.", "28.02.")]
    _bring(desk, file, *rows)
    assert [one.charge.net_cents for one in _all(desk)] == [2925, 3710, 1237]
    house.save_tariff(desk, Tariff(date(2020, 1, 1), price_cents=999))
    assert [one.charge.net_cents for one in _all(desk)] == [2925, 3710, 1237]


def test_numbers_count_by_year_in_the_order_of_recording(desk, bohrer, file):
    running = timekeeping.start_session(desk, bohrer.server).value
    timekeeping.end_session(desk, running.id)
    _bring(
        desk,
        file,
        ROW.replace("28.02.2022 10:22", "28.02.2022 12:00"),
        ROW.replace("28.02.2022 10:22", "31.12.2021 23:59"),
        ROW.replace("28.02.2022 10:22", "01.01.2022 00:00"),
    )
    numbers = {one.begin.isoformat()[:16]: one.number for one in _all(desk) if one.origin is Origin.IMPORT}
    assert numbers == {
        "2022-02-28T11:00": "S-2022-0002",
        "2021-12-31T22:59": "S-2021-0001",
        "2021-12-31T23:00": "S-2022-0003",
    }
    assert timekeeping.start_session(desk, bohrer.server).value.number == "S-2022-0004"


def test_names_are_found_without_case_and_an_agreement_is_not_asked_for(desk, file):
    add_customer(desk, "20001", "Praxis Weiß", "Empfang", has_agreement=False)
    _bring(desk, file, "20001;EMPFANG;28.02.2022 10:22:05;01:00:00;klaus KLASSEN;;;Nein;kulanz")
    (one,) = _all(desk)
    assert (one.workstation_name, one.supporter_name) == ("Empfang", "Klaus Klassen")
    assert (one.billable, one.free_reason, one.exception) == (False, "Kulanz", None)
    assert one.begin.second == 5


def test_notes_keep_their_lines_and_every_script(desk, bohrer, file):
    notes = "Zeile eins\r\nZeile „zwei“  \n\nعربي 🦷"
    _bring(desk, file, ROW.replace("Drucker eingerichtet", f'"{notes}"'))
    assert _all(desk)[0].notes == "Zeile eins\nZeile „zwei“\n\nعربي 🦷"


def test_the_same_file_again_doubles_nothing(desk, bohrer, file):
    _bring(desk, file, ROW, ROW)
    before = _all(desk)
    assert len(before) == 1
    assert _bring(desk, file, ROW).tally == SessionTally(unchanged=1)
    assert _all(desk) == before


def test_a_corrected_file_changes_the_session_and_its_history_tells(desk, bohrer, file):
    _bring(desk, file, ROW)
    house.save_tariff(desk, Tariff(date(2020, 1, 1), price_cents=999))
    corrected = ROW.replace("00:12:22", "00:15:00").replace("ja;", "nein;Garantie")
    assert _bring(desk, file, corrected).tally == SessionTally(changed=1)
    (one,) = _all(desk)
    assert one.end == datetime(2022, 2, 28, 9, 37, tzinfo=UTC)
    assert (one.billable, one.free_reason, one.charge.net_cents) == (False, "Garantie", 15 * 225)
    history = timekeeping.session_history(desk, one.id)
    assert {change.field for change in history} == {"seconds", "billable", "free_reason_id"}
    assert {change.who for change in history} == {"Import"}


def test_a_session_whose_report_is_queued_stays_as_it_is(desk, bohrer, file):
    _bring(desk, file, ROW)
    set_mail_account(desk, 25)
    queueing.queue_report(desk, _all(desk)[0].id)
    assert _bring(desk, file, ROW.replace("Drucker", "Scanner")).tally == SessionTally(settled=1)
    assert _all(desk)[0].notes == "Drucker eingerichtet"
    assert _bring(desk, file, ROW).tally == SessionTally(unchanged=1)


def test_a_session_that_goes_on_again_stays_as_it_is(desk, bohrer, file):
    _bring(desk, file, ROW)
    timekeeping.reopen_session(desk, _all(desk)[0].id)
    assert _bring(desk, file, ROW.replace("Drucker", "Scanner")).tally == SessionTally(settled=1)


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("Kundennummer", "99999", Rule.CUSTOMER_UNKNOWN),
        ("Kundennummer", "", Rule.TEXT_MISSING),
        ("Arbeitsplatz", "PC 9", Rule.WORKSTATION_UNKNOWN),
        ("Anfang", "31.02.2022 10:22", Rule.DATE_INVALID),
        ("Anfang", "28.02.2022", Rule.DATE_INVALID),
        ("Anfang", "28.02.2022 25:00", Rule.DATE_INVALID),
        ("Anfang", "28.02.0222 10:22", Rule.DATE_INVALID),
        ("Anfang", "28.03.2021 02:30", Rule.DATE_INVALID),
        ("Anfang", "01.03.2022 10:23", Rule.START_IN_FUTURE),
        ("Dauer", "00:75:00", Rule.DURATION_INVALID),
        ("Dauer", "12 Min", Rule.DURATION_INVALID),
        ("Dauer", "48:00:00", Rule.END_IN_FUTURE),
        ("Supporter", "Niemand", Rule.VALUE_NOT_IN_LIST),
        ("Abrechnen", "vielleicht", Rule.YES_OR_NO),
        ("Abrechnen", "", Rule.TEXT_MISSING),
        ("Abrechnen", "nein", Rule.FREE_WITHOUT_REASON),
        ("Notizen", "x" * 200_001, Rule.TEXT_TOO_LONG),
    ],
)
def test_a_wrong_value_is_named_with_line_and_column_and_nothing_is_written(
    desk, bohrer, file, column, value, rule
):
    fields = ROW.split(";")
    fields[COLUMNS.index(column)] = value
    place = "Grund" if rule is Rule.FREE_WITHOUT_REASON else column
    assert _refused(desk, file, ROW, ";".join(fields)) == [(3, place, rule)]


def test_an_unknown_reason_and_an_unknown_supporter_name_those_that_are_known(desk, bohrer, file):
    file.write_text(f"{HEADER}\n{ROW.replace('ja;', 'nein;Laune').replace('Klaus Klassen', 'Anna')}", "utf-8")
    with pytest.raises(FileRefused) as caught:
        import_sessions(desk, file)
    supporter, reason = (one.error.parameters for one in caught.value.problems)
    assert supporter["known"] == "Klaus Klassen"
    assert reason["known"] == "Garantie, Kulanz, Wartungsvertrag, Einweisung, Eigener Fehler"


def test_an_unknown_workstation_names_those_of_the_customer(desk, bohrer, file):
    add_customer(desk, "20001", "Praxis Weiß", "Empfang")
    file.write_text(f"{HEADER}\n{ROW.replace('PC Rezeption', 'PC 9')}", "utf-8")
    with pytest.raises(FileRefused) as caught:
        import_sessions(desk, file)
    assert caught.value.problems[0].error.parameters == {"value": "PC 9", "known": "PC Rezeption, Server"}


def test_two_rows_for_one_session_that_differ_are_refused(desk, bohrer, file):
    longer = ROW.replace("00:12:22", "00:15:00")
    assert _refused(desk, file, ROW, longer) == [(3, "Dauer", Rule.FIELD_CONTRADICTS)]


def test_the_hour_that_comes_twice_is_taken_as_its_first(desk, bohrer, file):
    _bring(desk, file, ROW.replace("28.02.2022 10:22", "31.10.2021 02:30"))
    assert _all(desk)[0].begin == datetime(2021, 10, 31, 0, 30, tzinfo=UTC)


def test_thousands_of_rows_come_in_whole_and_once(desk, bohrer, file):
    rows = [
        f"10017;Server;{1 + day % 28:02d}.{1 + day // 28 % 12:02d}.2019 {hour:02d}:{minute:02d};"
        f"00:00:{minute:02d};Klaus Klassen;;Nr {day};ja;"
        for day in range(300)
        for hour, minute in ((8, 1), (9, 2), (10, 3), (11, 4), (12, 5))
    ]
    assert _bring(desk, file, *rows).tally == SessionTally(added=1500)
    assert _bring(desk, file, *rows).tally == SessionTally(unchanged=1500)
    assert {one.number for one in _all(desk)} == {f"S-2019-{count:04}" for count in range(1, 1501)}
