"""Brings a PDF onto a printer as pictures of its pages, so that every printer shows the same."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from laverma_desk.pdfium_turn import in_turn

_DPI = 300
_POINTS = 72


class PrintJob(QObject):
    """Prints one page per turn of the event loop. Emits `finished(bool)`: whether the printer took it."""

    finished = Signal(bool)

    @in_turn
    def __init__(self, content: bytes, printer: QPrinter, parent: QObject) -> None:
        """Take a PDF and a printer that somebody chose."""
        super().__init__(parent)
        import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 (not needed for the first paint)

        self._document: Any = pypdfium2.PdfDocument(content)
        self._printer = printer
        self._painter = QPainter()
        self._page = max(printer.fromPage() - 1, 0)
        last = printer.toPage() or len(self._document)
        self._end = min(last, len(self._document))

    def start(self) -> None:
        """Begin to print."""
        self._printer.setFullPage(True)
        if not self._painter.begin(self._printer):
            self._close()
            self.finished.emit(False)
            return
        QTimer.singleShot(0, self, self._print_page)

    def _print_page(self) -> None:
        image = self._picture()
        paper = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        size = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        self._painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
        self._page += 1
        if self._page < self._end and self._printer.newPage():
            QTimer.singleShot(0, self, self._print_page)
            return
        done = self._page >= self._end
        self._painter.end()
        self._close()
        self.finished.emit(done)

    @in_turn
    def _close(self) -> None:
        self._document.close()

    @in_turn
    def _picture(self) -> QImage:
        page = self._document[self._page]
        # PDFium paints on what is there: white first, or the paper is black.
        bitmap = page.render(scale=_DPI / _POINTS, fill_color=(255, 255, 255, 255), prefer_bgrx=True)
        pixels = QImage.Format.Format_RGB32
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, pixels).copy()
        bitmap.close()
        page.close()
        return image


def a4_printer(title: str) -> QPrinter:
    """Return the default printer, set to A4 upright at 300 dpi; the title names the job."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setResolution(_DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    return printer
