"""The list of hits below the search field, with room for a form below one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from laverma_desk.ui import theme
from laverma_desk.ui.search.result import Result
from laverma_desk.ui.search.result_row import HEIGHT, ResultRow, height_of
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea


class _Edge(QWidget):
    """The card's edge, laid over rows that scroll below it: outside of the corners is the page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        card = QPainterPath()
        card.addRoundedRect(QRectF(self.rect()), 10, 10)
        painter.fillPath(outside.subtracted(card), c.window)
        paint.box(painter, self.rect(), edge=c.border, radius=10)
        painter.end()


class ResultList(QWidget):
    """Rows of hits; one of them is the current one, which Enter means.

    The rows down to the last one that is seen are filled, the others when they are scrolled to or asked for:
    until then they are empty room.

    Emits `chosen(int)` when a row is clicked, `activated(int)` on a double click and
    `exception_wanted(int)` for the link of a locked row. Its other links first make their row the current
    one: `template_wanted`, `visit_wanted`, `send_confirmed`, `send_given_up`, `take_back_wanted`. `form` is
    shown below a row by `open_form`.
    """

    chosen = Signal(int)
    activated = Signal(int)
    exception_wanted = Signal(int)
    template_wanted = Signal()
    visit_wanted = Signal()
    send_confirmed = Signal()
    send_given_up = Signal()
    take_back_wanted = Signal()

    def __init__(self, form: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results: tuple[Result, ...] = ()
        self._rows: list[ResultRow] = []
        self._filled = 0
        self._inset = 0
        self._current = -1
        self._form = form
        self._form_at = -1
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._more = Label("", px=13, tone="muted", line=40)
        self._more.setContentsMargins(48, 0, 16, 0)
        self._rest = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._column.addWidget(self._form)
        self._column.addItem(self._rest)
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        self._form.hide()
        self._scroll = OverlayScrollArea(self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)
        self._scroll.viewport().installEventFilter(self)
        self._scroll.verticalScrollBar().valueChanged.connect(self._fill_view)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, 1, 1, 1)
        frame.addWidget(self._scroll)
        self._edge = _Edge(self)
        self._edge.raise_()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_results(self, results: Sequence[Result], more: str = "") -> None:
        """Show these hits, the form closed, the first one current; `more` stands below them."""
        self.close_form()
        self._results, self._current = tuple(results), -1
        before, self._filled = self._filled, 0
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._scroll.verticalScrollBar().setValue(0)
        self._fill_view()
        for row in self._rows[self._filled : before]:
            row.hide()
        self.set_current(0 if results else -1)
        self.updateGeometry()

    def row(self, place: int) -> ResultRow:
        """Return a row in use. Raises IndexError."""
        if not 0 <= place < len(self._results):
            raise IndexError(place)
        self._fill(place + 1)
        return self._rows[place]

    def count(self) -> int:
        """Return how many hits are shown."""
        return len(self._results)

    def current(self) -> int:
        """Return the place of the current row, -1 without rows."""
        return self._current

    def set_current(self, place: int) -> None:
        """Make a row the current one and bring it into view; what another one asked is taken back."""
        if place != self._current and self._current >= 0:
            self._rows[self._current].show_reason()
        self._current = place
        row = self.row(place) if place >= 0 else None
        self._mark()
        if row is not None:
            self._show_whole(row)

    def open_form(self, place: int) -> None:
        """Show the form below a row, which becomes current; the reasons of other rows stand back."""
        self._fill(place + 1)
        self._column.removeWidget(self._form)
        self._column.insertWidget(place + 1, self._form)
        self._form_at = place
        self._form.show()
        self.set_current(place)
        self._fill_view()
        self._show_whole(self._form)
        self._show_whole(self._rows[place])

    def close_form(self) -> None:
        """Hide the form."""
        if self._form_at < 0:
            return
        self._form_at = -1
        self._form.hide()
        self._column.removeWidget(self._form)
        self._column.insertWidget(len(self._rows), self._form)
        self._mark()

    def sizeHint(self) -> QSize:
        """Return the height of all rows, which the page may cut down."""
        return QSize(400, self._inside.sizeHint().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the height of one row."""
        return QSize(200, min(HEIGHT + 2, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the edge on top of everything."""
        super().resizeEvent(event)
        self._edge.setGeometry(self.rect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card's surface."""
        painter = paint.start(self)
        paint.box(painter, self.rect(), fill=theme.palette().surface, radius=10)
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when a scroll bar takes room from the rows, and when more of them are seen."""
        if watched is self._scroll.viewport() and event.type() == QEvent.Type.Resize:
            self._inset = self._scroll.width() - self._scroll.viewport().width()
            for row in self._rows:
                row.set_inset(self._inset)
            self._fill_view()
        return super().eventFilter(watched, event)

    def _fill_view(self) -> None:
        """Fill the rows down to the lower edge of what is seen."""
        bottom = self._scroll.verticalScrollBar().value() + self._scroll.viewport().height()
        place = top = 0
        while place < len(self._results) and top < bottom:
            top += self._height(place)
            place += 1
        self._fill(place)

    def _fill(self, count: int) -> None:
        """Fill the first rows, so many of them; what is filled stays."""
        for place in range(self._filled, count):
            if place == len(self._rows):
                self._add_row()
            row = self._rows[place]
            row.show_result(self._results[place], first=place == 0)
            row.set_state(current=place == self._current, compact=self._form_at >= 0)
            row.show()
        self._filled = max(self._filled, count)
        self._leave_room()

    def _leave_room(self) -> None:
        """Keep as much room below the filled rows as the others will take."""
        rest = sum(map(self._height, range(self._filled, len(self._results))))
        if rest != self._rest.sizeHint().height():
            self._rest.changeSize(0, rest, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self._column.invalidate()

    def _height(self, place: int) -> int:
        return height_of(self._results[place], compact=self._form_at >= 0)

    def _add_row(self) -> None:
        row = ResultRow(self._inside)
        row.set_inset(self._inset)
        row.chosen.connect(self._on_row_chosen)
        row.activated.connect(self._on_row_activated)
        row.exception_wanted.connect(self._on_row_exception_wanted)
        row.template_wanted.connect(self._on_row_template_wanted)
        row.visit_wanted.connect(self._on_row_visit_wanted)
        row.send_confirmed.connect(self.send_confirmed)
        row.send_given_up.connect(self.send_given_up)
        row.take_back_wanted.connect(self.take_back_wanted)
        # Behind the rows before it, and behind the form where that stands among them.
        self._column.insertWidget(len(self._rows) + (self._form_at >= 0), row)
        self._rows.append(row)

    def _mark(self) -> None:
        for place, row in enumerate(self._rows[: self._filled]):
            row.set_state(current=place == self._current, compact=self._form_at >= 0)
        self._leave_room()
        self.updateGeometry()

    def _show_whole(self, widget: QWidget) -> None:
        # What has just appeared is laid out now, so that it can be scrolled to.
        self._column.activate()
        viewport = self._scroll.viewport()
        self._inside.resize(viewport.width(), max(self._inside.sizeHint().height(), viewport.height()))
        self._scroll.ensureWidgetVisible(widget, 0, 0)

    def _place_of_sender(self) -> int:
        row = self.sender()
        return self._rows.index(row) if isinstance(row, ResultRow) else -1

    def _on_row_chosen(self) -> None:
        self.chosen.emit(self._place_of_sender())

    def _on_row_activated(self) -> None:
        self.activated.emit(self._place_of_sender())

    def _on_row_exception_wanted(self) -> None:
        self.exception_wanted.emit(self._place_of_sender())

    def _on_row_visit_wanted(self) -> None:
        self.chosen.emit(self._place_of_sender())
        self.visit_wanted.emit()

    def _on_row_template_wanted(self) -> None:
        self.chosen.emit(self._place_of_sender())
        self.template_wanted.emit()
