"""The list of pages at the left of the settings, with a dot where something is not saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.nav_item import NavItem


@dataclass(frozen=True)
class PageWords:
    """A page: its key, its drawing, its name, and what is said below its name."""

    key: str
    icon: str
    title: str
    lead: str


class PageItem(NavItem):
    """A page of the settings, and a dot where something on it is not saved."""

    icon_left, words_left, right = 16, 48, 16

    def __init__(self, page: PageWords, parent: QWidget | None = None) -> None:
        super().__init__(page.key, page.icon, page.title, parent)
        self._unsaved = False

    def is_unsaved(self) -> bool:
        """Tell whether the dot is shown."""
        return self._unsaved

    def set_unsaved(self, unsaved: bool) -> None:
        """Show or take back the dot that says that something on the page is not saved."""
        if unsaved == self._unsaved:
            return
        self._unsaved = unsaved
        said = _("%(page)s, not saved") % {"page": self._words}
        self.setAccessibleName(said if unsaved else self._words)
        self.update()

    def paint_end(self, painter: QPainter, right: float) -> float:
        """Draw the dot."""
        if not self._unsaved:
            return right
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.palette().amber_line)
        painter.drawEllipse(QRectF(right - 8, 16, 8, 8))
        return right - 16


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
            item.set_current(name == key)
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
