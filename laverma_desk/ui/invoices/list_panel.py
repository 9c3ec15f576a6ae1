"""The left part of the page: tabs, what stands above the list, the list, and its sum."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.invoices.list_foot import ListFoot
from laverma_desk.ui.invoices.list_head import ListHead
from laverma_desk.ui.invoices.row_list import RowList
from laverma_desk.ui.invoices.rows import Tab
from laverma_desk.ui.invoices.tab_bar import TabBar
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label

WIDTH = 400


class ListPanel(QWidget):
    """400 px wide; its parts are reached by name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.tabs = TabBar(self)
        self.head = ListHead(self)
        self.list = RowList(self)
        self.foot = ListFoot(self)
        self._empty = Label("", self, tone="muted", wrap=True)
        self._said = QWidget(self)
        said = QHBoxLayout(self._said)
        said.setContentsMargins(24, 16, 24, 16)
        said.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        for part in (self.tabs, self.head, self._said):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addWidget(self.foot)
        self._column = column
        self._fell_back = False  # the focus is on the tabs only because there was no row
        self.head.done.connect(self._on_head_done)
        self.tabs.tab_chosen.connect(self._on_tabs_tab_chosen)
        self.foot.focus_given_up.connect(self.focus_list)
        self.show_tab(Tab.OPEN)
        self.show_empty("")

    def show_tab(self, tab: Tab) -> None:
        """Show what belongs to a tab besides its rows."""
        names = {
            Tab.OPEN: _("Customers open to bill"),
            Tab.DRAFTS: _("Drafts"),
            Tab.ISSUED: _("Issued invoices"),
            Tab.PAID: _("Paid invoices"),
            Tab.CANCELLED: _("Cancelled invoices"),
        }
        self.tabs.set_current(tab)
        self.head.show_tab(tab)
        self.list.setAccessibleName(names[tab])

    def show_empty(self, sentence: str) -> None:
        """Say why there is no row, in place of the list; an empty sentence brings the list."""
        if sentence and self.list.hasFocus():
            self._fell_back = True
            self.tabs.setFocus()
        self.setFocusProxy(self.tabs if sentence else self.list)
        self._empty.setText(sentence)
        self._said.setVisible(bool(sentence))
        self.list.setVisible(not sentence)
        self._column.setStretch(4, 1 if sentence else 0)
        if not sentence and self._fell_back:
            self._fell_back = False
            tab = self.tabs.focusProxy()
            if tab is not None and tab.hasFocus():
                self.list.setFocus()

    def empty_sentence(self) -> str:
        """Return what is said in place of the list."""
        return self._empty.text()

    def focus_list(self) -> None:
        """Put the focus where one walks through the rows."""
        self._fell_back = bool(self.empty_sentence())
        target = self.tabs if self._fell_back else self.list
        target.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface and the line at the right."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.surface)
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), c.border)
        painter.end()

    def _on_head_done(self) -> None:
        self.focus_list()

    def _on_tabs_tab_chosen(self, _tab: Tab) -> None:
        self._fell_back = False  # Somebody walks through the tabs and wants to go on there.
