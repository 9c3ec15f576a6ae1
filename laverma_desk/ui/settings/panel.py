"""The settings as they are seen: the list of pages, one page, the bar at its foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from laverma_desk.ui.settings.page_frame import PageFrame
from laverma_desk.ui.settings.page_list import PageList, PageWords
from laverma_desk.ui.settings.save_bar import SaveBar


class SettingsPanel(QWidget):
    """All parts of the page. Emits `page_chosen(key)`; the bar has the other signals."""

    page_chosen = Signal(str)

    def __init__(self, pages: Sequence[PageWords], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = PageList(pages, self)
        self.stack = QStackedWidget(self)
        self.bar = SaveBar(self)
        self._pages: dict[str, PageFrame] = {}
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self.bar)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.list)
        across.addLayout(right, 1)
        self.list.page_chosen.connect(self.page_chosen)

    def has_page(self, key: str) -> bool:
        """Tell whether a page was already made."""
        return key in self._pages

    def add_page(self, key: str, page: PageFrame) -> None:
        """Take a page that was made."""
        self._pages[key] = page
        self.stack.addWidget(page)

    def page(self, key: str) -> PageFrame:
        """Return a page. Raises KeyError for one that was not made."""
        return self._pages[key]

    def show_page(self, key: str, *, bar: bool) -> None:
        """Bring a page to the front; `bar` says whether there is anything that can be saved."""
        self.bar.setVisible(bar)
        self.stack.setCurrentWidget(self._pages[key])
        self.stack.setFocusProxy(self._pages[key])
        self.list.set_current(key)
