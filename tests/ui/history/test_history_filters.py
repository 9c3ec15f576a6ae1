from __future__ import annotations

import threading
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.history import HistoryStatus
from laverma_desk.ui.history.periods import Preset
from laverma_desk.ui.widgets.choice_popup import Choice, ChoicePopup
from tests.support.history_desks import Told
from tests.support.history_page import lines, press, settle


def popup_of(kind=ChoicePopup):
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def test_the_page_begins_with_the_period_of_the_picture(picture, page):
    page.bring()
    assert page.panel.filters.period.value() == "01.02.2022 – 01.03.2022"
    assert [page.panel.filters.customer.value(), page.panel.filters.status.value()] == ["Alle", "Alle"]


def test_a_named_period_is_taken_at_once(picture, page, qtbot):
    page.bring()
    popup = page.panel.filters.open_period()
    next(one for one in popup.presets if one.preset is Preset.TODAY).click()
    settle(page, qtbot)
    assert page.panel.filters.period.value() == "01.03.2022"
    assert len(lines(page)) == 3


def test_two_days_make_a_period_and_a_wrong_order_is_said(picture, page, qtbot):
    page.bring()
    popup = page.panel.filters.open_period()
    popup.first.selectAll()
    QTest.keyClicks(popup.first, "02.03.2022")
    assert popup.error() == "Der Anfang liegt nach dem Ende."
    popup.first.selectAll()
    QTest.keyClicks(popup.first, "28.02.2022")
    popup.last.selectAll()
    QTest.keyClicks(popup.last, "28.02.2022")
    QTest.keyClick(popup.last, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert page.panel.filters.period.value() == "28.02.2022"
    assert len(lines(page)) == 4
    assert "4 Sitzungen" in page.panel.table.sums.accessibleName()


def test_a_customer_is_found_by_typing(picture, page, qtbot):
    page.bring()
    page.panel.filters.customer.setFocus()
    press(page, Qt.Key.Key_Down)
    settle(page, qtbot)
    popup = popup_of()
    QTest.keyClicks(popup.search, "weiss")
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert page.panel.filters.customer.value() == "Praxis Dr. Weiß"
    assert [one.partner for one in lines(page)] == ["Praxis Dr. Weiß – Rezeption 1"]


def test_ten_thousand_customers_are_narrowed_and_walked_through(page, qtbot):
    page.bring()
    many = [Choice(n, f"Praxis {n:05d}", str(n), f"praxis {n:05d}") for n in range(1, 10_001)]
    popup = page.panel.filters.open_customers(many)
    assert popup.list.model().rowCount() == 10_001
    QTest.keyClicks(popup.search, "0999")
    assert popup.list.model().rowCount() == 11
    QTest.keyClick(popup.search, Qt.Key.Key_Down)
    taken = []
    popup.choice_taken.connect(taken.append)
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    assert [one.key for one in taken] == [9990 + 1 - 1]
    settle(page, qtbot)


def test_no_match_is_said(page):
    page.bring()
    popup = page.panel.filters.open_customers([Choice(1, "Praxis", "1", "praxis")])
    QTest.keyClicks(popup.search, "zzz")
    assert popup.list.model().rowCount() == 0
    QTest.keyClick(popup.search, Qt.Key.Key_Escape)
    assert popup.list.model().rowCount() == 2
    popup.close()


def test_supporter_and_status_narrow_rows_and_sums_alike(picture, page, qtbot):
    page.bring()
    popup = page.panel.filters.open_supporters()
    names = [popup.list.model().index(row).data() for row in range(popup.list.model().rowCount())]
    assert names == ["Alle", "Jana Petersen", "Klaus Klassen"]
    QTest.keyClick(popup.list, Qt.Key.Key_Down)
    QTest.keyClick(popup.list, Qt.Key.Key_Return)
    settle(page, qtbot)
    assert {one.supporter for one in lines(page)} == {"Jana Petersen"}
    popup = page.panel.filters.open_statuses()
    popup._go_to(list(HistoryStatus).index(HistoryStatus.FREE))
    QTest.keyClick(popup.list, Qt.Key.Key_Space)
    settle(page, qtbot)
    assert [one.billing for one in lines(page)] == ["Kulanz", "Garantie"]
    assert "0,00\xa0€" in page.panel.table.sums.accessibleName()
    assert page.panel.filters.status.value() == "Kostenlos"


def test_ctrl_f_searches_after_a_pause_in_typing(picture, page, qtbot):
    page.bring()
    press(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.panel.filters.search.hasFocus()
    QTest.keyClicks(page.panel.filters.search, "laufwerk")
    qtbot.waitUntil(lambda: [one.partner for one in lines(page)] == ["MVZ Zahnzentrum Nord – Leitung"])
    press(page, Qt.Key.Key_Return)
    assert page.panel.table.rows.hasFocus()


def test_one_letter_is_no_search_yet(picture, page, qtbot):
    page.bring()
    page.panel.filters.search.setText("x")
    page._typing.timeout.emit()
    settle(page, qtbot)
    assert len(lines(page)) == 9


def test_nothing_found_says_so_and_resets(picture, page, qtbot):
    page.bring()
    page.panel.filters.search.setText("gibtesnicht")
    qtbot.waitUntil(lambda: bool(page.panel.empty_sentence()))
    assert page.panel.empty_sentence() == "Keine Sitzung in diesem Zeitraum."
    assert page.panel.reset.text() == "Filter zurücksetzen"
    assert page.panel.reset.isVisible()
    assert not page.panel.table.isVisible()
    assert not page.panel.detail.isVisible()
    page.panel.reset.click()
    settle(page, qtbot)
    assert page.panel.filters.search.text() == ""
    assert len(lines(page)) == 9
    assert page.panel.table.rows.isVisible()


def test_an_empty_desk_has_no_filter_to_reset(page):
    page.bring()
    assert page.panel.empty_sentence() == "Keine Sitzung in diesem Zeitraum."
    assert not page.panel.reset.isVisible()
    assert page.panel.record.isVisible()


def test_filters_are_remembered_while_the_program_runs(picture, page, qtbot):
    page.bring()
    page.panel.filters.open_statuses().choice_taken.emit(Choice(HistoryStatus.INVOICED, ""))
    settle(page, qtbot)
    popup_of().close()
    page.leave()
    page.bring()
    assert page.panel.filters.status.value() == "Berechnet"
    assert len(lines(page)) == 2


def test_another_page_can_ask_for_one_customer(picture, page, teller, qtbot):
    teller.tell(Told(datetime(2021, 5, 3, 9, 0), 120, "Praxis Dr. Weiß – Rezeption 1", "Alt"))  # noqa: DTZ001
    page.show_customer(teller.customer("Praxis Dr. Weiß"))
    page.bring()
    assert page.panel.filters.period.value() == "Gesamter Zeitraum"
    assert page.panel.filters.customer.value() == "Praxis Dr. Weiß"
    assert [one.day for one in lines(page)] == ["28.02.2022", "03.05.2021"]


def test_another_page_can_ask_for_one_session(picture, page, teller, qtbot):
    old = teller.tell(Told(datetime(2021, 5, 3, 9, 0), 120, "Praxis Dr. Weiß – Rezeption 1", "Alt"))  # noqa: DTZ001
    page.show_session(old)
    page.bring()
    assert page.details.detail.session.id == old
    assert page._wish.period[0] == date(2021, 5, 1)


def test_the_first_look_says_that_it_loads_and_a_later_one_keeps_the_old_rows(
    picture, page, owner, surroundings, qtbot
):
    gate, ignored = threading.Event(), []
    surroundings.background.run(owner, gate.wait, ignored.append, ignored.append)
    page.activate()
    page._rows._loader._timer.timeout.emit()
    assert page.panel.empty_sentence() == "Lädt …"
    assert not page.panel.record.isVisible()
    gate.set()
    settle(page, qtbot)
    assert not page.panel.empty_sentence()
    assert page.panel.table.rows.hasFocus()
    gate.clear()
    surroundings.background.run(owner, gate.wait, ignored.append, ignored.append)
    page.panel.filters.open_statuses().choice_taken.emit(Choice(HistoryStatus.FREE, ""))
    popup_of().close()
    page._rows._loader._timer.timeout.emit()
    assert len(lines(page)) == 9
    assert page.panel.table.sums.loading
    gate.set()
    settle(page, qtbot)
    assert len(lines(page)) == 2
    assert not page.panel.table.sums.loading


def test_a_file_that_cannot_be_read_is_told_until_it_can(picture, page, qtbot):
    page.bring()
    page._rows._loader.failed.emit(OutsideTrouble(Trouble.DATABASE_BUSY, file="desk.sqlite"))
    assert page.panel.notice.isVisible()
    assert len(lines(page)) == 9
    page.reload()
    settle(page, qtbot)
    assert not page.panel.notice.isVisible()


def test_escape_empties_the_search_and_then_leads_back_to_the_table(picture, page, qtbot):
    page.bring()
    press(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.panel.filters.search, "laufwerk")
    press(page, Qt.Key.Key_Escape)
    assert page.panel.filters.search.text() == ""
    settle(page, qtbot)
    press(page, Qt.Key.Key_Escape)
    assert page.panel.table.rows.hasFocus()
    page._typing.timeout.emit()
    settle(page, qtbot)
