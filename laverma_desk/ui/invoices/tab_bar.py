"""The five lists of the page as tabs: the chosen one told by colour, weight and a line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.invoices.rows import Tab
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.head_line import HeadLine

HEIGHT = 48
_EDGE, _PADDING, _GAP = 16, 8, 4


class _Tab(QRadioButton):
    """One tab; Qt's exclusive radio buttons bring arrow keys and the right accessible role."""

    def __init__(self, tab: Tab, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.tab = tab
        self._words, self._count = words, ""
        self.show_count("")

    def show_count(self, count: str) -> None:
        self._count = count
        self.setAccessibleName(self.words())
        self.update()

    def words(self) -> str:
        return f"{self._words} {self._count}".rstrip()

    def width_for(self, padding: float) -> int:
        weight = 600 if self.isChecked() else 500
        return round(fonts.width(self.words(), 13, weight) + 2 * padding)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        on = self.isChecked()
        ink = c.primary if on else c.text if self.underMouse() else c.muted
        area = QRectF(0, 0, self.width() + 1, self.height() - 2)
        weight = 600 if on else 500
        paint.text(painter, area, self.words(), px=13, weight=weight, colour=ink, align="centre")
        if on:
            painter.fillRect(QRectF(0, self.height() - 2, self.width(), 2), c.primary)
        if self.hasFocus():
            paint.box(painter, self.rect().adjusted(0, 8, 0, -8), edge=c.primary, width=2)
        painter.end()


class TabBar(HeadLine):
    """A line 48 px high. Emits `tab_chosen(Tab)` when a person changes it; left and right walk."""

    tab_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, parent)
        self.setAccessibleName(_("Invoices"))
        names = {
            Tab.OPEN: _("Unbilled"),
            Tab.DRAFTS: _("Drafts"),
            Tab.ISSUED: _("Issued"),
            Tab.PAID: _("Paid"),
            Tab.CANCELLED: _("Cancelled"),
        }
        self._tabs = {tab: _Tab(tab, words, self) for tab, words in names.items()}
        self._current = Tab.OPEN
        self._tabs[Tab.OPEN].setChecked(True)
        self.setFocusProxy(self._tabs[Tab.OPEN])
        for one in self._tabs.values():
            one.toggled.connect(self._on_tab_toggled)

    def current(self) -> Tab:
        """Return the chosen tab."""
        return self._current

    def set_current(self, tab: Tab) -> None:
        """Choose a tab without a signal; the focus, where a tab has it, goes along, else it is said aloud."""
        focused = any(one.hasFocus() for one in self._tabs.values())
        if tab is not self._current and not focused and self.isVisible():
            announce(self, self._tabs[tab].words())
        self._current = tab
        self._tabs[tab].setChecked(True)
        if focused:
            self._tabs[tab].setFocus()

    def show_count(self, tab: Tab, count: str) -> None:
        """Show how much stands in a list; nothing for an empty text."""
        self._tabs[tab].show_count(count)
        self._arrange()

    def words(self) -> list[str]:
        """Return what the tabs say."""
        return [one.words() for one in self._tabs.values()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the tabs out."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        padding, gap = float(_PADDING), _GAP
        room = self.width() - 2 * _EDGE
        need = sum(one.width_for(padding) for one in self._tabs.values()) + 4 * gap
        if need > room:
            # Big counts: the tabs move together before a word is cut.
            gap = 0
            padding = max(3.0, padding - (need - 4 * _GAP - room) / (2 * len(self._tabs)))
        x = _EDGE
        for one in self._tabs.values():
            wide = one.width_for(padding)
            one.setGeometry(x, 0, wide, self.height())
            x += wide + gap

    def _on_tab_toggled(self, _on: bool) -> None:
        chosen = next((one.tab for one in self._tabs.values() if one.isChecked()), None)
        if chosen is None:
            return
        self.setFocusProxy(self._tabs[chosen])
        self._arrange()
        if chosen is not self._current:
            self._current = chosen
            self.tab_chosen.emit(chosen)
