"""The start menu on the page Appearance: how it stands, in, out, renewed, and what goes wrong in place."""

from __future__ import annotations

import sys

import pytest

from laverma_desk.services.desktop import entry

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the menu of Linux desktops")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def menu(home, hand):
    hand.controller.open_page("look")
    hand.settle()
    return hand.panel.page("look").form.menu_entry


def test_one_button_puts_it_in_and_takes_it_out(hand, menu):
    assert (menu.sentence(), menu.button.label()) == (
        "Laverma Desk steht nicht im Startmenü.",
        "Ins Startmenü eintragen",
    )
    hand.click(menu.button).settle()
    assert entry.read_state().ours
    assert (menu.sentence(), menu.button.label()) == (
        "Laverma Desk steht im Startmenü.",
        "Aus dem Startmenü nehmen",
    )
    hand.click(menu.button).settle()
    assert entry.read_state().file is None
    assert menu.button.label() == "Ins Startmenü eintragen"


def test_an_entry_from_elsewhere_is_renewed_and_keeps_the_phone_numbers(home, hand):
    file = entry.install(tel=True).file
    file.write_text(file.read_text("utf-8").replace("\nExec=/", "\nExec=/elsewhere/"), "utf-8")
    hand.controller.open_page("look")
    hand.settle()
    menu = hand.panel.page("look").form.menu_entry
    assert menu.sentence() == "Das Startmenü startet ein Laverma Desk, das woanders liegt."
    hand.click(menu.button).settle()
    state = entry.read_state()
    assert (state.ours, state.tel) == (True, True)


def test_what_goes_wrong_is_said_in_place(hand, menu, home):
    (home / "data").write_text("no folder", "utf-8")
    hand.click(menu.button).settle()
    assert menu.problem().startswith(f"Die Datei {home / 'data'}")
    assert menu.problem().endswith(" lässt sich nicht schreiben. Ordner und Rechte prüfen.")
    assert menu.button.label() == "Ins Startmenü eintragen"
    (home / "data").unlink()
    hand.click(menu.button).settle()
    assert menu.problem() == ""
    assert entry.read_state().ours
