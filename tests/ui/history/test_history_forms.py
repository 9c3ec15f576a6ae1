from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt

from laverma_desk.services.calls import timekeeping
from tests.support.history_page import choose, lines, press, settle

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_alt_n_opens_an_empty_form_and_escape_leads_back(picture, page, qtbot):
    page.bring()
    press(page, Qt.Key.Key_N, ALT)
    settle(page, qtbot)
    assert page.forms.is_open
    assert page.areas() == [page.forms.controller.panel]
    page.forms.controller.cancel()
    assert page.panel.shows_list()
    assert page.panel.table.rows.hasFocus()


def test_the_link_in_the_sum_row_opens_it_too(picture, page, qtbot):
    page.bring()
    page.panel.table.sums.record.click()
    settle(page, qtbot)
    assert page.forms.is_open
    page.forms.controller.cancel()


def test_f2_opens_the_chosen_session_and_its_keys_reach_the_form(picture, page, qtbot):
    page.bring()
    choose(page, "Praxis Dr. Weiß – Rezeption 1")
    press(page, Qt.Key.Key_F2)
    settle(page, qtbot)
    assert page.forms.is_open
    assert page.keys()["Ctrl+Return"] == page.forms.controller.save
    press(page, Qt.Key.Key_Return, CTRL)
    # The reason of the change is missing, so the form stays.
    assert page.forms.is_open
    press(page, Qt.Key.Key_Escape)
    assert page.panel.shows_list()


def test_a_saved_session_is_shown_even_where_the_filter_would_hide_it(picture, page, desk, teller, qtbot):
    page.bring()
    page.panel.filters.search.setText("laufwerk")
    page._typing.timeout.emit()
    settle(page, qtbot)
    assert len(lines(page)) == 1
    number = picture["Praxis Dr. Weiß – Rezeption 1 28.02. 13:22"]
    page.forms.record(None)
    page.forms.controller.finished.emit(timekeeping.read_session(desk, number))
    settle(page, qtbot)
    assert page.details.detail.session.id == number
    assert page.details.detail.session.begin == datetime(2022, 2, 28, 12, 22, tzinfo=UTC)
    assert page.panel.filters.search.text() == ""
