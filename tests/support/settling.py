"""Waiting for a window to come to rest, without a sleep."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from laverma_desk.ui.background import Background


def settle(background: Background) -> None:
    """Wait until nothing works in the background, nor what its results have begun."""
    for _ in range(4):
        if background.busy:
            loop = QEventLoop()
            background.idle.connect(loop.quit)
            QTimer.singleShot(10_000, loop.quit)
            loop.exec()
        QApplication.processEvents()
