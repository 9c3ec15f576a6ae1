"""Who else is on the phone, at the right end of the strip: quiet, folded into one button in little room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import Pressable

HEIGHT = 32
_SIDE, _CIRCLE, _GAP = 8, 24, 8
_WIDEST_TITLE = 200
_BETWEEN = 4


class Other(NamedTuple):
    """A session of somebody else: `key` names it, `spoken` is what is read of it."""

    key: int
    initials: str
    title: str
    time_text: str
    paused: bool
    spoken: str


class _Quiet(Pressable):
    """The box that both kinds share: seen only under the mouse and with the focus."""

    def paint_ground(self, painter: QPainter) -> None:
        c = theme.palette()
        if self.underMouse() or self.isDown():
            paint.box(painter, self.rect(), fill=c.primary_soft if self.isDown() else c.subtle)
        if self.hasFocus():
            paint.box(painter, self.rect(), edge=c.primary, width=2)


class OtherChip(_Quiet):
    """One of them: initials, name and practice, the time. Emits `other_chosen(key)`."""

    other_chosen = Signal(int)

    def __init__(self, other: Other, parent: QWidget) -> None:
        super().__init__(parent)
        self.other = other
        self._name_anew()
        self.clicked.connect(self._on_clicked)

    def show_other(self, other: Other) -> bool:
        """Show it as it is now; return whether its width changes. A new second repaints the time alone."""
        old, self.other = self.other, other
        if old == other:
            return False
        self._name_anew()
        self.update()
        return self._wide(old) != self._wide(other)

    def sizeHint(self) -> QSize:
        """Return the width of all parts."""
        return QSize(self._wide(self.other), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the parts in one line, all of them muted."""
        c = theme.palette()
        painter = paint.start(self)
        self.paint_ground(painter)
        other = self.other
        circle = QRectF(_SIDE, (HEIGHT - _CIRCLE) / 2, _CIRCLE, _CIRCLE)
        paint.box(painter, circle, edge=c.field, radius=_CIRCLE / 2)
        paint.text(painter, circle, other.initials, px=12, weight=600, colour=c.muted, align="centre")
        x = circle.right() + _GAP
        if other.paused:
            icons.paint(painter, "pause", QPointF(x, 8), 16, c.amber_line)
            x += 16 + 4
        room = QRectF(x, 0, min(_WIDEST_TITLE, fonts.width(other.title, 13)) + 1, HEIGHT)
        paint.text(painter, room, other.title, px=13, colour=c.muted)
        time = QRectF(room.right() + _GAP - 1, 0, self.width(), HEIGHT)
        paint.text(painter, time, other.time_text, px=13, weight=500, colour=c.muted)
        painter.end()

    @staticmethod
    def _wide(other: Other) -> int:
        title = min(_WIDEST_TITLE, fonts.width(other.title, 13))
        pause = 20 if other.paused else 0
        time = fonts.width(other.time_text, 13, 500)
        return int(2 * _SIDE + _CIRCLE + _GAP + pause + title + _GAP + time + 0.99)

    def _name_anew(self) -> None:
        self.setAccessibleName(f"{self.other.spoken}, {self.other.time_text}")
        self.setToolTip(self.other.spoken)

    def _on_clicked(self) -> None:
        self.other_chosen.emit(self.other.key)


class _Folded(_Quiet):
    """All of them in few words, with a chevron: the way to their list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ""

    def sizeHint(self) -> QSize:
        """Return the width of icon, words and chevron."""
        return QSize(int(2 * _SIDE + 24 + fonts.width(self.words, 13, 500) + 24 + 0.99), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the parts."""
        c = theme.palette()
        painter = paint.start(self)
        self.paint_ground(painter)
        icons.paint(painter, "users", QPointF(_SIDE, 8), 16, c.muted)
        room = QRectF(_SIDE + 24, 0, self.width(), HEIGHT)
        wide = paint.text(painter, room, self.words, px=13, weight=500, colour=c.muted)
        icons.paint(painter, "chevron-down", QPointF(_SIDE + 32 + wide, 8), 16, c.muted)
        painter.end()


class OthersRow(QWidget):
    """The row, 32 px high, behind an upright line; nothing at all while nobody else is on the phone.

    Emits `other_chosen(key)`, and `list_wanted` where they are folded.
    """

    other_chosen = Signal(int)
    list_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._chips: list[OtherChip] = []
        self._is_folded = False
        self._folded = _Folded(self)
        self._folded.clicked.connect(self.list_wanted)
        self._folded.hide()
        self.hide()

    def show_others(self, others: Sequence[Other], folded_words: str) -> bool:
        """Show these sessions; return whether the room that is wanted changes. Widgets and focus are kept."""
        known = {chip.other.key: chip for chip in self._chips}
        changed = [chip.other.key for chip in self._chips] != [other.key for other in others]
        self._chips = []
        for other in others:
            chip = known.pop(other.key, None)
            if chip is None:
                chip = OtherChip(other, self)
                chip.other_chosen.connect(self.other_chosen)
            else:
                changed = chip.show_other(other) or changed
            self._chips.append(chip)
        for gone in known.values():
            gone.hide()
            gone.deleteLater()
        if folded_words != self._folded.words:
            self._folded.words = folded_words
            self._folded.setAccessibleName(folded_words)
            self._folded.update()
            changed = True
        self.setVisible(bool(others))
        return changed

    def set_time(self, other: Other) -> bool:
        """Show the time of one session; return whether its width changes."""
        chip = next((chip for chip in self._chips if chip.other.key == other.key), None)
        return chip is not None and chip.show_other(other)

    def chips(self) -> list[OtherChip]:
        """Return the buttons of the sessions, shown or folded."""
        return list(self._chips)

    def anchor(self, key: int) -> QWidget:
        """Return the button that stands for a session: its own, or the one into which all are folded."""
        own = next((chip for chip in self._chips if chip.other.key == key), None)
        return own if own is not None and not self._is_folded else self._folded

    def folded_button(self) -> QWidget:
        """Return the button into which all are folded."""
        return self._folded

    def is_folded(self) -> bool:
        """Return whether they are folded into one button."""
        return self._is_folded

    def wide(self, room: float) -> int:
        """Fold or unfold, as the room allows; return the width that is wanted then, 0 for nobody."""
        if not self._chips:
            return 0
        whole = sum(chip.sizeHint().width() for chip in self._chips)
        whole += _BETWEEN * (len(self._chips) - 1) + 2 * _GAP + 1
        self._is_folded = whole > room
        return self._folded.sizeHint().width() + 2 * _GAP + 1 if self._is_folded else whole

    def arrange(self) -> None:
        """Put the buttons into their places."""
        x = _GAP + 1
        for chip in self._chips:
            chip.setVisible(not self._is_folded)
            chip.setGeometry(x, 0, chip.sizeHint().width(), HEIGHT)
            x += chip.width() + _BETWEEN
        self._folded.setVisible(self._is_folded)
        self._folded.setGeometry(_GAP + 1, 0, self._folded.sizeHint().width(), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the upright line before the first."""
        painter = paint.start(self)
        painter.fillRect(QRectF(0, 6, 1, HEIGHT - 12), theme.palette().border)
        painter.end()
