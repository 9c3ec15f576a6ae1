"""The page of the history in a real window, and what its tests look at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.ui.history.words import LineWords, SumWords


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is."""
    QTest.keyClick(page.shell.focusWidget() or page.shell, key, modifier)


def settle(page, qtbot):
    """Wait until everything that runs in the background has come back."""
    background = page.surroundings.background
    qtbot.waitUntil(lambda: not background.busy)


def words(page):
    """Return the words of every row."""
    model = page.model
    return [model.words_at(row) for row in range(model.rowCount())]


def lines(page):
    """Return the words of every session."""
    return [one for one in words(page) if isinstance(one, LineWords)]


def days(page):
    """Return the words of every day."""
    return [one for one in words(page) if isinstance(one, SumWords)]


def row_of(page, partner):
    """Return the first row with that partner."""
    return next(
        row
        for row in range(page.model.rowCount())
        if getattr(page.model.words_at(row), "partner", "") == partner
    )


def choose(page, partner):
    """Choose the first session of a partner."""
    page.panel.table.rows.choose(row_of(page, partner))
    return page.details.detail
