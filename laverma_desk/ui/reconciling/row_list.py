"""The table of the reconciliation: walked through with the arrows, groups folded with left and right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.reconciling.row_delegate import RowDelegate, columns
from laverma_desk.ui.reconciling.row_model import RowModel
from laverma_desk.ui.reconciling.rows import Act, Kind, Line, Row, RowKey
from laverma_desk.ui.widgets.painted_list import Columns, PaintedList

_FOLDS = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}


class RowList(PaintedList[Line]):
    """Emits `act_wanted(RowKey, Act)` for what is pressed in a row or asked for by a key."""

    act_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        names = (_("Begin and end"), _("Duration"), _("Partner ID"), _("Workstation"))
        self._held = RowModel()
        super().__init__(Columns(names, columns), self._held, RowDelegate, parent)
        self.rows.setAccessibleName(_("Reconciliation"))
        found = self.rows.itemDelegate()
        if not isinstance(found, RowDelegate):
            raise TypeError(found)
        self._painter = found
        self._painter.act_chosen.connect(self._on_act_chosen)
        self.enter_pressed.connect(self._on_enter_pressed)
        self.delete_pressed.connect(self._on_delete_pressed)
        # Below the last row is the page.
        self.rows.viewport().setAutoFillBackground(False)
        self.rows.installEventFilter(self)
        self.rows.viewport().installEventFilter(self)

    def chosen_row(self) -> Row | None:
        """Return the words of the chosen row."""
        line = self.current_row()
        return line.row if line is not None else None

    def want(self, act: Act | None) -> None:
        """Ask for an action in the chosen row, where it is possible there."""
        row = self.chosen_row()
        if row is not None and act is not None and row.offered(act):
            self.act_wanted.emit(row.key, act)

    def reveal_below(self) -> None:
        """Bring the row below the chosen one into sight: what was unfolded is not looked for."""
        chosen = self.rows.currentIndex()
        self.rows.scrollTo(chosen.siblingAtRow(chosen.row() + 1))
        self.rows.scrollTo(chosen)

    def assign(self) -> None:
        """Ask for what Ctrl+K does in the chosen row."""
        row = self.chosen_row()
        self.want(row.assign if row is not None else None)

    def part(self) -> None:
        """Ask for what Ctrl+T does in the chosen row."""
        row = self.chosen_row()
        self.want(row.part if row is not None else None)

    def area_of(self, act: Act) -> QRect:
        """Return where an action of the chosen row stands in the view, else the row itself."""
        index = self.rows.currentIndex()
        area = self.rows.visualRect(index)
        row = self.chosen_row()
        if row is None:
            return area
        offers = self._painter.places(row, QRectF(area), shown=True)
        return next((rect.toRect() for offer, rect in offers if offer.act is act), area)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fold with left and right, and know where the mouse is."""
        if watched is self.rows and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key_pressed(event)
        if watched is self.rows.viewport():
            if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
                self._point(event.position())
            elif event.type() == QEvent.Type.Leave:
                self._point(None)
        return super().eventFilter(watched, event)

    def _on_key_pressed(self, event: QKeyEvent) -> bool:
        row = self.chosen_row()
        wanted = _FOLDS.get(Qt.Key(event.key())) if row is not None else None
        if row is None or wanted is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if row.key.kind is Kind.GROUP:
            if row.opened is not wanted:
                self.act_wanted.emit(row.key, Act.FOLD)
        elif not wanted:
            self.choose(RowKey(Kind.GROUP, row.section).number)
        return True

    def _point(self, place: QPointF | None) -> None:
        before = self._painter.pointer
        self._painter.pointer = place
        for one in (before, place):
            if one is not None:
                self.rows.viewport().update(self.rows.visualRect(self.rows.indexAt(one.toPoint())))

    def _on_act_chosen(self, number: int, act: Act) -> None:
        self.act_wanted.emit(RowKey.of(number), act)

    def _on_enter_pressed(self) -> None:
        row = self.chosen_row()
        self.want(row.enter if row is not None else None)

    def _on_delete_pressed(self) -> None:
        row = self.chosen_row()
        self.want(row.remove if row is not None else None)
