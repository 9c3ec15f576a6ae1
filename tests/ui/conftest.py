"""A test of the window leaves nothing behind: no window, no running timer, light colours."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from laverma_desk.ui import theme


def _running_timers():
    roots = [QApplication.instance(), *QApplication.topLevelWidgets()]
    return {timer for root in roots for timer in root.findChildren(QTimer) if timer.isActive()}


@pytest.fixture(autouse=True)
def nothing_left_behind(dressed):
    """Fail the test that leaves a top-level widget or a running timer."""
    windows = set(QApplication.topLevelWidgets())
    timers = _running_timers()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    if theme.mode() != "light":
        theme.apply(dressed, "light")
    left = {widget for widget in QApplication.topLevelWidgets() if widget not in windows}
    assert not left, f"left behind: {left}"
    ticking = _running_timers() - timers
    assert not ticking, f"still running: {ticking}"
