"""The list of pages at the left of the settings, with a dot where something is not saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint


@dataclass(frozen=True)
class PageWords:
    """A page: its key, its drawing, its name, and what is said below its name."""

    key: str
    icon: str
    title: str
    lead: str


class PageItem(QPushButton):
    """One page of the list."""

    page_chosen = Signal(str)

    def __init__(self, page: PageWords, parent: QWidget | None = None) -> None:
        super().__init__(page.title.replace("&", "&&"), parent)
        self._page = page
        self._unsaved = False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFixedHeight(40)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(page.title)
        self.clicked.connect(self._on_clicked)

    def key(self) -> str:
        """Return the page's key."""
        return self._page.key

    def is_unsaved(self) -> bool:
        """Tell whether the dot is shown."""
        return self._unsaved

    def set_unsaved(self, unsaved: bool) -> None:
        """Show or take back the dot that says that something on the page is not saved."""
        if unsaved == self._unsaved:
            return
        self._unsaved = unsaved
        said = _("%(page)s, not saved") % {"page": self._page.title}
        self.setAccessibleName(said if unsaved else self._page.title)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the width of icon, words and dot, 40 high."""
        return QSize(int(fonts.width(self._page.title, 14, 600)) + 88, 40)

    def minimumSizeHint(self) -> QSize:
        """Return room for the icon and a few letters: the rest is elided."""
        return QSize(96, 40)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys, choose with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the item."""
        c = theme.palette()
        painter = paint.start(self)
        on = self.isChecked()
        fill = c.primary_soft if on or self.isDown() else c.subtle if self.underMouse() else None
        edge = c.primary if self.hasFocus() else None
        if fill is not None or edge is not None:
            paint.box(painter, self.rect(), fill=fill, edge=edge, width=2)
        icons.paint(painter, self._page.icon, QPointF(16, 10), 20, c.primary if on else c.muted)
        right = self.width() - 16.0
        if self._unsaved:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.amber_line)
            painter.drawEllipse(QRectF(right - 8, 16, 8, 8))
            right -= 16
        ink, weight = (c.primary, 600) if on else (c.text, 400)
        room = QRectF(48, 0, right - 48, 40)
        paint.text(painter, room, self._page.title, px=14, weight=weight, colour=ink)
        painter.end()

    def _on_clicked(self) -> None:
        self.page_chosen.emit(self._page.key)


class PageList(QWidget):
    """All pages, 240 px wide. Emits `page_chosen(key)`; who hears it calls `set_current`."""

    page_chosen = Signal(str)

    def __init__(self, pages: Sequence[PageWords], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(240)
        self.setAccessibleName(_("Pages of the settings"))
        self._items = {page.key: PageItem(page, self) for page in pages}
        self._current = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 9, 16)
        column.setSpacing(0)
        for item in self._items.values():
            item.page_chosen.connect(self._on_item_page_chosen)
            column.addWidget(item)
        column.addStretch(1)

    def item(self, key: str) -> PageItem:
        """Return the item of a page. Raises KeyError for an unknown one."""
        return self._items[key]

    def set_current(self, key: str) -> None:
        """Mark the page that is shown."""
        self._current = key
        for name, item in self._items.items():
            item.setChecked(name == key)
        self.setFocusProxy(self._items[key])

    def set_unsaved(self, keys: frozenset[str]) -> None:
        """Show the dot at these pages and at no other."""
        for name, item in self._items.items():
            item.set_unsaved(name in keys)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the line at the right."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.surface)
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), c.border)
        painter.end()

    def _on_item_page_chosen(self, key: str) -> None:
        self.set_current(self._current)
        self.page_chosen.emit(key)
