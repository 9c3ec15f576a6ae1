"""A connection that nobody recorded becomes a session, by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt

from laverma_desk.services.reconciling.overview import overview
from laverma_desk.services.reconciling.reading import read_log_bytes
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.reconciling import log_watch
from tests.journeys.conftest import ALT, CTRL, SHIFT
from tests.support.connection_logs import at, line, log
from tests.support.reconciling_page import MINUTE

Key = Qt.Key


def test_from_the_history_to_the_log_and_back_with_a_new_session(technician, desk):
    content = log(line(at("15:00"), 12 * MINUTE))
    technician.running.surroundings.bus.publish(read_log_bytes(desk, "Connections.txt", content))
    technician.press(Key.Key_V, CTRL, SHIFT)
    technician.settle()
    history = technician.stage.memory.history
    assert history.panel.filters.reconcile.count() == "1"
    technician.press(Key.Key_A, ALT)
    technician.settle()
    page = technician.stage.memory.reconciling
    assert technician.stage.front is page
    assert page.panel.foot.sum() == "0 zugeordnet, 1 offen, 0 übergangen"
    technician.press(Key.Key_Return)
    technician.settle()
    assert overview(desk).open == ()
    technician.press(Key.Key_Escape)
    technician.settle()
    assert technician.stage.front is history
    assert history.details.detail.session.partner_id == "1234567890"
    assert history.panel.filters.reconcile.count() == ""


def test_a_file_that_this_machine_watches_is_told_under_the_strip(technician, desk, tmp_path, monkeypatch):
    monkeypatch.setattr(log_watch, "FIRST_MS", 0)
    file = tmp_path / "Connections.txt"
    file.write_bytes(log(line(at("15:00"), 12 * MINUTE)))
    technician.stage.appearance_changed.emit(MachineSettings(watched_log=str(file), tray=False))
    technician.wait_until(lambda: technician.shell.notice.sentence() == "1 Verbindung ohne Sitzung")
    focus = technician.focus()
    technician.shell.notice.link_activated.emit()
    technician.settle()
    assert technician.stage.front is technician.stage.memory.reconciling
    assert technician.focus() is not focus
    assert technician.shell.notice.isHidden()


def test_what_stands_on_the_page_in_front_is_not_told_above_it(technician, desk, tmp_path, monkeypatch):
    monkeypatch.setattr(log_watch, "FIRST_MS", 0)
    file = tmp_path / "Connections.txt"
    file.write_bytes(log(line(at("15:00"), 12 * MINUTE)))
    technician.stage.appearance_changed.emit(MachineSettings(watched_log=str(file), tray=False))
    technician.wait_until(lambda: technician.shell.notice.sentence() == "1 Verbindung ohne Sitzung")
    technician.press(Key.Key_V, CTRL, SHIFT)
    technician.settle()
    assert not technician.shell.notice.isHidden()
    technician.press(Key.Key_A, ALT)
    technician.settle()
    assert technician.shell.notice.isHidden()
