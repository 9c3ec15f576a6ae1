"""The rows of the table and the keys that walk through them: arrows step over the days."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.history import columns
from laverma_desk.ui.history.history_delegate import HistoryDelegate
from laverma_desk.ui.history.history_model import HistoryModel
from laverma_desk.ui.widgets.row_view import RowView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HistoryView(RowView):
    """Emits `enter_pressed` too."""

    enter_pressed = Signal()

    def __init__(self, model: HistoryModel, parent: QWidget) -> None:
        super().__init__(model, HistoryDelegate(), columns.places, _("History"), parent)
        self._rows = model

    def heading_of(self, row: int) -> int:
        """Return the day above a first session, else the session itself."""
        return row - 1 if row and self._rows.is_day(row - 1) else row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the sessions."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        if event.key() in _ENTER:
            if not event.isAutoRepeat():
                self.enter_pressed.emit()
            return
        row, last = self.current(), self._rows.rowCount() - 1
        page = self.page_rows()
        steps = {
            Qt.Key.Key_Up: (row - 1, -1),
            Qt.Key.Key_Down: (row + 1, 1),
            Qt.Key.Key_PageUp: (max(row - page, 0), -1),
            Qt.Key.Key_PageDown: (min(row + page, last), 1),
            Qt.Key.Key_Home: (0, 1),
            Qt.Key.Key_End: (last, -1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
            return
        found = self._rows.next_session(*step)
        if found < 0:
            # Before the first session there is only its day.
            found = self._rows.next_session(step[0], -step[1]) if step[0] >= 0 else -1
        if found >= 0:
            self.choose(found)
        elif row >= 0:
            self.bring_into_sight(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the report of a session that is clicked twice."""
        row = self.rowAt(int(event.position().y()))
        if event.button() is Qt.MouseButton.LeftButton and self._rows.next_session(row, 1) == row >= 0:
            self.enter_pressed.emit()
