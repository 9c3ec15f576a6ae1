"""A process of its own: a session runs in the window; end it, print the ms until its paper is seen."""
# ruff: noqa: T201

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest

from laverma_desk.paths import DataDir
from laverma_desk.ui.widgets.pdf_view import PdfView
from tests.bench.open_window import OpenWindow, open_window


class PaperSeen(QObject):
    """Notices when the first page of a preview is painted."""

    def __init__(self, window: OpenWindow) -> None:
        super().__init__()
        self.seen = False
        window.app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QObject):
            sheet = watched.parent()
            view = sheet.parent().parent() if sheet and sheet.parent() else None
            self.seen = self.seen or (isinstance(view, PdfView) and view.page_count() > 0)
        return False


def main(folder: str, warmth: str) -> None:
    """Press the key that ends the session and shows its report: once the window has settled, or long after.

    Settled: the page of the report stands, no library for documents is loaded. Long after: idle work is done.
    """
    with open_window(DataDir(Path(folder))) as window:
        made: list[object] = []
        window.running.stage.later.page_made.connect(made.append)
        if warmth == "warm":
            busy = window.running.surroundings.background
            window.wait(lambda: "laverma_desk.documents.warming" in sys.modules and not busy.busy)
        # The report's page alone, or the outbox after it.
        window.wait(lambda: len(made) == (2 if warmth == "warm" else 1))
        if (warmth == "warm") != ("fpdf" in sys.modules):
            raise RuntimeError(warmth)
        paper = PaperSeen(window)
        began = time.perf_counter()
        QTest.keyPress(window.shell.windowHandle(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        while not paper.seen:
            window.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        window.app.sync()
        print((time.perf_counter() - began) * 1000)


if __name__ == "__main__":
    main(*sys.argv[1:])
