"""One rule for the search of every page: Escape empties it first, then leads back to what was searched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from laverma_desk.domain.message import MessageState
from laverma_desk.services.mails import outbox
from laverma_desk.settings import MachineSettings
from laverma_desk.storage.outbox import update_message
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.widgets.search_field import SearchField
from tests.support.desks import set_mail_account
from tests.support.report_desks import queue


@pytest.fixture
def window(desk, bohrer, clock, dressed, qtbot):
    """The whole window on a desk with one ended session and its mail, which could not be sent."""
    set_mail_account(desk, 1)
    mail = queue(desk, bohrer, clock).message_id
    with desk.database.write() as connection:
        update_message(connection, mail, state=MessageState.FAILED.value)
    shell = Shell()
    running = RunningDesk(desk, shell, MachineSettings())
    running.begin()
    with qtbot.waitActive(shell):
        shell.show()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield shell
    shell.hide()
    running.close()
    shell.deleteLater()


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PAGES = {
    "history": Qt.Key.Key_V,
    "customers": Qt.Key.Key_K,
    "invoices": Qt.Key.Key_R,
    "outbox": Qt.Key.Key_P,
}


@pytest.mark.parametrize("page", PAGES)
def test_escape_empties_the_search_and_then_leads_back(window, page):
    press(PAGES[page], CONTROL | SHIFT)
    if page == "invoices":
        for _step in range(2):  # What is open and the drafts have no search.
            press(Qt.Key.Key_PageDown, CONTROL)
    press(Qt.Key.Key_F, CONTROL)
    search = QApplication.focusWidget()
    assert isinstance(search, SearchField)
    QTest.keyClicks(search, "bohr")
    press(Qt.Key.Key_Escape)
    assert (search.text(), search.hasFocus()) == ("", True)
    press(Qt.Key.Key_Escape)
    assert not search.hasFocus()


def test_escape_leaves_an_address_of_the_outbox_as_it_was(window, desk, qtbot):
    press(PAGES["outbox"], CONTROL | SHIFT)
    (mail,) = outbox.list_messages(desk)
    detail = window.stage.currentWidget().detail
    detail.facts.show_address_edit(mail.recipient)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    press(Qt.Key.Key_Escape)
    assert not detail.facts.edits_address()
