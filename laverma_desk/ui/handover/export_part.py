"""The foot of a card: the button that exports, how far it is, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.handover.outcome_line import OutcomeLine
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button, Kind
from laverma_desk.ui.widgets.progress_line import ProgressLine


class ExportPart(QWidget):
    """Emits `export_wanted`, and `told(ExportPart)` when there is something else to see below the button.

    `name` says to those who cannot see the card what is exported.
    """

    export_wanted = Signal()
    told = Signal(object)

    def __init__(self, kind: Kind, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(
            _("Export …"), kind, "export", shortcut_text=key_name("Ctrl+Return"), parent=self
        )
        self.button.setAccessibleName(name)
        self.progress = ProgressLine(self)
        self.outcome = OutcomeLine(self)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.outcome)
        self.button.clicked.connect(self.export_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say that there is something else to see."""
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height() > 0:
            self.told.emit(self)

    def has_news(self) -> bool:
        """Return whether there is anything below the button."""
        return not (self.progress.isHidden() and self.outcome.isHidden())
