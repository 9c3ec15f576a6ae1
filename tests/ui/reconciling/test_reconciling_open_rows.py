"""What stands in the row of a connection that several sessions fit, or of several that are one."""

from __future__ import annotations

from PySide6.QtCore import Qt

from laverma_desk.services.reconciling.overview import overview
from laverma_desk.services.reconciling.reading import read_log_bytes
from laverma_desk.storage import customers
from tests.support.connection_logs import at, line, log
from tests.support.past_sessions import past_session
from tests.support.reconciling_page import MINUTE, UNKNOWN, choose, press, rows, settle

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_where_several_sessions_fit_none_is_proposed(page, desk, bohrer):
    with desk.database.write() as connection:
        place = customers.find_workstation(connection, bohrer.reception)
        for number, begin in enumerate(("15:00", "15:01")):
            past_session(connection, place, at(begin), 1200, number=f"S-2022-900{number}")
    read_log_bytes(desk, "Connections.txt", log(line(at("15:05"), 5 * MINUTE)))
    page.bring()
    assert choose(page, "PC Rezeption").below == "Mehrere Sitzungen passen."


def test_a_session_at_the_time_of_another_one_of_the_machine_is_pointed_out(page, desk, bohrer, qtbot):
    with desk.database.write() as connection:
        for machine in (bohrer.reception, bohrer.server):
            place = customers.find_workstation(connection, machine)
            past_session(connection, place, at("15:00"), 600, number=f"S-2022-900{machine}")
    lines = (line(at("15:05"), 30 * MINUTE), line(at("18:00"), 30 * MINUTE))
    read_log_bytes(desk, "Connections.txt", log(*lines))
    page.bring()
    press(page, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert page.panel.notice.isHidden()
    press(page, Qt.Key.Key_Return)
    settle(page, qtbot)
    said = page.panel.notice.sentence()
    assert said == "Überschneidet sich mit ZAP Dr. Bohrer, 16:00 bis 16:10 Uhr."


def test_what_was_joined_is_parted_by_a_key_and_joined_again(page, desk, bohrer, qtbot):
    both = (line(at("15:00"), 2 * MINUTE), line(at("15:04"), 2 * MINUTE))
    read_log_bytes(desk, "Connections.txt", log(*both))
    page.bring()
    choose(page, "PC Rezeption")
    assert "trennen" in page.panel.foot.named()
    press(page, Qt.Key.Key_T, CONTROL)
    settle(page, qtbot)
    assert [one.joined for one in overview(desk).open] == [1, 1]
    assert "trennen" not in page.panel.foot.named()
    press(page, Qt.Key.Key_Z, CONTROL)
    settle(page, qtbot)
    assert [one.joined for one in overview(desk).open] == [2]


def test_what_nobody_knows_can_be_parted_too(page, desk, bohrer, qtbot):
    both = (line(at("15:00"), 2 * MINUTE, UNKNOWN), line(at("15:04"), 2 * MINUTE, UNKNOWN))
    read_log_bytes(desk, "Connections.txt", log(*both))
    page.bring()
    choose(page, "unbekannte Partner-ID")
    press(page, Qt.Key.Key_T, CONTROL)
    settle(page, qtbot)
    assert [row.place.words for row in rows(page)].count("unbekannte Partner-ID") == 2


def test_a_matched_joining_is_parted_by_the_same_key(page, desk, read, qtbot):
    page.bring()
    choose(page, "PC Rezeption", place=2)
    assert page.panel.foot.named().count("trennen") == 1
    press(page, Qt.Key.Key_T, CONTROL)
    settle(page, qtbot)
    assert len(overview(desk).open) == 4
