"""The icon in the notification area: the program's mark, and on it a dot that runs or two bars that wait."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from laverma_desk.domain.support_session import SessionState
from laverma_desk.ui import fonts, theme

_SIZES = (16, 20, 22, 24, 32, 48, 64)


def tray_icon(state: SessionState | None) -> QIcon:
    """Return the icon for what runs, in the colours in force; None is a desk where no session is open."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_picture(size, state))
    return made


def _picture(size: int, state: SessionState | None) -> QPixmap:
    c = theme.palette()
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    # With a badge the mark leaves it a fifth of the room, as the badge leaves the mark.
    mark = float(size if state is None else round(size * 0.8))
    painter.setBrush(c.primary)
    painter.drawRoundedRect(QRectF(0, 0, mark, mark), mark / 4, mark / 4)
    painter.setPen(c.on_primary)
    painter.setFont(fonts.font(round(mark * 0.7), 600))
    painter.drawText(QRectF(0, 0, mark, mark), Qt.AlignmentFlag.AlignCenter, "L")
    if state is not None:
        _paint_badge(painter, QRectF(size / 2, size / 2, size / 2, size / 2), state)
    painter.end()
    return made


def _paint_badge(painter: QPainter, area: QRectF, state: SessionState) -> None:
    c = theme.palette()
    rim = max(1.0, area.width() / 10)
    painter.setPen(Qt.PenStyle.NoPen)
    # Cut out and not edged in a colour: nobody knows which ground the desktop puts below it.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setBrush(Qt.GlobalColor.black)
    if state is SessionState.RUNNING:
        painter.drawEllipse(area.adjusted(-rim / 2, -rim / 2, rim / 2, rim / 2))
    else:
        painter.drawRect(area.adjusted(-rim / 2, -rim / 2, rim / 2, rim / 2))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    if state is SessionState.RUNNING:
        painter.setBrush(c.green_line)
        painter.drawEllipse(area.adjusted(rim / 2, rim / 2, -rim / 2, -rim / 2))
        return
    painter.setBrush(c.amber_line)
    wide = round(area.width() * 0.3)
    left, top, high = round(area.left() + rim), round(area.top() + rim), round(area.height() - 2 * rim)
    right = round(area.right() - rim) - wide
    for x in (left, right):
        painter.drawRect(QRectF(x, top, wide, high))
