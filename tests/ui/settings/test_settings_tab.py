"""Tab leads through every field of every page of the settings, in the order in which they stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.ui.settings.pages import SECTIONS

_PLENTY = 80


def _steps(form):
    """Return where Tab leads, from the first field until it comes there again."""
    form.focus_field(form.names()[0])
    seen = []
    for _press in range(_PLENTY):
        here = QApplication.focusWidget()
        if seen and here is seen[0]:
            return seen
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    raise AssertionError(f"never back at the first field: {seen}")


@pytest.mark.parametrize("key", SECTIONS)
def test_tab_comes_to_every_field_of_a_page_in_their_order(hand, key):
    form = hand.open(key).form
    steps = _steps(form)
    fields = [(name, form.field(name)) for name in form.names()]
    wanted = [name for name, field in fields if field.isVisible() and field.isEnabled()]
    reached = [
        next((name for name, field in fields if field is step or field.isAncestorOf(step)), "")
        for step in steps
    ]
    found = list(dict.fromkeys(name for name in reached if name))
    assert found == wanted
