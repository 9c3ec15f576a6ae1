"""The part that checks what was issued: what it does, how far it is, and what came of it last."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.audit.reading import CheckReading
from laverma_desk.ui.audit.result_card import ResultCard
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea
from laverma_desk.ui.widgets.progress_line import ProgressLine


class ChainPart(QWidget):
    """Two cards that scroll. Emits `check_wanted`, `cancelled`, `copy_wanted` and `save_wanted`."""

    check_wanted = Signal()
    cancelled = Signal()
    copy_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = OverlayScrollArea(self)
        content = QWidget()
        self.check = Button(
            _("Check now"),
            "primary",
            "shield-valid",
            shortcut_text=key_name("Ctrl+Return"),
            parent=content,
        )
        self.progress = ProgressLine(content)
        self.result = ResultCard(content)
        self._lay_out(content)
        self.area.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        self.check.clicked.connect(self.check_wanted)
        self.progress.cancelled.connect(self.cancelled)
        self.result.copy.clicked.connect(self.copy_wanted)
        self.result.save.clicked.connect(self.save_wanted)

    def _lay_out(self, content: QWidget) -> None:
        about = _(
            "Each issued invoice, cancellation and payment reminder is calculated again: the chain, the "
            "checksums, the amounts, what PDF and XML say, and which sessions are locked. So is each stored "
            "file. Nothing is changed by it."
        )
        card = Card(content, padding=16)
        card.body.setSpacing(8)
        card.body.addWidget(Label(_("Check of the chain of documents"), card, px=16, weight=600))
        card.body.addWidget(Prose(about, card, px=13, tone="muted"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(self.check)
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addWidget(self.progress)
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        column.addWidget(card)
        column.addWidget(self.result)
        column.addStretch(1)

    def show_running(self, *, running: bool) -> None:
        """Take no second check while one runs."""
        self.check.set_busy(_("Checking …") if running else None)
        if running:
            self.progress.begin(_("Documents and files are checked …"))
        else:
            self.progress.end()

    def show_result(self, reading: CheckReading | None) -> None:
        """Show what came of the last check, or that there was none."""
        self.result.show_reading(reading)

    def take_focus(self) -> None:
        """Put the focus on what is done here."""
        self.check.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the page keys move what is read, wherever the focus is."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down):
            QApplication.sendEvent(self.area.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)
