"""The segmented control: one of a few, the chosen part told by colour, weight and a check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint


@dataclass(frozen=True)
class Segment:
    """One part: the key that is emitted, its words, and a count shown behind them."""

    key: str
    text: str
    count: str = ""


class _Part(QRadioButton):
    """One part; Qt's exclusive radio buttons bring arrow keys and the right accessible role."""

    def __init__(self, segment: Segment, parent: SegmentedControl, small: bool) -> None:
        super().__init__(segment.text.replace("&", "&&"), parent)
        self._owner = parent
        self.segment = segment
        self._small = small
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{segment.text} {segment.count}".strip())

    def show_segment(self, segment: Segment) -> None:
        self.segment = segment
        self.setAccessibleName(f"{segment.text} {segment.count}".strip())
        self.update()

    def content(self, chosen: bool) -> float:
        px = 13 if self._small else 14
        wide = fonts.width(self.segment.text, px, 600 if chosen else 500)
        wide += 24 if chosen else 0
        return wide + (8 + fonts.width(self.segment.count, px, 500) if self.segment.count else 0)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        on, off = self.isChecked(), not self.isEnabled()
        px, weight = (13 if self._small else 14), (600 if on else 500)
        fill = c.subtle if off else c.primary_soft if on else c.subtle if self.underMouse() else None
        if fill is not None:
            painter.fillPath(self._shape(), fill)
        if self.hasFocus():
            paint.box(painter, self.rect(), edge=c.primary, radius=6, width=2)
        ink = c.disabled if off else c.primary if on else c.text
        x = max(4.0, round((self.width() - self.content(on)) / 2))
        if on:
            icons.paint(painter, "check", QPointF(x, (self.height() - 16) // 2), 16, ink)
            x += 24
        short = fonts.width(self.segment.count, px, 500) + 8 if self.segment.count else 0.0
        room = QRectF(x, 0, self.width() - x - short, self.height())
        x += paint.text(painter, room, self.segment.text, px=px, weight=weight, colour=ink)
        if self.segment.count:
            area = QRectF(x + 8, 0, short, self.height())
            paint.text(painter, area, self.segment.count, px=px, weight=weight, colour=ink)
        painter.end()

    def _shape(self) -> QPainterPath:
        # The control's round corners cut the first and the last part.
        whole = QPainterPath()
        owner = QRectF(self._owner.rect()).adjusted(1, 1, -1, -1)
        whole.addRoundedRect(owner.translated(-self.x(), -self.y()), 7, 7)
        own = QPainterPath()
        own.addRect(QRectF(self.rect()))
        return whole.intersected(own)


class SegmentedControl(QWidget):
    """A row of parts, 40 px high or 32 (`small`). Emits `segment_chosen(key)` when a person changes it.

    Left and right walk through the parts. If the control is made wider than it needs, the parts share alike.
    """

    segment_chosen = Signal(str)

    def __init__(
        self,
        segments: Sequence[Segment],
        parent: QWidget | None = None,
        *,
        small: bool = False,
        name: str = "",
    ) -> None:
        super().__init__(parent)
        self._small = small
        self._parts = [_Part(segment, self, small) for segment in segments]
        self._current = segments[0].key
        self._parts[0].setChecked(True)
        for part in self._parts:
            part.toggled.connect(self._on_part_toggled)
        self.setFocusProxy(self._parts[0])
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def current(self) -> str:
        """Return the key of the chosen part."""
        return self._current

    def set_current(self, key: str) -> None:
        """Choose a part without a signal. Raises KeyError for an unknown key."""
        part = next((p for p in self._parts if p.segment.key == key), None)
        if part is None:
            raise KeyError(key)
        self._current = key
        part.setChecked(True)

    def words(self, key: str) -> str:
        """Return what a part reads, the key itself for an unknown one."""
        return next((part.segment.text for part in self._parts if part.segment.key == key), key)

    def set_count(self, key: str, count: str) -> None:
        """Change the number behind a part's words."""
        for part in self._parts:
            if part.segment.key == key and part.segment.count != count:
                part.show_segment(Segment(key, part.segment.text, count))
                self.updateGeometry()
                self._arrange()

    def sizeHint(self) -> QSize:
        """Return the width that the parts need, each in its chosen state."""
        pad = 24 if self._small else 32
        wide = sum(round(part.content(part.isChecked())) + pad for part in self._parts)
        return QSize(wide + len(self._parts) + 1, 32 if self._small else 40)

    def minimumSizeHint(self) -> QSize:
        """Return the size hint."""
        return self.sizeHint()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Lay the parts out anew."""
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the edge and the lines between the parts, which lie inside."""
        c = theme.palette()
        painter = paint.start(self)
        off = not self.isEnabled()
        edge = c.border if off else c.field
        paint.box(painter, self.rect(), fill=c.subtle if off else c.surface, edge=edge)
        for part in self._parts[1:]:
            painter.fillRect(QRectF(part.x() - 1, 1, 1, self.height() - 2), edge)
        painter.end()

    def _on_part_toggled(self, _on: bool) -> None:
        part = next((p for p in self._parts if p.isChecked()), None)
        if part is None:
            return
        self.setFocusProxy(part)
        self.updateGeometry()
        self._arrange()
        if part.segment.key != self._current:
            self._current = part.segment.key
            self.segment_chosen.emit(self._current)

    def _arrange(self) -> None:
        count = len(self._parts)
        room = self.width() - 1 - count
        pad = 24 if self._small else 32
        need = [round(part.content(part.isChecked())) + pad for part in self._parts]
        if max(need) * count <= room:
            need = [room // count + (1 if number < room % count else 0) for number in range(count)]
        else:
            need[-1] += room - sum(need)
        x = 1
        for part, wide in zip(self._parts, need, strict=True):
            part.setGeometry(x, 1, wide, self.height() - 2)
            x += wide + 1
        self.update()
