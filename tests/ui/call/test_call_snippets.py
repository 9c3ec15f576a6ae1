"""Snippets by key, chip and list, and the note that stays in the house."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.services.setup import house


def test_snippets_come_by_key_chip_and_list_and_leave_the_focus_in_the_notes(scene):
    scene.start()
    scene.press("Alt+P")
    scene.press("Ctrl+2")
    assert scene.notes.editor().hasFocus()
    scene.press("Ctrl+1")
    assert scene.notes.texts()[0] == "Neustart des PC\nUpdate eingespielt"
    QTest.mouseClick(scene.notes.snippets.chips()[2], Qt.MouseButton.LeftButton)
    assert scene.notes.editor().hasFocus()
    scene.press("Ctrl+Shift+B")
    menu = scene.notes.snippets._menu
    assert menu.isVisible()
    scene.notes.snippets.list_actions()[4].trigger()
    menu.close()
    assert scene.notes.texts()[0].splitlines()[-1] == scene.notes._snippets[4].text
    assert len(scene.notes.texts()[0].splitlines()) == 4
    scene.press("Ctrl+9")
    assert len(scene.notes.texts()[0].splitlines()) == 4


def test_the_list_shows_the_keys_of_the_first_nine(scene):
    scene.start()
    texts = [action.text() for action in scene.notes.snippets.list_actions()]
    assert texts[0] == "1   Update eingespielt\tStrg+1"


def test_without_snippets_the_way_to_some_is_shown(scene):
    house.save_snippets(scene.desk, [])
    scene.start()
    assert scene.notes.snippets.chips() == []
    scene.notes.snippets._add.click()
    assert scene.heard == [("settings_wanted", "snippets")]


def test_the_internal_note_opens_by_key_and_stays_apart(scene, qtbot):
    scene.start()
    scene.press("Alt+I")
    area = scene.notes.internal.area()
    assert area.hasFocus()
    assert area.accessibleName() == "Interne Notiz, bleibt im Haus"
    area.insertPlainText("zahlt spät")
    scene.press("Escape")
    assert scene.notes.editor().hasFocus()
    scene.settle(qtbot)
    assert (scene.stored().notes, scene.stored().internal_note) == ("", "zahlt spät")
    scene.press("Alt+I")
    scene.press("Alt+I")
    assert not scene.notes.internal.is_open()
    assert scene.notes.editor().hasFocus()


@pytest.mark.parametrize("keys", ["Ctrl+K", "Ctrl+E", "Ctrl+B", "F8"])
def test_keys_of_the_page_are_no_text_in_the_notes(scene, keys):
    scene.start(notes="Update")
    scene.press(keys)
    assert scene.notes.texts()[0] == "Update"
