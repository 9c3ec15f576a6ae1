"""The list of the sessions of a draft: a tick for each, any number of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QWidget

from laverma_desk.i18n import _
from laverma_desk.services.invoicing.open_sessions import OpenSession
from laverma_desk.ui.invoices.draft.session_delegate import SessionDelegate
from laverma_desk.ui.invoices.draft.session_model import ITEM, ROW, TICKED, Index, SessionModel, Tick

_MOST_ROWS = 6


class SessionList(QListView):
    """Emits `ticked(Tick)` for a click or the space bar, `all_ticked` for Ctrl+A."""

    ticked = Signal(object)
    all_ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = SessionModel()
        self.rows.setParent(self)
        self.setAccessibleName(_("Sessions"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setModel(self.rows)
        self.setItemDelegate(SessionDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_sessions(self, sessions: Sequence[OpenSession], ticked: frozenset[int]) -> None:
        """Show the sessions and their ticks, without a signal."""
        self.rows.show_sessions(sessions, ticked)
        self.setFixedHeight(min(max(len(sessions), 1), _MOST_ROWS) * ROW)
        if sessions and not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index(0))
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Return a width that layouts may stretch."""
        return QSize(240, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with the space bar, all with Ctrl+A; other keys with Ctrl belong to the window."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() == Qt.Key.Key_A:
                self.all_ticked.emit()
            else:
                event.ignore()
        elif event.key() == Qt.Key.Key_Space:
            self._turn(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the row that was clicked."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._turn(self.indexAt(event.position().toPoint()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Repaint the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Repaint the ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show no row as pointed at any more."""
        super().leaveEvent(event)
        self.viewport().update()

    def _turn(self, index: Index) -> None:
        if index.isValid():
            one: OpenSession = index.data(ITEM)
            self.ticked.emit(Tick(one.id, not index.data(TICKED)))
