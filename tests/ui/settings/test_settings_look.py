"""Appearance: colours at once, language and size at the next start, all of it on this machine alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk import settings
from laverma_desk.settings import MachineSettings


@pytest.fixture
def look(hand):
    hand.controller.open_page("look")
    return hand.panel.page("look").form


def choose(form, name, key):
    part = next(part for part in form.field(name)._parts if part.segment.key == key)
    part.setFocus()
    QTest.keyClick(part, Qt.Key.Key_Space)


def test_colours_change_at_once_and_are_kept(hand, look, machine_file, qtbot):
    with qtbot.waitSignal(hand.controller.appearance_changed) as changed:
        choose(look, "theme", "dark")
    assert changed.args == [MachineSettings(theme="dark")]
    assert settings.load(machine_file) == MachineSettings(theme="dark")
    assert not look.offers_restart()


def test_language_and_size_ask_for_a_start(hand, look, machine_file, qtbot):
    choose(look, "language", "en")
    choose(look, "text_size", "150")
    assert settings.load(machine_file) == MachineSettings(language="en", text_size=150)
    assert look.offers_restart()
    with qtbot.waitSignal(hand.controller.restart_wanted):
        hand.click(look.restart)
    choose(look, "language", "system")
    choose(look, "text_size", "100")
    assert not look.offers_restart()


def test_a_start_waits_until_nothing_is_unsaved(hand, look, qtbot):
    choose(look, "text_size", "200")
    hand.open("company").type("name", "Anders")
    hand.controller.open_page("look")
    assert look.restart.is_blocked()
    with qtbot.assertNotEmitted(hand.controller.restart_wanted):
        hand.click(look.restart)
    hand.click(hand.bar.save)
    assert not look.restart.is_blocked()


def test_what_this_machine_has_is_shown(make_hand, desk):
    hand = make_hand(desk, MachineSettings(theme="light", language="de", text_size=125, geometry="abc"))
    hand.controller.open_page("look")
    form = hand.panel.page("look").form
    switches = {"mini_on_minimise": True, "tray": True, "notifications": True}
    assert form.values() == {"theme": "light", "language": "de", "text_size": "125", **switches}


def test_what_others_have_kept_meanwhile_is_not_lost(make_hand, desk, machine_file):
    hand = make_hand(desk, MachineSettings(geometry="abc"))
    hand.controller.open_page("look")
    settings.change(machine_file, geometry="def")
    choose(hand.panel.page("look").form, "theme", "dark")
    assert settings.load(machine_file) == MachineSettings(theme="dark", geometry="def")


@pytest.mark.parametrize("name", ["mini_on_minimise", "tray", "notifications"])
def test_what_the_desktop_shows_is_switched_off_at_once(hand, look, machine_file, qtbot, name):
    with qtbot.waitSignal(hand.controller.appearance_changed) as changed:
        hand.click(look.field(name))
    assert changed.args == [MachineSettings()._replace(**{name: False})]
    assert settings.load(machine_file) == MachineSettings()._replace(**{name: False})
    assert not look.offers_restart()
    hand.click(look.field(name))
    assert settings.load(machine_file) == MachineSettings()
