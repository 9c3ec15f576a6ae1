"""What was done is found again, put right and proven, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from laverma_desk.domain.history import HistoryFilter
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services import history
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.remote_tools import CONNECTED
from laverma_desk.storage import billing
from laverma_desk.ui.history.detail import Action
from laverma_desk.ui.history.words import LineWords
from tests.journeys.conftest import CTRL, SHIFT
from tests.support.desks import set_mail_account

Key = Qt.Key
EVERYTHING = HistoryFilter(None, None)


@pytest.fixture
def server(smtp_server, desk):
    made = smtp_server()
    set_mail_account(desk, made.port)
    return made


@pytest.fixture
def reported(technician, server, clock, desk):
    """A session whose report has arrived."""
    technician.press(Key.Key_N, CTRL)
    technician.type("boher rez")
    technician.press(Key.Key_Return, CTRL)
    technician.settle()
    session = technician.stage.strip.sessions[-1]
    technician.type("Terminalserver neu gestartet")
    clock.advance(minutes=12, seconds=22)
    technician.press(Key.Key_Return, CTRL)
    technician.settle()
    clock.advance(seconds=10)
    technician.wait_for_mail(server)
    return session


def open_history(technician):
    technician.press(Key.Key_V, CTRL, SHIFT)
    technician.settle()
    return technician.stage.memory.history


def shown(page):
    """Return the partners of the list; a day has none."""
    model = page.panel.table.rows.model()
    words = [model.words_at(row) for row in range(model.rowCount())]
    return [one.partner for one in words if isinstance(one, LineWords)]


def test_a_session_is_found_by_part_of_a_word_and_its_report_sent_again(technician, reported, server, clock):
    page = open_history(technician)
    assert shown(page) == ["ZAP Dr. Bohrer – PC Rezeption"]
    technician.press(Key.Key_F, CTRL)
    technician.type("drucker")
    technician.wait_until(lambda: shown(page) == [])
    technician.press(Key.Key_Escape)
    technician.type("server")
    technician.wait_until(lambda: shown(page) == ["ZAP Dr. Bohrer – PC Rezeption"])
    technician.press(Key.Key_Down)
    technician.settle()
    page.details.do(Action.SEND)  # a button, reached by Tab
    technician.settle()
    technician.press(Key.Key_Return)
    technician.settle()
    clock.advance(seconds=10)
    technician.wake_dispatcher()
    technician.wait_until(lambda: len(server.mails) == 2)
    first, second = (mail.message for mail in server.mails)
    assert second["Subject"] == first["Subject"]
    assert second["Message-ID"] != first["Message-ID"]
    (one,), (again,) = (list(mail.iter_attachments()) for mail in (first, second))
    assert again.get_content() == one.get_content()


def test_a_corrected_session_says_so_and_a_billed_one_stays(technician, reported, desk):
    overview = history.overview(desk, EVERYTHING)
    assert (overview.total.sessions, overview.total.billed_minutes, overview.total.net_cents) == (1, 13, 2925)
    with desk.database.write() as connection:
        billing.bill(connection, [reported.id], "RE-2022-0031")
    open_history(technician)
    technician.press(Key.Key_F2)
    technician.settle()
    found = timekeeping.read_session(desk, reported.id)
    assert found.invoice_number == "RE-2022-0031"
    # That its tool was started is written down a moment later, on a slow machine within this test.
    assert {one.field for one in timekeeping.session_history(desk, reported.id)} <= {CONNECTED}


def test_from_a_customers_record_into_a_session(technician, bohrer, desk):
    technician.press(Key.Key_K, CTRL, SHIFT)
    technician.settle()
    technician.press(Key.Key_F, CTRL)
    technician.type("bohrer")
    technician.settle()
    technician.press(Key.Key_Return, CTRL)
    technician.settle()
    (session,) = technician.stage.strip.sessions
    assert session.state is SessionState.RUNNING
    assert session.workstation_id == bohrer.reception
    assert technician.stage.front is technician.stage.call
