"""What is decided in a row of the reconciliation, and how each of it is taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.customer import Tool
from laverma_desk.domain.support_session import Origin
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.reconciling import deciding
from laverma_desk.services.reconciling.overview import matched_rows, overview
from laverma_desk.services.reconciling.reading import read_log_bytes
from laverma_desk.storage import customers, former_ids, sessions
from laverma_desk.ui.reconciling.rows import Act, Kind
from tests.support.connection_logs import at, line, log
from tests.support.reconciling_page import MINUTE, UNKNOWN, choose, popup, press, rows, settle, titles

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def front(page, read):
    return page.bring()


def click(page, act):
    """Click an action of the chosen row."""
    view = page.panel.table.rows
    area = page.panel.table.area_of(act)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())


def decided(page):
    return [row for row in rows(page) if row.key.kind is Kind.DECIDED]


def test_enter_makes_a_session_of_a_connection_and_goes_on_to_the_next(front, desk, qtbot):
    press(front, Qt.Key.Key_Return)
    settle(front, qtbot)
    assert front.panel.foot.sum() == "4 zugeordnet, 2 offen, 0 übergangen"
    (row,) = decided(front)
    assert row.state.words == "Sitzung angelegt"
    made = matched_rows(desk)[0].session
    assert row.below == f"Sitzung {made.number}, noch ohne Notizen"
    assert timekeeping.read_session(desk, made.session_id).origin is Origin.LOG
    assert front.panel.table.chosen_row().below == "Nachtrag zur Sitzung von 16:18 bis 16:32 Uhr?"
    assert front.panel.table.rows.hasFocus()


def test_a_made_session_stays_when_the_decision_is_taken_back_and_that_is_said(front, desk, qtbot):
    press(front, Qt.Key.Key_Return)
    settle(front, qtbot)
    with desk.database.read() as connection:
        count = sessions.count(connection)
    number = matched_rows(desk)[0].session.number
    press(front, Qt.Key.Key_Z, CONTROL)
    settle(front, qtbot)
    assert len(overview(desk).open) == 3
    with desk.database.read() as connection:
        assert sessions.count(connection) == count
    said = front.panel.notice.sentence()
    assert said == f"Die Verbindung ist wieder offen. Die Sitzung {number} bleibt im Verlauf."
    assert decided(front) == []


def test_a_connection_is_assigned_to_the_session_it_was_a_part_of(front, desk, scene, qtbot):
    press(front, Qt.Key.Key_Down)
    press(front, Qt.Key.Key_K, CONTROL)
    asked = popup(front)
    assert asked.head() == "Gehört zur Sitzung"
    assert asked.options[0].key == scene.talk
    assert asked.options[0].below.startswith("24.02.2022 16:18 – 16:32 Uhr, Klaus Klassen")
    QTest.keyClick(asked.list, Qt.Key.Key_Return)
    settle(front, qtbot)
    (row,) = decided(front)
    assert (row.state.words, row.below) == (
        "zugeordnet",
        f"zur Sitzung {timekeeping.read_session(desk, scene.talk).number} vom 24.02.2022 16:18 Uhr",
    )
    assert {one.session.session_id for one in matched_rows(desk) if one.by_hand} == {scene.talk}
    choose(front, "PC Rezeption", place=1)
    front.panel.table.choose(row.key.number)
    press(front, Qt.Key.Key_Delete)
    settle(front, qtbot)
    assert len(overview(desk).open) == 3
    assert front.panel.notice.isHidden()


def test_a_connection_is_skipped_for_a_reason_and_comes_back(front, desk, qtbot):
    press(front, Qt.Key.Key_Delete)
    asked = popup(front)
    assert [one.text() for one in asked.reasons] == ["Test", "Doppelt", "Nicht abrechenbar"]
    asked.take.click()
    assert asked.field.is_invalid()
    asked.field.setText("Probe für die Schulung")
    QTest.keyClick(asked.field, Qt.Key.Key_Return)
    settle(front, qtbot)
    (row,) = decided(front)
    assert (row.state.words, row.below) == ("übergangen", "Probe für die Schulung")
    assert [one.reason for one in overview(desk).ignored] == ["Probe für die Schulung"]
    front.panel.table.choose(row.key.number)
    click(front, Act.TAKE_BACK)
    settle(front, qtbot)
    assert overview(desk).ignored == ()
    assert front.panel.foot.sum() == "3 zugeordnet, 3 offen, 0 übergangen"


def test_what_was_skipped_before_can_be_taken_back_from_its_group(front, desk, qtbot):
    front.surroundings.bus.publish(deciding.ignore(desk, overview(desk).open[0].ids, "Doppelt"))
    settle(front, qtbot)
    choose(front, "Übergangen")
    press(front, Qt.Key.Key_Return)
    row = choose(
        front, "PC Rezeption", place=len([r for r in rows(front) if "Rezeption" in r.place.words]) - 1
    )
    assert row.key.kind is Kind.IGNORED
    assert row.below.startswith("Doppelt, Klaus Klassen")
    press(front, Qt.Key.Key_Return)
    settle(front, qtbot)
    assert overview(desk).ignored == ()


def test_an_unknown_id_is_tied_to_a_machine_without_one(front, desk, bohrer, qtbot):
    choose(front, "unbekannte")
    press(front, Qt.Key.Key_Return)
    asked = popup(front)
    settle(front, qtbot)
    QTest.keyClicks(asked.field.field, "server")
    settle(front, qtbot)
    QTest.keyClick(asked.field.field, Qt.Key.Key_Return)
    settle(front, qtbot)
    with desk.database.read() as connection:
        assert customers.find_workstation(connection, bohrer.server).partner_id == UNKNOWN
    said = front.panel.notice.sentence()
    assert said == "1 388 420 617 gehört jetzt zu ZAP Dr. Bohrer – Server."
    assert "unbekannte Partner-ID" not in titles(front)
    front.panel.notice.link_activated.emit()
    settle(front, qtbot)
    assert "unbekannte Partner-ID" in titles(front)
    with desk.database.read() as connection:
        assert customers.find_workstation(connection, bohrer.server).partner_id == ""


def test_a_machine_with_an_id_is_asked_whether_the_unknown_one_is_new_or_former(front, desk, bohrer, qtbot):
    choose(front, "unbekannte")
    click(front, Act.TIE)
    asked = popup(front)
    settle(front, qtbot)
    QTest.keyClicks(asked.field.field, "rezeption")
    settle(front, qtbot)
    QTest.keyClick(asked.field.field, Qt.Key.Key_Return)
    assert asked.question.sentence() == (
        "ZAP Dr. Bohrer – PC Rezeption hat die Partner-ID 1 234 567 890. "
        "Ist 1 388 420 617 die neue ID oder eine frühere?"
    )
    asked.question.former.click()
    settle(front, qtbot)
    with desk.database.read() as connection:
        assert customers.find_workstation(connection, bohrer.reception).partner_id == "1234567890"
        once = former_ids.former_ids_of(connection, [bohrer.reception])
    assert [(one.tool, one.partner_id) for one in once] == [(Tool.TEAMVIEWER, UNKNOWN)]


def test_a_session_without_a_connection_was_by_telephone_or_had_one(front, desk, scene, qtbot):
    choose(front, "Server")
    press(front, Qt.Key.Key_Return)
    settle(front, qtbot)
    (row,) = decided(front)
    assert row.state.words == "nur telefonisch"
    assert overview(desk).without_connection == ()
    press(front, Qt.Key.Key_Z, CONTROL)
    settle(front, qtbot)
    assert [one.session_id for one in overview(desk).without_connection] == [scene.alone]
    choose(front, "Server")
    press(front, Qt.Key.Key_K, CONTROL)
    assert popup(front).head() == "In der Nähe dieser Sitzung gibt es keine offene Verbindung."
    popup(front).close()


def test_a_joining_is_confirmed_and_that_is_taken_back(front, desk, qtbot):
    row = choose(front, "PC Rezeption", place=2)
    assert row.key.kind is Kind.MATCHED
    assert "bestätigen" in front.panel.foot.named()
    press(front, Qt.Key.Key_Return)
    settle(front, qtbot)
    assert overview(desk).matched.joined == ()
    assert [one.state.words for one in decided(front)] == ["bestätigt"]
    press(front, Qt.Key.Key_Z, CONTROL)
    settle(front, qtbot)
    assert len(overview(desk).matched.joined) == 1


def test_a_joining_is_parted_and_joined_again(front, desk, qtbot):
    choose(front, "PC Rezeption", place=2)
    click(front, Act.SEPARATE)
    settle(front, qtbot)
    assert len(overview(desk).open) == 4
    assert front.panel.notice.sentence() == "Getrennt. Die abgetrennten Verbindungen sind einzeln offen."
    front.panel.notice.link_activated.emit()
    settle(front, qtbot)
    assert len(overview(desk).open) == 3
    assert len(overview(desk).matched.joined) == 1


def test_decisions_are_taken_back_one_after_the_other_the_latest_first(front, desk, qtbot):
    press(front, Qt.Key.Key_Delete)
    popup(front).reasons[0].click()
    settle(front, qtbot)
    choose(front, "Server")
    press(front, Qt.Key.Key_Return)
    settle(front, qtbot)
    assert len(decided(front)) == 2
    press(front, Qt.Key.Key_Z, CONTROL)
    assert [one.state.words for one in decided(front)] == ["übergangen"]
    press(front, Qt.Key.Key_Z, CONTROL)
    assert decided(front) == []
    press(front, Qt.Key.Key_Z, CONTROL)
    settle(front, qtbot)
    assert len(overview(desk).open) == 3


def test_after_the_page_was_left_decisions_stand_in_their_groups(front, desk, qtbot):
    press(front, Qt.Key.Key_Delete)
    popup(front).reasons[0].click()
    settle(front, qtbot)
    press(front, Qt.Key.Key_Escape)
    front.bring()
    assert decided(front) == []
    assert len(overview(desk).ignored) == 1


def test_what_somebody_else_decided_meanwhile_is_refused_in_words(front, desk, qtbot):
    deciding.ignore(desk, overview(desk).open[0].ids, "Test")
    press(front, Qt.Key.Key_Return)
    settle(front, qtbot)
    assert decided(front) == []
    assert not front.panel.notice.isHidden()
    assert front.panel.notice.sentence()


def test_an_action_is_pressed_where_it_is_painted_and_nowhere_else(front, desk):
    table = front.panel.table
    view, delegate = table.rows, table.rows.itemDelegate()
    index = view.currentIndex()
    area = QRectF(view.visualRect(index))
    row = rows(front)[index.row()]
    places = delegate.places(row, area, shown=True)
    assert [offer.words for offer, _rect in places] == ["Sitzung anlegen", "Zuordnen", "Übergehen"]
    for offer, rect in places:
        assert delegate.act_at(index, area, rect.center()) is offer.act
    assert delegate.act_at(index, area, QPointF(area.left() + 400, area.center().y())) is None
    ends = [rect.right() for _offer, rect in places]
    assert ends == sorted(ends)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, round(area.center().y())))
    assert len(overview(desk).open) == 3


def test_a_log_of_many_years_is_passed_over_up_to_a_day(page, desk, bohrer, qtbot):
    old = [line(at("08:00") - timedelta(days=number), MINUTE) for number in range(30)]
    read_log_bytes(desk, "Connections.txt", log(*old))
    page.bring()
    choose(page, "Verbindungen ohne Sitzung")
    assert "ältere übergehen" in page.panel.foot.named()
    press(page, Qt.Key.Key_Delete)
    asked = popup(page)
    assert asked.day.day() == date(2022, 3, 1)
    asked.day.setText("20.02.2022")
    asked.day.textEdited.emit("20.02.2022")
    assert asked.count.text() == "21 Verbindungen"
    asked.reason.clear()
    QTest.keyClick(asked.day, Qt.Key.Key_Return)
    assert asked.reason.is_invalid()
    asked.reason.setText("zu alt")
    QTest.keyClick(asked.reason, Qt.Key.Key_Return)
    settle(page, qtbot)
    shown = overview(desk)
    assert (len(shown.open), len(shown.ignored)) == (9, 21)
    assert {one.reason for one in shown.ignored} == {"zu alt"}
    assert page.panel.notice.sentence() == "21 Verbindungen übergangen."
    assert rows(page)[0].offers == ()
    page.panel.notice.link_activated.emit()
    settle(page, qtbot)
    assert len(overview(desk).open) == 30
    choose(page, "Verbindungen ohne Sitzung")
    click(page, Act.IGNORE_OLDER)
    popup(page).close()
