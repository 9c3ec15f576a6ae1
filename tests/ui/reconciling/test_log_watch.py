"""A watched log is read when its tool has written to it, and what is open is told once."""

from __future__ import annotations

import pytest

from laverma_desk import settings
from laverma_desk.services.changes import Topic
from laverma_desk.services.reconciling.overview import open_count, overview
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.reconciling import log_watch
from laverma_desk.ui.reconciling.log_notice import LogNotice
from laverma_desk.ui.reconciling.log_watch import LogWatch
from laverma_desk.ui.widgets.notice_bar import NoticeBar
from tests.support import desks, rooms
from tests.support.connection_logs import at, line, log
from tests.support.reconciling_page import LINES, MINUTE, write_log

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk
owner, surroundings = rooms.owner, rooms.surroundings


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nothing is gained by waiting for a tool that writes at once."""
    monkeypatch.setattr(log_watch, "FIRST_MS", 0)
    monkeypatch.setattr(log_watch, "CALM_MS", 20)


@pytest.fixture
def watch(surroundings, owner):
    made = LogWatch(surroundings, owner)
    yield made
    made.stop()


@pytest.fixture
def notice(surroundings, owner, qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    made = LogNotice(surroundings, MachineSettings(), bar, owner)
    made.bar = bar
    yield made
    made.watch.stop()
    made._timer.stop()


def test_the_file_is_read_at_first_and_whenever_it_is_written(watch, desk, bohrer, tmp_path, qtbot):
    file = write_log(tmp_path)
    with qtbot.waitSignal(watch.read):
        watch.follow(str(file))
    assert overview(desk).reading.lines == len(LINES)
    with qtbot.waitSignal(watch.read) as heard, file.open("ab") as tool:
        tool.write(log(line(at("19:00"), MINUTE)))
    assert heard.args[0].new == 1


def test_a_file_that_is_replaced_is_watched_on(watch, desk, bohrer, tmp_path, qtbot):
    file = write_log(tmp_path)
    with qtbot.waitSignal(watch.read):
        watch.follow(str(file))
    for number in range(2):
        fresh = write_log(tmp_path, *LINES, line(at("19:00"), MINUTE, guid=str(number)), name="neu.txt")
        with qtbot.waitSignal(watch.read):
            fresh.replace(file)
        assert str(file) in watch.watched()
    assert overview(desk).reading.file_name == "Connections.txt"


def test_a_file_that_is_not_there_yet_is_read_as_soon_as_it_is(watch, desk, bohrer, tmp_path, qtbot):
    watch.follow(str(tmp_path / "Connections.txt"))
    qtbot.waitUntil(lambda: not watch._calm.isActive())
    assert overview(desk).reading is None
    with qtbot.waitSignal(watch.read):
        write_log(tmp_path)


def test_a_file_that_nobody_can_read_fails_nothing(watch, surroundings, desk, tmp_path, qtbot):
    file = tmp_path / "Connections.txt"
    file.write_bytes(b"Sehr geehrte Damen und Herren\n")
    watch.follow(str(file))
    qtbot.waitUntil(lambda: watch._seen is not None and not surroundings.background.busy)
    assert overview(desk).reading is None
    with qtbot.waitSignal(watch.read):
        write_log(tmp_path)


def test_what_has_not_changed_is_not_read_again(watch, surroundings, bohrer, tmp_path, qtbot):
    file = write_log(tmp_path)
    with qtbot.waitSignal(watch.read):
        watch.follow(str(file))
    heard = []
    watch.read.connect(heard.append)
    (tmp_path / "TeamViewer15_Logfile.log").write_text("x", encoding="utf-8")
    qtbot.waitUntil(watch._calm.isActive)
    qtbot.waitUntil(lambda: not watch._calm.isActive())
    assert not surroundings.background.busy
    assert heard == []


def test_an_empty_path_stops_the_watch_and_closing_does(watch, surroundings, bohrer, tmp_path, qtbot):
    file = write_log(tmp_path)
    with qtbot.waitSignal(watch.read):
        watch.follow(str(file))
    watch.follow("")
    assert watch.watched() == []
    with qtbot.waitSignal(watch.read):
        watch.follow(str(file))
    surroundings.background.close()
    assert watch.watched() == []


def test_open_connections_are_told_once_and_again_only_where_there_are_more(
    notice, surroundings, desk, bohrer, tmp_path, qtbot
):
    file = write_log(tmp_path, *LINES[:1])
    notice.use(MachineSettings(watched_log=str(file)))
    qtbot.waitUntil(lambda: not notice.bar.isHidden())
    assert notice.bar.sentence() == "1 Verbindung ohne Sitzung"
    with qtbot.waitSignal(notice.wanted):
        notice.bar.link_activated.emit()
    assert notice.bar.isHidden()
    with qtbot.waitSignal(notice.watch.read):
        write_log(tmp_path, *LINES[:1], "halb")
    qtbot.waitUntil(lambda: not surroundings.background.busy)
    assert notice.bar.isHidden()
    with qtbot.waitSignal(notice.watch.read):
        write_log(tmp_path, *LINES)
    qtbot.waitUntil(lambda: not notice.bar.isHidden())
    assert notice.bar.sentence() == f"{open_count(desk)} Verbindungen ohne Sitzung"


def test_nothing_is_told_while_the_page_with_the_connections_is_in_front(
    notice, surroundings, bohrer, tmp_path, qtbot
):
    notice.use(MachineSettings(watched_log=str(write_log(tmp_path, *LINES[:1]))))
    qtbot.waitUntil(lambda: not notice.bar.isHidden())
    notice.attend(True)
    assert notice.bar.isHidden()
    with qtbot.waitSignal(notice.watch.read):
        write_log(tmp_path, *LINES[:3])
    qtbot.waitUntil(lambda: not surroundings.background.busy)
    assert notice.bar.isHidden()
    notice.attend(False)
    with qtbot.waitSignal(notice.watch.read):
        write_log(tmp_path, *LINES)
    qtbot.waitUntil(lambda: not notice.bar.isHidden())


def test_the_notice_waits_for_a_bar_that_says_something_else(notice, desk, bohrer, tmp_path, qtbot):
    notice.bar.show_notice("Kein Netz.")
    notice.use(MachineSettings(watched_log=str(write_log(tmp_path))))
    qtbot.waitUntil(notice._timer.isActive)
    assert notice.bar.sentence() == "Kein Netz."
    notice.bar.clear()
    notice._on_timer_timeout()
    assert notice.bar.sentence().endswith("ohne Sitzung")


def test_a_path_that_is_saved_in_the_settings_is_followed_at_once(
    notice, surroundings, bohrer, tmp_path, monkeypatch, qtbot
):
    watched = MachineSettings(watched_log=str(write_log(tmp_path)))
    monkeypatch.setattr(settings, "load", lambda: watched)
    with qtbot.waitSignal(notice.watch.read):
        surroundings.bus.announce(Topic.HOUSE)
    qtbot.waitUntil(lambda: not notice.bar.isHidden())
