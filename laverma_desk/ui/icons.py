"""The program's own icons: one drawing each, tinted with a colour token and sharp at every scaling."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from laverma_desk.paths import resource
from laverma_desk.ui import fonts, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


def pixmap(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a square of `size` logical pixels. Raises FileNotFoundError for an unknown name."""
    return _rendered(name, size, colour.rgba(), ratio)


def paint(painter: QPainter, name: str, at: QPointF, size: int, colour: QColor) -> None:
    """Draw an icon with its upper left corner at a point."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(at, pixmap(name, size, colour, ratio))


def icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    """Return an icon for menus and actions; it keeps the colour it was made with."""
    from PySide6.QtGui import QIcon  # noqa: PLC0415 (see `app_icon`)

    made = QIcon()
    for ratio in (1.0, 1.5, 2.0):
        made.addPixmap(pixmap(name, size, colour, ratio))
    return made


def app_icon() -> QIcon:
    """Return the program's mark, a white L on petrol, in the sizes that desktops ask for."""
    # Not at the first paint: 150 names of a theme's icons come with the class.
    from PySide6.QtGui import QIcon  # noqa: PLC0415

    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(mark(size))
    return made


@lru_cache(maxsize=512)
def _rendered(name: str, size: int, rgba: int, ratio: float) -> QPixmap:
    source = _source(name).replace("currentColor", QColor.fromRgba(rgba).name())
    renderer = QSvgRenderer(source.encode())
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def mark(size: int) -> QPixmap:
    """Return the program's mark in one size, in pixels."""
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(theme.LIGHT.primary))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size / 4, size / 4)
    painter.setPen(theme.LIGHT.on_primary)
    painter.setFont(fonts.font(round(size * 0.7), 600))
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, "L")
    painter.end()
    return made
