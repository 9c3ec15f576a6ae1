"""What the desktop says by itself: each thing once, at its time, and nothing where nobody wants it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from laverma_desk.domain.company import RemoteSettings
from laverma_desk.domain.message import Attempt, Failure, Message, MessageKind, MessageState
from laverma_desk.domain.telephone import read_caller
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.setup.house_remote import save_remote_settings
from laverma_desk.ui.tray.notifications import Notifications

PLACE = "ZAP Dr. Bohrer – PC Rezeption"

_DESKTOP = """
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection
from laverma_desk.ui.tray.desktop_messages import DesktopMessages

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
app = QCoreApplication([])

@ClassInfo({"D-Bus Interface": NAME})
class Desktop(QObject):
    @Slot("QString", "uint", "QString", "QString", "QString", "QStringList", "QVariantMap", "int")
    def Notify(self, program, replaced, icon, title, sentence, actions, hints, patience):
        print([program, replaced, title, sentence, actions, hints["suppress-sound"], patience])
        app.quit()

messages = DesktopMessages()
print(messages.show("nobody", "listens"))
bus = QDBusConnection.sessionBus()
desktop = Desktop()
bus.registerService(NAME)
bus.registerObject(PATH, desktop, QDBusConnection.RegisterOption.ExportAllSlots)
print(messages.show("Praxis Weiß", "A & <b>"))
QTimer.singleShot(10_000, app.quit)
app.exec()
messages.close()
"""


def a_message(state, failure, at):
    return Message(
        7, MessageKind.REPORT, 1, "ZAP Dr. Bohrer", "Klaus Klassen", "info@laverma.example",
        "rezeption@zap-bohrer.example", "", "Fernwartung", "", 0, state, at, at,
        (Attempt(at, "550 no such user", failure),),
    )  # fmt: skip


@pytest.fixture
def told(work):
    return []


@pytest.fixture
def notifications(work, told):
    made = Notifications(
        work.running.surroundings,
        work.companions.following,
        work.stage.dispatcher,
        lambda *words: told.append(words),
        work.shell,
    )
    made.set_wanted(wanted=True)
    yield made
    made.stop()


def plain(told):
    return [tuple(one.replace("\N{NO-BREAK SPACE}", " ") for one in words) for words in told]


def test_a_forgotten_pause_is_said_once(work, notifications, told):
    work.bus.publish(timekeeping.pause_session(work.desk, work.session.id))
    work.clock.advance(minutes=14, seconds=59)
    notifications.look()
    assert told == []
    assert 0 < notifications.timer.interval() <= 1001
    work.clock.advance(seconds=1)
    notifications.look()
    notifications.look()
    assert plain(told) == [(PLACE, "Seit 15 Min pausiert.")]
    assert not notifications.timer.isActive()

    work.bus.publish(timekeeping.resume_session(work.desk, work.session.id))
    work.bus.publish(timekeeping.pause_session(work.desk, work.session.id))
    work.clock.advance(minutes=20)
    notifications.look()
    assert plain(told)[1:] == [(PLACE, "Seit 20 Min pausiert.")]


def test_a_long_session_is_said_after_the_hours_of_the_house(work, notifications, told):
    work.clock.advance(hours=1, minutes=47, seconds=37)
    notifications.look()
    assert told == []
    work.clock.advance(seconds=1)
    notifications.look()
    notifications.look()
    assert told == [(PLACE, "Die Zeit läuft seit mehr als 2 Stunden.")]


def test_other_hours_count_as_soon_as_they_are_set(work, notifications, told):
    work.clock.advance(minutes=50)
    notifications.look()
    assert told == []
    work.bus.publish(save_remote_settings(work.desk, RemoteSettings(long_session_hours=1)))
    assert told == [(PLACE, "Die Zeit läuft seit mehr als einer Stunde.")]


def test_it_sleeps_until_something_can_be_due(work, notifications):
    assert notifications.timer.isActive()
    work.bus.publish(timekeeping.end_session(work.desk, work.session.id))
    assert not notifications.timer.isActive()


def test_a_lost_mail_is_said_once_and_one_that_waits_is_not(work, notifications, told, clock):
    waiting = a_message(MessageState.WAITING, Failure.NO_NETWORK, clock.now())
    lost = a_message(MessageState.FAILED, Failure.RECIPIENT_REFUSED, clock.now())
    dispatcher = work.stage.dispatcher
    dispatcher.failed.emit(waiting)
    assert told == []
    dispatcher.failed.emit(lost)
    dispatcher.failed.emit(lost)
    ((title, sentence),) = told
    assert title == "Mail nicht gesendet"
    assert lost.recipient in sentence


def test_a_caller_is_said_only_while_the_window_is_out_of_sight(work, told, qtbot, monkeypatch):
    said = work.companions.notifications
    said.set_wanted(wanted=True)
    monkeypatch.setattr(said, "_say", lambda *words: told.append(words))
    work.running.ring(read_caller("040 66969122"))
    qtbot.waitUntil(lambda: work.running.telephone.bar is not None)
    assert told == []
    work.shell.hide()
    work.running.ring(read_caller("069 90009451"))
    qtbot.waitUntil(lambda: len(told) == 1)
    assert plain(told) == [("Anruf: 069 90009 451, unbekannte Nummer", "Im Fenster mit F9 annehmen.")]
    said.set_wanted(wanted=False)
    said.say_caller("Anruf")
    assert len(told) == 1


def test_nothing_is_said_where_it_is_switched_off(work, notifications, told, clock):
    notifications.set_wanted(wanted=False)
    work.clock.advance(hours=5)
    notifications.look()
    work.stage.dispatcher.failed.emit(a_message(MessageState.FAILED, Failure.RECIPIENT_REFUSED, clock.now()))
    assert told == []
    assert not notifications.timer.isActive()


def test_the_desktop_takes_the_message_as_its_service_wants_it():
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", _DESKTOP],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "DISPLAY"},
        cwd=Path(__file__).parents[3],
    )
    none, shown, taken = done.stdout.splitlines()
    assert (none, shown) == ("False", "True")
    assert taken == "['Laverma Desk', 0, 'Praxis Weiß', 'A &amp; &lt;b&gt;', [], True, -1]"
