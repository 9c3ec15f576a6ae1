"""The window's frame: rail, strip, notice bar and the stage where one page is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import icons, reading_order
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.search.head import SearchHead, SearchPrelude
from laverma_desk.ui.widgets.nav_rail import NavRail
from laverma_desk.ui.widgets.session_strip import SessionStrip

if TYPE_CHECKING:
    from laverma_desk.ui.widgets.notice_bar import NoticeBar

SIZE = (1280, 768)
MINIMUM = (1120, 688)  # 1120 × 720 with the frame of the operating system

SESSION, HISTORY, CUSTOMERS, INVOICES = "session", "history", "customers", "invoices"
STATISTICS, OUTBOX, SETTINGS = "statistics", "outbox", "settings"


class Shell(QMainWindow):
    """The main window. It knows no page; whoever fills the stage does.

    Emits `painted` once, when its first picture is with the window system.
    """

    seen_changed = Signal(bool)
    close_requested = Signal()
    painted = Signal()

    def __init__(self) -> None:
        """Build the frame without any data, so that it can be painted at once."""
        super().__init__()
        self.setWindowTitle("Laverma Desk")
        # A small screen or a large text size leaves less room than the window likes to have.
        room = self.screen().availableSize()
        self.setMinimumSize(QSize(*MINIMUM).boundedTo(room))
        self.resize(QSize(*SIZE).boundedTo(room))
        self.rail = NavRail()
        self.rail.add_item(SESSION, "timer", _("Session"))
        self.rail.add_item(HISTORY, "history", _("History"))
        self.rail.add_item(CUSTOMERS, "users", _("Customers"))
        self.rail.add_item(INVOICES, "invoice", _("Invoices"))
        self.rail.add_item(STATISTICS, "chart", _("Statistics"))
        self.rail.add_item(OUTBOX, "outbox", _("Outbox"))
        self.rail.add_item(SETTINGS, "sliders", _("Settings"), bottom=True)
        self.strip = SessionStrip(new_shortcut=key_name("Ctrl+N"), mini_shortcut=key_name("Ctrl+M"))
        self._notice: NoticeBar | None = None
        self.stage = QStackedWidget()
        self._frame = QWidget()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.strip)
        self._bars = QGridLayout()
        right.addLayout(self._bars)
        right.addWidget(self.stage, 1)
        across = QHBoxLayout(self._frame)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(right, 1)
        self._stays = False
        self._painted = False
        self._prelude: SearchPrelude | None = None
        self._outer = QStackedWidget()
        self._outer.addWidget(self._frame)
        self.setCentralWidget(self._outer)

    def begin_search(self) -> None:
        """Let somebody type who is calling while the desk is being opened."""
        self._prelude = SearchPrelude()
        self.stage.addWidget(self._prelude)
        self.rail.set_current(SESSION)
        self._prelude.head.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_search_head(self) -> SearchHead | None:
        """Give question and field, as they are, to the page that goes on with them."""
        prelude, self._prelude = self._prelude, None
        if prelude is None:
            return None
        prelude.deleteLater()
        return prelude.head

    @property
    def notice(self) -> NoticeBar:
        """Return the line under the strip, made when it is first wanted: the first paint shows none."""
        if self._notice is None:
            from laverma_desk.ui.widgets.notice_bar import NoticeBar  # noqa: PLC0415

            self._notice = NoticeBar()
            self._bars.addWidget(self._notice, 0, 0)
            self._notice.lower()  # Below a bar that was laid over it before.
        return self._notice

    def lay_over_notice(self, bar: QWidget) -> None:
        """Give a bar the place of the notice: while it is shown there it hides the notice, not the page."""
        self._bars.addWidget(bar, 0, 0)

    def add_bar(self, bar: QWidget) -> None:
        """Give a bar its own room below the notice; while it is shown it pushes the page down."""
        self._bars.setSpacing(0)
        self._bars.addWidget(bar, 1, 0)

    def add_server_bar(self, bar: QWidget) -> None:
        """Give the bar about the server its room below the others."""
        self._bars.setSpacing(0)
        self._bars.addWidget(bar, 2, 0)

    def show_alone(self, panel: QWidget) -> None:
        """Show a panel without rail and strip (the assistant)."""
        self._outer.addWidget(panel)
        self._outer.setCurrentWidget(panel)

    def show_frame(self) -> None:
        """Show rail, strip and stage again; a panel that stood alone goes."""
        alone = self._outer.currentWidget()
        self._outer.setCurrentWidget(self._frame)
        if alone is not None and alone is not self._frame:
            self._outer.removeWidget(alone)
            alone.deleteLater()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 (Qt's signature)
        """Let Tab, and a widget that loses the focus because it goes, follow what is read."""
        return reading_order.move_focus(self, forward=next)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first picture as soon as it is out."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._on_painted)

    def _on_painted(self) -> None:
        self.setWindowIcon(icons.app_icon())
        self.painted.emit()

    @property
    def seen(self) -> bool:
        """Return whether anyone can see the window."""
        return self.isVisible() and not self.isMinimized()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell the clock that it is looked at."""
        super().showEvent(event)
        self.seen_changed.emit(self.seen)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell the clock that nobody looks."""
        super().hideEvent(event)
        self.seen_changed.emit(self.seen)

    def changeEvent(self, event: QEvent) -> None:
        """Notice when the window is minimised or comes back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.seen_changed.emit(self.seen)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let what is half typed be saved; who hears of it may want the window to stay."""
        self._stays = False
        self.close_requested.emit()
        if self._stays:
            event.ignore()
        else:
            super().closeEvent(event)

    def stay(self) -> None:
        """Stay open after all: for who hears `close_requested` and would lose something."""
        self._stays = True

    def bring_forward(self) -> None:
        """Raise the window because somebody started the program again, or wants it back."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
