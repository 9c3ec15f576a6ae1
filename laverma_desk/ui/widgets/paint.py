"""The few strokes that every painted widget is made of: boxes, focus rings, lines of text."""

from __future__ import annotations

from math import ceil, sqrt

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from laverma_desk.ui import fonts


def start(widget: QWidget) -> QPainter:
    """Return a painter on the widget with smooth edges; end it when done."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def box(
    painter: QPainter,
    rect: QRect | QRectF,
    *,
    fill: QColor | None = None,
    edge: QColor | None = None,
    radius: float = 8,
    width: float = 1,
) -> None:
    """Draw a rounded box whose edge lies inside the rectangle, as a CSS border does."""
    half = width / 2 if edge else 0.0
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    painter.setPen(QPen(edge, width) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner, radius - half, radius - half)


def clear_ground(popup: QWidget) -> None:
    """Let what is below a popup be seen around its round corners, where every desktop can do that.

    On X11 a compositor may be missing, and what is half clear would turn black: there it stays solid.
    """
    popup.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, _can_be_clear())


def cut_corners(popup: QWidget, radius: int = 10) -> None:
    """Cut a popup's corners off where they cannot be clear."""
    if not _can_be_clear():
        popup.setMask(rounded(popup.width(), popup.height(), radius))


def rounded(wide: int, high: int, radius: int) -> QRegion:
    """Return the points of a box with round corners: those whose middle lies within the circles."""
    shape = QRegion(0, radius, wide, high - 2 * radius)
    for row in range(radius):
        gone = ceil(radius - sqrt(radius**2 - (radius - row - 0.5) ** 2) - 0.5)
        for top in (row, high - 1 - row):
            shape += QRegion(gone, top, wide - 2 * gone, 1)
    return shape


def _can_be_clear() -> bool:
    return QGuiApplication.platformName() != "xcb"


def text(
    painter: QPainter,
    rect: QRect | QRectF,
    words: str,
    *,
    px: int,
    colour: QColor,
    weight: int = 400,
    align: str = "left",
    cut: str = "right",
) -> float:
    """Set one line of text in a box, elided at the right or in the `middle` if too long; return its width."""
    area = QRectF(rect)
    wide = fonts.width(words, px, weight)
    if wide > area.width() + 0.5:
        mode = Qt.TextElideMode.ElideMiddle if cut == "middle" else Qt.TextElideMode.ElideRight
        words = fonts.metrics(px, weight).elidedText(words, mode, max(area.width(), 0))
        wide = fonts.width(words, px, weight)
    x = area.left()
    if align == "right":
        x = area.right() - wide
    elif align == "centre":
        x = area.left() + (area.width() - wide) / 2
    painter.setFont(fonts.font(px, weight))
    painter.setPen(colour)
    painter.drawText(QPointF(x, fonts.baseline(area.top(), area.height(), px)), words)
    return wide


def rule(painter: QPainter, left: float, top: float, length: float, colour: QColor) -> None:
    """Fill a 1-px line that runs right from a point."""
    painter.fillRect(QRectF(left, top, length, 1), colour)
