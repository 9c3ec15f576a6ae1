"""What stands in the way of a paper: one line each with its sentence and the way to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.ui import icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea

LINE = 32
_MOST = 4


class Place(Enum):
    """Where something is mended."""

    NOWHERE = auto()
    SESSION = auto()
    CUSTOMER = auto()
    SETTINGS = auto()


@dataclass(frozen=True)
class Way:
    """Where a link leads: a session or a customer by its row, or a page of the settings."""

    place: Place
    id: int = 0
    page: str = ""


@dataclass(frozen=True)
class Hint:
    """A sentence with its link. `blocking` tells what must be mended from what is worth a look."""

    sentence: str
    blocking: bool
    link: str = ""
    way: Way = Way(Place.NOWHERE)


class _Line(QWidget):
    """One hint."""

    followed = Signal(object)

    def __init__(self, hint: Hint, parent: QWidget) -> None:
        super().__init__(parent)
        self.hint = hint
        self.setFixedHeight(LINE)
        self.setAccessibleName(hint.sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(48, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(Label(hint.sentence, self, px=13, weight=500 if hint.blocking else 400))
        self.link = Link(hint.link, self, px=13)
        self.link.setVisible(bool(hint.link))
        self.link.setAccessibleDescription(hint.sentence)
        self.link.clicked.connect(self._on_link_clicked)
        row.addWidget(self.link)
        row.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.amber_soft)
        paint.rule(painter, 0, LINE - 1, self.width(), c.border)
        name, ink = ("warning", c.red) if self.hint.blocking else ("info", c.amber)
        icons.paint(painter, name, QPointF(24, 7), 16, ink)
        painter.end()

    def _on_link_clicked(self) -> None:
        self.followed.emit(self.hint.way)


class HintList(OverlayScrollArea):
    """Up to four lines high, the rest is scrolled to. Emits `followed(Way)`.

    `focus_given_up` comes just before a line whose link has the focus goes.
    """

    followed = Signal(object)
    focus_given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[Hint, ...] = ()
        self._lines: list[_Line] = []
        self.show_hints(())

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show these lines; none takes no room."""
        if tuple(hints) == self._hints and self._lines:
            return
        if any(link.hasFocus() for link in self.links()):
            self.focus_given_up.emit()
        self._hints = tuple(hints)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._lines = [_Line(hint, held) for hint in hints]
        for line in self._lines:
            line.followed.connect(self.followed)
            column.addWidget(line)
        self.setWidget(held)
        self.setFixedHeight(min(len(hints), _MOST) * LINE)
        self.setVisible(bool(hints))

    def hints(self) -> tuple[Hint, ...]:
        """Return what is shown."""
        return self._hints

    def links(self) -> list[Link]:
        """Return the links, in their order."""
        return [line.link for line in self._lines]
