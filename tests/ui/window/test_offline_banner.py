"""The window while the shared desk's server is away: the call goes on, a bar says so, and goes by itself."""

from __future__ import annotations

import pytest

from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.alone import is_alone
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.mails import outbox, queueing
from laverma_desk.services.server_news import ServerNews
from laverma_desk.settings import MachineSettings
from laverma_desk.storage.presence import LISTENS
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import OUTBOX, Shell
from laverma_desk.ui.widgets.link import Link
from tests.support.desks import set_mail_account
from tests.support.fake_clock import FakeClock
from tests.support.locked_servers import LOCK, killed_in_a_call
from tests.support.wired_desks import wired_desk


@pytest.fixture
def wired(tmp_path):
    with wired_desk(tmp_path, FakeClock()) as wired:
        yield wired


@pytest.fixture
def started(wired):
    """The one session that runs."""
    return timekeeping.start_session(wired.here, wired.bohrer.reception).value.id


@pytest.fixture
def window(qtbot, dressed, wired):
    """Open the window of the desk; what is done to the wire it notices by itself."""
    opened = []

    def open_window():
        shell = Shell()
        qtbot.addWidget(shell)
        running = RunningDesk(wired.here, shell, MachineSettings())
        opened.append(running)
        running.begin()
        shell.show()
        return running

    yield open_window
    for one in opened:
        one.close()


def bar_of(running):
    return running.offline.bar


def test_the_call_goes_on_and_the_bar_says_so(qtbot, wired, started, window):
    running = window()
    wired.cut()
    running.stage.call.clock.pause_or_resume()
    qtbot.waitUntil(lambda: bar_of(running) is not None and bar_of(running).isVisible())
    assert bar_of(running).sentence() == (
        "Server nicht erreichbar. Uhr und Notizen laufen hier weiter, alles andere wartet."
    )
    assert running.stage.strip.sessions[0].state is SessionState.PAUSED
    running.stage.call.notes.add_line(started, "Drucker läuft")
    wired.here.clock.advance(minutes=7)
    running.stage.call.clock.pause_or_resume()
    wired.here.clock.advance(minutes=3)
    running.stage.call.clock.pause_or_resume()
    wired.wire.mend()
    qtbot.waitUntil(lambda: bar_of(running).sentence().startswith("Der Server ist wieder da."))
    assert "3 Minuten nachgetragen." in bar_of(running).sentence()
    found = timekeeping.read_session(wired.there, started)
    assert found.state is SessionState.PAUSED
    assert found.notes == "Drucker läuft"


def test_an_end_waits_with_its_report(qtbot, wired, started, window):
    running = window()
    wired.cut()
    running.stage.call.notes.add_line(started, "Drucker läuft")
    running.stage.call.ending.end_and_send()
    qtbot.waitUntil(lambda: bar_of(running) is not None and "1 Bericht wartet." in bar_of(running).sentence())
    assert running.stage.front is running.stage.search
    assert running.stage.strip.sessions[0].state is SessionState.ENDED
    wired.wire.mend()
    qtbot.waitUntil(lambda: bar_of(running).sentence().startswith("Der Server ist wieder da."))
    assert timekeeping.read_session(wired.there, started).report_open
    bar_of(running).link_activated.emit()
    assert running.stage.later.is_report(running.stage.front)
    assert bar_of(running).isHidden()


def test_the_window_opens_on_the_call_while_the_server_is_away(qtbot, wired, started, window):
    wired.cut()
    timekeeping.pause_session(wired.here, started)
    wired.open_again()
    running = window()
    assert running.stage.front is running.stage.call
    assert running.stage.call.session_id == started
    assert bar_of(running).isVisible()
    wired.wire.mend()
    qtbot.waitUntil(lambda: bar_of(running).sentence().startswith("Der Server ist wieder da."))
    assert timekeeping.read_session(wired.there, started).state is SessionState.PAUSED


def test_what_became_of_a_write_is_said_though_nobody_saw_the_server_go(qtbot, wired, window):
    """Whoever was told that it is open waits for this sentence."""
    running = window()
    running.offline._heard.emit(ServerNews(away=False, unwritten=1))
    qtbot.waitUntil(lambda: bar_of(running) is not None and bar_of(running).isVisible())
    assert "nicht geschrieben" in bar_of(running).sentence()


def test_an_idle_window_says_so_too_and_shows_nobody_on_the_phone(qtbot, wired, window):
    timekeeping.start_session(wired.there, wired.bohrer.reception)
    running = window()
    strip = running.stage.strip
    qtbot.waitUntil(lambda: len([*strip.sessions, *strip.others]) == 1)
    qtbot.waitUntil(lambda: listens(wired))
    wired.cut()
    qtbot.waitUntil(lambda: bar_of(running) is not None and bar_of(running).isVisible())
    assert bar_of(running).sentence().startswith("Server nicht erreichbar.")
    assert strip.others == []
    wired.wire.mend()
    qtbot.waitUntil(lambda: bar_of(running).sentence().startswith("Der Server ist wieder da."))
    assert len([*strip.sessions, *strip.others]) == 1


def listens(wired):
    with wired.there.database.read() as connection:
        asked = (
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = %(name)s"
        )
        return connection.exec_driver_sql(asked, {"name": LISTENS}).scalar() == 1


def test_the_outbox_says_that_it_waits_and_fills_itself(qtbot, wired, window):
    set_mail_account(wired.there, 2525)
    session = timekeeping.start_session(wired.there, wired.bohrer.reception).value
    call_sheet.save_notes(wired.there, session.id, "Drucker läuft", "")
    timekeeping.end_session(wired.there, session.id)
    queueing.queue_report(wired.there, session.id)
    running = window()
    wired.cut()
    running.stage.open_page(OUTBOX)
    panel = running.stage.later.outbox.panel
    assert panel.empty_sentence() == (
        "Server nicht erreichbar. Die Mails erscheinen von selbst, sobald er wieder da ist."
    )
    wired.wire.mend()
    qtbot.waitUntil(lambda: panel.empty_sentence() == "")
    assert panel.messages.current() != 0


def test_an_end_without_a_server_leads_to_the_mail_in_the_outbox(qtbot, wired, started, window):
    set_mail_account(wired.there, 2525)
    running = window()
    wired.cut()
    running.stage.call.notes.add_line(started, "Drucker läuft")
    running.stage.call.ending.end_and_send()
    wired.wire.mend()
    qtbot.waitUntil(lambda: bar_of(running) is not None)
    qtbot.waitUntil(lambda: bar_of(running).sentence().startswith("Der Server ist wieder da."))
    assert outbox.list_messages(wired.there) == []
    bar_of(running).link_activated.emit()
    running.stage.report.send()
    qtbot.waitUntil(lambda: len(outbox.list_messages(wired.there)) == 1)


@pytest.fixture
def locked(tmp_path):
    with killed_in_a_call(tmp_path) as locked:
        yield locked


def test_a_server_that_is_back_and_wants_the_password_is_given_it(qtbot, dressed, locked):
    shell = Shell()
    qtbot.addWidget(shell)
    desk = locked.open()
    running = RunningDesk(desk, shell, MachineSettings())
    running.begin()
    shell.show()
    assert running.stage.call.session_id == locked.session_id
    locked.wire.mend()
    qtbot.waitUntil(lambda: "Kennwort" in bar_of(running).sentence())
    assert bar_of(running).sentence() == (
        "Der Server ist wieder da und braucht das Kennwort. Uhr und Notizen laufen hier weiter."
    )
    assert "Anmelden" in [one.accessibleName() for one in bar_of(running).findChildren(Link)]
    bar_of(running).link_activated.emit()
    card = running.offline.login_card
    card.password.setText("falsch")
    card.log_in.click()
    qtbot.waitUntil(lambda: card.trouble() != "")
    assert card.password.text() == ""
    card.password.setText(LOCK)
    card.log_in.click()
    qtbot.waitUntil(lambda: bar_of(running).sentence().startswith("Der Server ist wieder da."))
    qtbot.waitUntil(lambda: running.offline.login_card is None)
    assert not is_alone(desk)
    running.close()
