"""What tests of the outbox page do and look at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.ui.outbox.choosing import Action
from laverma_desk.ui.outbox.message_model import MESSAGE
from tests.support.report_desks import queue
from tests.support.smtp_server import Step


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(page.shell.focusWidget() or page.shell, key, modifier)


def send(dispatcher, qtbot, expected="failed"):
    with qtbot.waitSignal(getattr(dispatcher, expected)):
        dispatcher.check_now()


def rows(page):
    model = page.panel.messages.rows.model()
    return [model.index(place).data(MESSAGE) for place in range(model.rowCount())]


def detail(page):
    return page.panel.detail


def filled(page):
    return [one for one in Action if detail(page).button(one)._kind == "primary"]


def blocked(page):
    return {one for one in Action if detail(page).button(one).is_blocked()}


def refused(server, desk, bohrer, clock, dispatcher, qtbot, words="550 5.1.1 User unknown", step=Step.RCPT):
    server.answer(step, words, times=1)
    number = queue(desk, bohrer, clock).message_id
    send(dispatcher, qtbot)
    return number
