"""Where the mini timer stands: bottom right at first, then where it was left, and always on a screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize

_DISTANCE = 16


def place(size: QSize, wanted: QPoint | None, rooms: Sequence[QRect]) -> QPoint:
    """Return the upper left corner of a window that is wholly inside one of the rooms.

    A room is what a screen leaves beside its bars, the main screen's first. The wanted place counts while
    the middle of the window is still in a room there; a screen may have gone.
    """
    if wanted is not None:
        middle = QRect(wanted, size).center()
        for room in rooms:
            if room.contains(middle):
                return _inside(wanted, size, room)
    first = rooms[0]
    corner = first.bottomRight() - QPoint(size.width() + _DISTANCE - 1, size.height() + _DISTANCE - 1)
    return _inside(corner, size, first)


def _inside(wanted: QPoint, size: QSize, room: QRect) -> QPoint:
    right, bottom = room.right() + 1 - size.width(), room.bottom() + 1 - size.height()
    return QPoint(max(room.left(), min(wanted.x(), right)), max(room.top(), min(wanted.y(), bottom)))
