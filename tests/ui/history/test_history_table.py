from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt

from laverma_desk.services import corrections
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.setup.house import read_house
from laverma_desk.ui.history.columns import Column
from tests.support.history_desks import Told
from tests.support.history_page import choose, days, lines, press, row_of, settle, words


def test_the_picture_stands_there_word_for_word(picture, page):
    page.bring()
    first, *_rest = days(page)
    assert (first.title, first.duration, first.count) == ("Dienstag, 01.03.2022", "00:37:00", "3 Sitzungen")
    assert (first.billed, first.net) == ("31\xa0Min abgerechnet", "69,75\xa0€")
    assert [one.begin for one in lines(page)[:3]] == ["09:14", "08:37", "08:05"]
    market = lines(page)[0]
    assert (market.note, market.more, market.billing) == ("Quartalsupdate eingespielt", "+2", "42,75\xa0€")
    assert (market.report.icon, market.invoice) == ("check", "offen")
    free = lines(page)[1]
    assert (free.billing, free.free, free.invoice) == ("Kulanz", True, "entfällt")
    assert [one.report.icon for one in lines(page)] == [
        "check", "check", "clock", "check", "minus", "check", "check", "warning", "check",
    ]  # fmt: skip
    assert [one.invoice for one in lines(page) if one.invoiced] == ["RE-2022-0030", "RE-2022-0029"]


def test_the_sum_is_the_sum_of_the_days(picture, page):
    page.bring()
    assert "02:24:28" in page.panel.table.sums.accessibleName()
    assert "9 Sitzungen" in page.panel.table.sums.accessibleName()
    assert "308,25\xa0€" in page.panel.table.sums.accessibleName()


def test_arrows_step_over_the_days(picture, page):
    page.bring()
    rows = page.panel.table.rows
    assert rows.current() == 1
    press(page, Qt.Key.Key_Up)
    assert rows.current() == 1
    for _step in range(3):
        press(page, Qt.Key.Key_Down)
    assert rows.current() == 5
    assert page.model.is_day(4)
    press(page, Qt.Key.Key_Up)
    assert rows.current() == 3


def test_home_end_and_pages_reach_both_ends(picture, page):
    page.bring()
    rows, last = page.panel.table.rows, page.model.rowCount() - 1
    press(page, Qt.Key.Key_End)
    assert rows.current() == last
    press(page, Qt.Key.Key_Home)
    assert rows.current() == 1
    press(page, Qt.Key.Key_PageDown)
    assert rows.current() > 5
    press(page, Qt.Key.Key_PageDown)
    assert rows.current() == last
    press(page, Qt.Key.Key_PageUp)
    press(page, Qt.Key.Key_PageUp)
    assert rows.current() == 1


def test_a_day_cannot_be_chosen(picture, page, qtbot):
    page.bring()
    rows = page.panel.table.rows
    place = rows.visualRect(page.model.index(4, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert rows.current() == 1


def test_a_screen_reader_hears_the_whole_row_and_the_state_of_its_report(picture, page):
    page.bring()
    index = page.model.index(1, Column.DAY)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Zahnärzte am Markt – Server" in said
    assert "Bericht gesendet" in said
    cell = page.model.index(1, Column.REPORT)
    assert cell.data() == "gesendet"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "Bericht gesendet"
    assert page.model.headerData(Column.PARTNER, Qt.Orientation.Horizontal) == "Partner"


def test_the_chosen_session_stays_chosen_when_another_one_comes(picture, page, teller, qtbot):
    page.bring()
    chosen = choose(page, "Praxis Dr. Weiß – Rezeption 1").session.id
    before = page.panel.table.rows.current()
    teller.tell(Told(datetime(2022, 3, 1, 10, 40), 60, "KFO Dr. Lindner – PC Büro", "Neu"))  # noqa: DTZ001
    page.reload()
    settle(page, qtbot)
    assert page.details.detail.session.id == chosen
    assert page.panel.table.rows.current() == before + 1


def test_what_is_changed_elsewhere_shows_without_a_jump(picture, page, desk, surroundings, qtbot):
    page.bring()
    choose(page, "KFO Dr. Lindner – PC Büro")
    place = page.panel.table.rows.verticalScrollBar().value()
    resets = []
    page.model.modelReset.connect(lambda: resets.append(1))
    reason = read_house(desk).free_reasons[0]
    number = page.details.detail.session.id
    surroundings.bus.publish(corrections.change_billing(desk, number, False, reason.id, "Garantie"))
    settle(page, qtbot)
    line = page.model.words_at(page.panel.table.rows.current())
    assert (line.billing, line.corrected) == (reason.name, "Nachträglich korrigiert")
    assert page.panel.table.rows.verticalScrollBar().value() == place
    assert not resets


def test_a_hidden_page_reads_nothing_until_it_comes_back(picture, page, desk, surroundings, qtbot):
    page.bring()
    assert len(lines(page)) == 9
    page.leave()
    found = timekeeping.read_session(desk, picture["Praxis Dr. Weiß – Rezeption 1 28.02. 13:22"])
    reason = read_house(desk).free_reasons[0]
    surroundings.bus.publish(corrections.change_billing(desk, found.id, False, reason.id, "Garantie"))
    settle(page, qtbot)
    assert page.model.words_at(row_of(page, found.partner)).billing == "22,50\xa0€"
    page.bring()
    assert page.model.words_at(row_of(page, found.partner)).billing == reason.name


def test_columns_share_the_width_at_every_size(picture, page, qtbot):
    page.bring()
    rows = page.panel.table.rows
    for wide in (1120, 1280, 1900):
        page.shell.resize(wide, 720)
        qtbot.waitUntil(lambda: sum(rows.columnWidth(one) for one in Column) == rows.width())
        edges = [rows.columnViewportPosition(one) for one in Column]
        assert all(left < right for left, right in pairwise(edges))


def test_days_and_sessions_are_all_of_the_rows(picture, page):
    page.bring()
    assert len(words(page)) == 12
    assert [page.model.is_day(row) for row in range(12)].count(True) == 3
