"""The rail at the left: the program's pages, what waits on them, and who is working."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.card import Divider
from laverma_desk.ui.widgets.nav_item import NavItem


class RailItem(NavItem):
    """A page of the program, and a count where something waits."""

    def __init__(self, key: str, icon: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(key, icon, words, parent)
        self._count = 0

    def count(self) -> int:
        """Return the number shown; 0 shows none."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show how much waits on the page."""
        self._count = count
        self.setAccessibleName(f"{self._words}, {count}" if count else self._words)
        self.update()

    def paint_end(self, painter: QPainter, right: float) -> float:
        """Draw the count."""
        if not self._count:
            return right
        c = theme.palette()
        shown = str(self._count)
        crowded = len(shown) > 2  # The longest words beside it are to stay whole.
        right += 4 if crowded else 0
        wide = max(20.0, round(fonts.width(shown, 12, 600)) + (6 if crowded else 8))
        area = QRectF(right - wide, 8, wide, 24)
        paint.box(painter, area, fill=c.amber_soft, radius=6)
        paint.text(painter, area, shown, px=12, weight=600, colour=c.amber, align="centre")
        return right - wide - 4


class _UserLine(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._initials = "", ""
        self.setFixedHeight(40)

    def show_name(self, name: str) -> None:
        from laverma_desk.text import initials  # noqa: PLC0415 (the first paint names nobody)

        self._name, self._initials = name, initials(name)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._name:
            return
        c = theme.palette()
        painter = paint.start(self)
        circle = QRectF(10, 8, 24, 24)
        paint.box(painter, circle, edge=c.field, radius=12)
        paint.text(painter, circle, self._initials, px=12, weight=600, colour=c.muted, align="centre")
        paint.text(painter, QRectF(40, 0, self.width() - 40, 40), self._name, px=14, colour=c.text)
        painter.end()


class NavRail(QWidget):
    """The rail, 176 px wide. Emits `page_chosen(key)`; who hears it calls `set_current`."""

    page_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Pages"))
        self.setFixedWidth(176)
        self._items: dict[str, RailItem] = {}
        self._current = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 9, 8)
        layout.setSpacing(0)
        self._top, self._bottom = QVBoxLayout(), QVBoxLayout()
        self._user = _UserLine(self)
        layout.addLayout(self._top)
        layout.addStretch(1)
        layout.addLayout(self._bottom)
        layout.addSpacing(8)
        layout.addWidget(Divider(self))
        layout.addSpacing(8)
        layout.addWidget(self._user)

    def add_item(self, key: str, icon: str, words: str, *, bottom: bool = False) -> RailItem:
        """Add a page at the top, or above the user's name, and return its item."""
        item = RailItem(key, icon, words, self)
        item.page_chosen.connect(self._on_item_page_chosen)
        self._items[key] = item
        (self._bottom if bottom else self._top).addWidget(item)
        return item

    def set_current(self, key: str) -> None:
        """Mark the page that is shown; an unknown key marks none."""
        self._current = key
        for name, item in self._items.items():
            item.set_current(name == key)
            if name == key:
                self.setFocusProxy(item)

    def current(self) -> str:
        """Return the key of the page that is marked."""
        return self._current

    def set_count(self, key: str, count: int) -> None:
        """Show how much waits on a page. Raises KeyError for an unknown one."""
        self._items[key].set_count(count)

    def set_user(self, name: str) -> None:
        """Show who is working, with the initials."""
        self._user.show_name(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the line at the right."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.chrome)
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), c.border)
        painter.end()

    def _on_item_page_chosen(self, key: str) -> None:
        self.set_current(self._current)
        self.page_chosen.emit(key)
