"""The preview of a PDF: white paper on the desk, sharp at every scaling, walked through with the keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from laverma_desk.pdfium_turn import in_turn
from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.focus_ring import FocusRing

_EDGE = QColor("#B9C2C8")  # of the paper, the same in both themes
_MARGIN = 24
_WIDE = 640
_KEPT = 6  # rendered pages that are kept, at some 6 MB each on a dense screen


class _Page(QWidget):
    """One page; it is rendered when it is first seen."""

    @in_turn
    def __init__(self, document: Any, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._number = document, number
        self._image: QImage | None = None
        self._rendered_for = 0
        wide, high = document.get_page_size(number)
        self._shape = high / wide

    def fit(self, width: int) -> None:
        self.setFixedSize(width, round(width * self._shape))

    def drop(self) -> None:
        self._image = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        inner = round((self.width() - 2) * ratio)
        if self._image is None or self._rendered_for != inner:
            self._image, self._rendered_for = self._rendered(inner), inner
        painter = paint.start(self)
        paint.box(painter, self.rect(), fill=QColor("white"), edge=_EDGE, radius=0)
        painter.drawImage(QRectF(self.rect()).adjusted(1, 1, -1, -1), self._image)
        painter.end()

    @in_turn
    def _rendered(self, width: int) -> QImage:
        page = self._document[self._number]
        # PDFium paints on what is there: white first, or the paper is black.
        bitmap = page.render(
            scale=width / page.get_width(), fill_color=(255, 255, 255, 255), prefer_bgrx=True
        )
        pixels = QImage.Format.Format_RGB32
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, pixels).copy()
        bitmap.close()
        page.close()
        return image


class _Sheet(QWidget):
    """Holds the pages below each other."""

    def __init__(self, pages: list[_Page], side: int, top: int) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(side, top, 0, _MARGIN)
        column.setSpacing(_MARGIN)
        for page in pages:
            column.addWidget(page)
        column.addStretch(1)


class PdfView(QScrollArea):
    """All pages of a PDF below each other, fit to the width. Emits `page_reached(number)`, counted from 1.

    `side` and `top` are the desk beside and above the paper; a narrow view keeps 24 px beside it.
    """

    page_reached = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, side: int = _MARGIN, top: int = _MARGIN) -> None:
        super().__init__(parent)
        self._side, self._top = side, top
        self._document: Any = None
        self._pages: list[_Page] = []
        self._reached = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        self._ring = FocusRing(self)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @in_turn
    def show_document(self, data: bytes) -> None:
        """Show a PDF from its first page on. Raises ValueError for bytes that are none."""
        import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 (not needed for the first paint)

        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as broken:
            raise ValueError("not a PDF") from broken
        self.clear()
        for number in range(len(document)):
            self._pages.append(_Page(document, number, self))
        self._document = document
        sheet = _Sheet(self._pages, self._beside(), self._top)
        self.setWidget(sheet)
        # setWidget makes the sheet paint the window's ground over the desk.
        sheet.setAutoFillBackground(False)
        self._fit()
        self.verticalScrollBar().setValue(0)
        self._ring.raise_()
        self._on_scrolled(0)

    @in_turn
    def clear(self) -> None:
        """Show the empty desk."""
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()
        if self._document is not None:
            self._document.close()
        self._pages, self._document, self._reached = [], None, 0
        # Without a sheet nobody tells the bar that there is nothing to scroll.
        self.verticalScrollBar().setRange(0, 0)

    def page_count(self) -> int:
        """Return how many pages there are."""
        return len(self._pages)

    def page(self) -> int:
        """Return the number of the page that is seen, counted from 1; 0 without a document."""
        return self._reached

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll with Home, End and Space too; Qt knows the arrows and Page Up, Page Down."""
        bar = self.verticalScrollBar()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        places = {
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_Space: bar.value() + (-bar.pageStep() if shift else bar.pageStep()),
        }
        place = places.get(Qt.Key(event.key()))
        if place is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            bar.setValue(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self._ring.show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self._ring.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._ring.setGeometry(self.rect())
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the desk behind the pages."""
        painter = paint.start(self.viewport())
        painter.fillRect(event.rect(), theme.palette().desk)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Draw the desk under the scroll bar as well."""
        if event.type() == QEvent.Type.Paint:
            painter = paint.start(self)
            painter.fillRect(self.rect(), theme.palette().desk)
            painter.end()
            return True
        return super().event(event)

    def _beside(self) -> int:
        return self._side if self.width() >= _WIDE else _MARGIN

    def _fit(self) -> None:
        sheet = self.widget()
        column = sheet.layout() if sheet is not None else None
        if column is not None:
            column.setContentsMargins(self._beside(), self._top, 0, _MARGIN)
        for page in self._pages:
            page.fit(max(64, self.width() - 2 * self._beside()))

    def _on_scrolled(self, top: int) -> None:
        middle = top + self.viewport().height() // 3
        # Counted by heights, not by places: right after a document is shown no layout has run.
        reached, edge = min(1, len(self._pages)), self._top
        for number, page in enumerate(self._pages, 1):
            reached = number if edge <= middle else reached
            edge += page.height() + _MARGIN
        for number, page in enumerate(self._pages, 1):
            if abs(number - reached) > _KEPT // 2:
                page.drop()
        if reached != self._reached:
            self._reached = reached
            self.page_reached.emit(reached)
