"""What joins the window after its pages: not made with them, soon there, and at once for whoever asks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from sqlalchemy import event

from laverma_desk.services.calls import timekeeping
from laverma_desk.settings import MachineSettings
from laverma_desk.ui import latecomers
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import Shell


class _Asked:
    """The statements asked of a desk, and which compiled forms of a session's rows they have."""

    def __init__(self, desk):
        self.statements, self.forms = [], set()
        event.listen(desk.database.engine, "before_cursor_execute", self._note)
        self._engine = desk.database.engine

    def _note(self, _connection, _cursor, statement, _values, context, _many):
        self.statements.append(statement)
        if "AS shown_customer" in statement:
            self.forms.add(id(context.compiled))

    def stop(self):
        event.remove(self._engine, "before_cursor_execute", self._note)


@pytest.fixture
def running(desk, bohrer, dressed, qtbot, tmp_path, monkeypatch):
    """A desk with a running session, opened in a window whose event loop has not run since."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    timekeeping.start_session(desk, bohrer.reception)
    shell = Shell()
    qtbot.addWidget(shell)
    opened = RunningDesk(desk, shell, MachineSettings())
    opened.asked = _Asked(desk)
    opened.begin()
    yield opened
    opened.asked.stop()
    opened.close()


def _names(running):
    return {type(one).__name__ for one in running.findChildren(QObject)} & {
        "Companions", "Telephone", "BackupNotice", "LogNotice",
    }  # fmt: skip


def test_none_of_them_is_made_with_the_pages(running):
    assert _names(running) == set()
    assert not running.stage.dispatcher._started


def test_all_of_them_are_there_a_moment_after_the_customers(running, qtbot):
    qtbot.waitUntil(lambda: len(_names(running)) == 4)
    assert running.stage.search._finding.finder() is not None
    assert running.stage.dispatcher._started
    assert running._latecomers._pieces.waiting == 0


def test_who_asks_gets_them_at_once_and_no_second_ones(running, qtbot):
    companions, telephone = running.companions, running.telephone
    assert companions.following.session is not None
    qtbot.waitUntil(lambda: len(_names(running)) == 4)
    assert running.companions is companions
    assert running.telephone is telephone


def test_the_mini_timer_comes_at_its_first_key(running):
    running.stage.strip.mini_requested.emit()
    assert running.companions.mini.shown


def test_the_window_says_that_time_runs_before_anything_else_has_come(running, qtbot):
    assert not running.closing.may_close(wanted=False)
    with qtbot.waitSignal(running.close_wanted):
        running.companions.farewell.bar.close_button.click()


def test_nothing_is_made_any_more_behind_a_closed_window(running, qtbot, monkeypatch):
    monkeypatch.setattr(latecomers, "_SETTLED_MS", 0)
    running.close()
    running.surroundings.background.idle.emit()
    qtbot.wait(60)
    assert _names(running) == set()


def test_the_customers_are_read_while_the_session_is_in_front(running, qtbot):
    stage = running.stage
    assert stage.front is stage.call
    qtbot.waitUntil(lambda: stage.search._finding.finder() is not None)
    assert stage.front is stage.call


def test_the_pages_ask_the_desk_little_and_have_one_form_of_a_session(running):
    asked = running.asked
    assert len(asked.forms) == 1
    assert len([one for one in asked.statements if "FROM supporter ORDER BY" in one]) == 2
    assert len([one for one in asked.statements if "FROM setting" in one]) <= 4
    assert len(asked.statements) <= 66
