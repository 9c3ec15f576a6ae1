"""The page as it is seen: the way back, and a card for each who is handed something."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from laverma_desk.ui.handover.audit_card import AuditCard
from laverma_desk.ui.handover.datev_card import DatevCard
from laverma_desk.ui.handover.export_part import ExportPart
from laverma_desk.ui.handover.head import HandoverHead
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea

_GAP, _EDGE = 16, 24


class HandoverPanel(QWidget):
    """Both cards below each other; the page scrolls where there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = HandoverHead(self)
        self.area = OverlayScrollArea(self)
        self._told: ExportPart | None = None
        content = QWidget()
        self.datev, self.audit = DatevCard(content), AuditCard(content)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(_EDGE, _GAP, _EDGE, _EDGE)
        inside.setSpacing(_GAP)
        inside.addWidget(self.datev)
        inside.addWidget(self.audit)
        inside.addStretch(1)
        self.area.setWidget(content)
        for card in (self.datev, self.audit):
            card.foot.told.connect(self._on_part_told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.area, 1)

    def in_audit(self) -> bool:
        """Return whether the focus is in the card for a tax audit."""
        focus = QApplication.focusWidget()
        return focus is not None and self.audit.isAncestorOf(focus)

    def focus_card(self, *, audit: bool) -> None:
        """Put the focus where a card begins."""
        card = self.audit if audit else self.datev
        card.period.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(card.foot)
        self.area.ensureWidgetVisible(card.period, 0, card.period.y() + _GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the page keys move what is read."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            QApplication.sendEvent(self.area.verticalScrollBar(), event)
        else:
            super().keyPressEvent(event)

    def _on_part_told(self, part: ExportPart) -> None:
        # Once the page has its new height, of which the part is told first.
        self._told = part
        QTimer.singleShot(0, self, self._show_told)

    def _show_told(self) -> None:
        if self._told is not None and self._told.has_news():
            self.area.ensureWidgetVisible(self._told, 0, _GAP)
