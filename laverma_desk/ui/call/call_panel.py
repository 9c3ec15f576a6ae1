"""The page of a running session: notice, column, and the panel with the customer beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.call.call_column import CallColumn
from laverma_desk.ui.call.customer_section import CustomerSection
from laverma_desk.ui.call.last_sessions_section import LastSessionsSection
from laverma_desk.ui.call.on_site_section import OnSiteSection
from laverma_desk.ui.guide.guide_view import GuideView
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.context_panel import ContextPanel
from laverma_desk.ui.widgets.notice_bar import NoticeBar

_CONTEXT_FROM = 1240 - 176
"""From this width of the page on the panel has its own place; below it lies over the page when asked for."""


class CallPanel(QWidget):
    """The whole page. Its parts tell what was done in them. Emits `seen_changed(bool)`."""

    seen_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Session"))
        self.notice = NoticeBar(self)
        self.column = CallColumn(self)
        self.context = ContextPanel(self)
        self.customer = CustomerSection()
        self.on_site = OnSiteSection()
        self.last_sessions = LastSessionsSection()
        self.guide = GuideView()
        for section in (self.customer, self.on_site, self.last_sessions, self.guide):
            self.context.add(section)
        self.context.setFocusProxy(self.guide)
        self._over = False
        self._revealing = False
        self._scroll_bar = self._bar_of_context()
        self._scroll_bar.rangeChanged.connect(self._on_context_range_changed)
        self._across = QHBoxLayout()
        self._across.setSpacing(0)
        self._across.addWidget(self.column, 1)
        self._across.addWidget(self.context)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.notice)
        page.addLayout(self._across, 1)

    def announce(self, sentence: str) -> None:
        """Tell a screen reader that the session began, paused, went on or ended."""
        announce(self.column.timer.state_line(), sentence)

    def toggle_guide(self) -> None:
        """Open or close the phone guide; where the panel has no room it comes over the page with it."""
        self._revealing = not self.guide.is_open()
        if self._is_narrow() and not self._over:
            self._over = True
            self.guide.set_open(True)
        else:
            self.guide.set_open(not self.guide.is_open())
            self._over = self._over and self.guide.is_open()
        self._place_context()

    def close_overlay(self) -> bool:
        """Take the panel away where it lies over the page; tell whether it did."""
        was_over, self._over = self._over, False
        if was_over:
            self.guide.set_open(False)
            self._place_context()
        return was_over

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the panel first when the window gets narrow."""
        super().resizeEvent(event)
        if not self._is_narrow():
            self._over = False
        self._place_context()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that somebody looks."""
        super().showEvent(event)
        self.seen_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nobody looks."""
        super().hideEvent(event)
        self.seen_changed.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        """Paint the ground anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground behind the cards."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.palette().window)
        painter.end()

    def _on_context_range_changed(self, _lowest: int, highest: int) -> None:
        # The steps have room only now that the panel knows how long it has become.
        if self._revealing and self.guide.is_open() and highest > 0:
            self._revealing = False
            self._scroll_bar.setValue(self.guide.y())

    def _bar_of_context(self) -> QScrollBar:
        (scroll,) = self.context.findChildren(QScrollArea)
        return scroll.verticalScrollBar()

    def _is_narrow(self) -> bool:
        return self.width() < _CONTEXT_FROM

    def _place_context(self) -> None:
        narrow = self._is_narrow()
        inside = self._across.indexOf(self.context) >= 0
        if narrow and inside:
            self._across.removeWidget(self.context)
        elif not narrow and not inside:
            self._across.addWidget(self.context)
        self.context.setVisible(not narrow or self._over)
        if narrow and self._over:
            wide = self.context.width()
            self.context.setGeometry(self.width() - wide, 0, wide, self.height())
            self.context.raise_()
