"""The strip above every page: the sessions that run, wait or are being reported, and the way to a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.session_tab import HEIGHT, NewTab, SessionTab, StripButton, StripTab

if TYPE_CHECKING:
    from laverma_desk.ui.widgets.others_row import Other, OthersRow

__all__ = ["SessionStrip", "StripTab"]
_LEFT, _RIGHT = 16, 24
_NARROWEST = 176


class _Track(QWidget):
    """Clips the tabs; it is where they scroll."""


class SessionStrip(QWidget):
    """The strip, 48 px high. Emits `session_chosen(key)`, `new_session_requested` and `mini_requested`.

    `others` says who else is on the phone. Where room is short, the right end gives way first: the others are
    folded, the way to the mini timer becomes an icon; then tabs get shorter titles; then the strip scrolls,
    by the wheel and to the current tab.
    """

    session_chosen = Signal(int)
    new_session_requested = Signal()
    mini_requested = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, new_shortcut: str = "", mini_shortcut: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Open sessions"))
        self.setFixedHeight(48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._track = _Track(self)
        self._tabs: list[SessionTab] = []
        self._new = NewTab(_("New session"), new_shortcut, self._track)
        self._new.clicked.connect(self._on_new_clicked)
        self._new.focus_reached.connect(self._on_tab_focus_reached)
        self._mini = Button(
            _("Mini timer"), "quiet", "mini-timer", shortcut_text=mini_shortcut, small=True, parent=self
        )
        self._others: OthersRow | None = None
        self._mini.clicked.connect(self._on_mini_clicked)
        self._mini.hide()
        self._mini_kind: Literal["quiet", "icon"] = "quiet"
        self._aside = self._aside_whole = self._aside_short = ""
        self._scroll = 0

    def show_tabs(
        self, tabs: Sequence[StripTab], current: int | None = None, *, new_current: bool = False
    ) -> None:
        """Show these sessions; the one with the key `current`, or the new one, is the page below.

        What is already there is kept, so that neither focus nor place is lost.
        """
        known = {tab.tab.key: tab for tab in self._tabs}
        wanted: list[SessionTab] = []
        changed = [tab.tab.key for tab in self._tabs] != [tab.key for tab in tabs]
        for tab in tabs:
            widget = known.pop(tab.key, None)
            if widget is None:
                widget = SessionTab(tab, self._track)
                widget.session_chosen.connect(self.session_chosen)
                widget.focus_reached.connect(self._on_tab_focus_reached)
                widget.show()
            changed = widget.show_tab(tab) or changed
            wanted.append(widget)
        for gone in known.values():
            gone.hide()
            gone.deleteLater()
        self._tabs = wanted
        for widget in self._tabs:
            on = widget.tab.key == current and not new_current
            changed = changed or widget.is_current() != on
            widget.set_current(on)
        changed = changed or self._new.is_current() != new_current
        self._new.set_current(new_current)
        self.setFocusProxy(next((tab for tab in self._tabs if tab.is_current()), self._new))
        self.set_aside("" if tabs else _("No session active"))
        if changed:
            self._arrange(follow=True)

    def set_time(self, key: int, time_text: str) -> None:
        """Show the time of one session; nothing else moves."""
        for widget in self._tabs:
            tab = widget.tab
            if tab.key == key and widget.show_tab(
                StripTab(key, tab.title, time_text, tab.state, tab.moon, tab.state_text)
            ):
                self._arrange(follow=False)

    @property
    def others(self) -> OthersRow:
        """Return the row of who else is on the phone, made when first wanted: most desks meet nobody."""
        if self._others is None:
            from laverma_desk.ui.widgets.others_row import OthersRow  # noqa: PLC0415

            self._others = OthersRow(self)
        return self._others

    def show_others(self, others: Sequence[Other], folded_words: str) -> None:
        """Show the sessions of others; `folded_words` say how many they are where room is short."""
        if self.others.show_others(others, folded_words):
            self._arrange(follow=False)

    def set_other_time(self, other: Other) -> None:
        """Show the time of somebody else's session; nothing else moves."""
        if self.others.set_time(other):
            self._arrange(follow=False)

    def set_aside(self, text: str, short: str = "") -> None:
        """Write a muted sentence at the right end; `short` takes its place before the tabs are cut."""
        if (text, short) != (self._aside_whole, self._aside_short):
            self._aside_whole, self._aside_short = text, short
            self._arrange(follow=False)
            self.update()

    def aside(self) -> str:
        """Return what stands at the right end."""
        return self._aside

    def offer_mini(self, offered: bool) -> None:
        """Show the way to the mini timer, as long as there is a time to be shown."""
        if offered != self._mini.isVisibleTo(self):
            self._mini.setVisible(offered)
            self._arrange(follow=True)
            self.update()

    def sizeHint(self) -> QSize:
        """Return a width that layouts may stretch, 48 high."""
        return QSize(480, 48)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Fit the tabs into the new width."""
        self._arrange(follow=True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the tabs, where they do not fit."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._scroll -= turned // 2
        self._arrange(follow=False)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the lower line and the sentence at the right."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.chrome)
        paint.rule(painter, 0, 47, self.width(), c.border)
        if self._aside:
            wide = fonts.width(self._aside, 13)
            area = QRectF(self.width() - self._right() - wide, 8, wide + 1, HEIGHT)
            paint.text(painter, area, self._aside, px=13, colour=c.muted)
        painter.end()

    def _on_new_clicked(self) -> None:
        self.new_session_requested.emit()

    def _on_mini_clicked(self) -> None:
        self.mini_requested.emit()

    def _right(self) -> int:
        """Return how much of the right end stays free of tabs."""
        return _RIGHT + (self._mini.width() - self._over() if self._mini.isVisibleTo(self) else 0)

    def _over(self) -> int:
        """Return how far the box of the way to the mini timer reaches over the edge: its words are flush."""
        return 12 if self._mini_kind == "quiet" else 8

    def _on_tab_focus_reached(self) -> None:
        self._arrange(follow=True)

    def _arrange(self, *, follow: bool) -> None:
        natural = [tab.sizeHint().width() for tab in self._tabs]
        new = self._new.sizeHint().width()
        left = self.width() - _LEFT - sum(natural) - new
        aside = self._aside_whole
        left -= self._arrange_others(left - _aside_width(aside))
        self._arrange_mini(left - _aside_width(aside))
        if self._aside_short and left - _aside_width(aside) < self._right():
            aside = self._aside_short
        if aside != self._aside:
            self._aside = aside
            self.update()
        right = int(self.width() - self._right() - _aside_width(aside))
        if self._others is not None:
            right -= self._others.width()
            self._others.move(right, 12)
        room = right - _LEFT
        cap = _shared_cap(natural, room - new)
        widths = [min(wide, cap) for wide in natural]
        total = sum(widths) + new
        self._track.setGeometry(_LEFT, 8, max(0, min(room, total)), HEIGHT)
        if follow:
            self._scroll_to_seen([*self._tabs, self._new], [*widths, new], room)
        self._scroll = max(0, min(self._scroll, total - room))
        x = -self._scroll
        for tab, wide in zip(self._tabs, widths, strict=True):
            tab.setGeometry(x, 0, wide, HEIGHT)
            x += wide
        self._new.setGeometry(x, 0, new, HEIGHT)

    def _arrange_others(self, left: float) -> int:
        """Let the others stand one by one, or folded where their words leave too little room; return it."""
        if self._others is None:
            return 0
        self._show_mini("quiet")
        wide = self._others.wide(left - self._right())
        self._others.resize(wide, self._others.height())
        self._others.arrange()
        return wide

    def _arrange_mini(self, left: float) -> None:
        """Show the way to the mini timer in words, or as an icon where these leave too little room."""
        self._show_mini("quiet")
        if left < self._right():
            self._show_mini("icon")
        self._mini.move(self.width() - _RIGHT + self._over() - self._mini.width(), 12)

    def _show_mini(self, kind: Literal["quiet", "icon"]) -> None:
        if kind != self._mini_kind:
            self._mini_kind = kind
            self._mini.set_kind(kind)
            self._mini.setToolTip("")
            self._mini.set_label(self._mini.label())
        self._mini.resize(self._mini.sizeHint())

    def _scroll_to_seen(self, row: Sequence[StripButton], widths: Sequence[int], room: int) -> None:
        """Move so far that the tab with the focus, else the current one, is in sight."""
        focused = any(tab.hasFocus() for tab in row)
        x = 0
        for tab, wide in zip(row, widths, strict=True):
            if tab.hasFocus() if focused else tab.is_current():
                self._scroll = min(max(self._scroll, x + wide - room), x)
            x += wide


def _aside_width(words: str) -> float:
    """Return the room that a sentence at the right end takes, with the gap before it."""
    return fonts.width(words, 13) + 16 if words else 0


def _shared_cap(natural: list[int], room: int) -> int:
    """Return the width above which tabs are cut, so that all fit, but never below the narrowest."""
    if not natural or sum(natural) <= room:
        return max(natural, default=0)
    low, high = _NARROWEST, max(natural)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(wide, middle) for wide in natural) <= room:
            low = middle
        else:
            high = middle - 1
    return low
