"""The way from the history to the reconciliation, with the number of connections that have no session."""

from __future__ import annotations

from PySide6.QtCore import Qt

from laverma_desk.services.reconciling.deciding import ignore
from laverma_desk.services.reconciling.overview import overview
from laverma_desk.services.reconciling.reading import read_log_bytes
from tests.support.connection_logs import log
from tests.support.history_page import press, settle
from tests.support.reconciling_page import LINES


def test_the_button_counts_what_has_no_session_and_follows_decisions(page, desk, bohrer, picture, qtbot):
    button = page.panel.filters.reconcile
    page.bring()
    assert button.count() == ""
    narrow = button.sizeHint().width()
    page.surroundings.bus.publish(read_log_bytes(desk, "Connections.txt", log(*LINES)))
    settle(page, qtbot)
    assert button.count() == str(len(overview(desk).open))
    assert button.accessibleDescription() == f"{button.count()} Verbindungen ohne Sitzung"
    assert button.sizeHint().width() > narrow
    page.surroundings.bus.publish(ignore(desk, overview(desk).open[0].ids, "Test"))
    settle(page, qtbot)
    assert button.count() == str(len(overview(desk).open))


def test_nothing_is_counted_while_another_page_is_in_front(page, desk, bohrer, picture, qtbot):
    page.bring()
    page.leave()
    page.surroundings.bus.publish(read_log_bytes(desk, "Connections.txt", log(*LINES)))
    settle(page, qtbot)
    assert page.panel.filters.reconcile.count() == ""
    page.bring()
    assert page.panel.filters.reconcile.count() != ""


def test_the_button_and_its_key_lead_to_the_reconciliation(page, picture, qtbot):
    page.bring()
    with qtbot.waitSignal(page.reconciling_wanted):
        page.panel.filters.reconcile.click()
    with qtbot.waitSignal(page.reconciling_wanted):
        press(page, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)


def test_in_a_roomy_window_the_button_says_its_words(page, picture, qtbot):
    page.bring()
    button = page.panel.filters.reconcile
    narrow = button.width()
    page.shell.setMinimumSize(0, 0)
    page.shell.resize(1600, 900)
    qtbot.waitUntil(lambda: button.width() > narrow + 40)
