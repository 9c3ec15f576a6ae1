"""The mini timer always stands wholly on a screen, and where it was left is remembered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from laverma_desk import settings
from laverma_desk.ui.mini.placing import place

SIZE = QSize(360, 132)
ROOM = QRect(0, 0, 1280, 752)
RIGHT = QRect(1280, 0, 1920, 1040)


def test_at_first_it_stands_bottom_right_above_the_task_bar():
    assert place(SIZE, None, [ROOM, RIGHT]) == QPoint(1280 - 360 - 16, 752 - 132 - 16)


def test_it_stands_where_it_was_left_on_any_screen():
    assert place(SIZE, QPoint(1900, 300), [ROOM, RIGHT]) == QPoint(1900, 300)


def test_on_a_screen_that_has_gone_it_begins_anew():
    assert place(SIZE, QPoint(1900, 300), [ROOM]) == place(SIZE, None, [ROOM])


@given(x=st.integers(-5000, 5000), y=st.integers(-5000, 5000))
def test_it_is_never_cut_off(x, y):
    found = QRect(place(SIZE, QPoint(x, y), [ROOM, RIGHT]), SIZE)
    assert ROOM.contains(found) or RIGHT.contains(found)


def test_its_place_is_kept_beside_the_other_settings(tmp_path):
    file = tmp_path / "machine.ini"
    settings.save(settings.MachineSettings(theme="dark"), file)
    assert settings.load(file).mini_place is None
    settings.change(file, mini_place=(-1200, 340))
    assert settings.load(file) == settings.MachineSettings(theme="dark", mini_place=(-1200, 340))


@pytest.mark.parametrize("words", ["", "12", "a,b", "1,2,3", "9999999999,0", "1;2"])
def test_a_place_that_is_none_is_no_place(tmp_path, words):
    file = tmp_path / "machine.ini"
    file.write_text(f"[mini]\nplace = {words}\n", encoding="utf-8")
    assert settings.load(file).mini_place is None
