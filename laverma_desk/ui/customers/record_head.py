"""The head of a record: who it is, what the agreement says, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts
from laverma_desk.ui.call.popup_menu import PopupMenu
from laverma_desk.ui.widgets.badge import Badge, Tone
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label

NARROW = 700
"""Below this width the button for editing is an icon, and the line below the name is short."""

_GAPS = 48


class RecordHead(QWidget):
    """Emits `edit_requested` and `start_requested`. Fill `menu` before it opens, at `menu.aboutToShow`."""

    edit_requested = Signal()
    start_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Label("", self, px=20, weight=600)
        self.number = Label("", self, px=13, tone="muted")
        self.badge = Badge("", "ok", self)
        self.low_badge = Badge("", "ok", self)
        self.more = Button(_("More"), "icon", "more", parent=self, shortcut_text=_("Alt+M"))
        self.edit = Button(_("Edit"), icon="pencil", parent=self)
        self.start = Button(_("Start session"), "primary", "play", parent=self)
        self.menu = PopupMenu(self)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.number)
        below.addWidget(self.low_badge)
        below.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.badge)
        row.addSpacing(8)
        row.addWidget(self.more)
        row.addWidget(self.edit)
        row.addWidget(self.start)
        self.more.clicked.connect(self.open_menu)
        self.edit.clicked.connect(self.edit_requested)
        self.start.clicked.connect(self.start_requested)
        self._narrow = False
        self._lines = ("", "")
        self.fit(narrow=False)

    def show_words(self, name: str, number: str, short: str, badge: str, tone: Tone) -> None:
        """Show who it is and what the badge says; `short` is the number for a narrow column."""
        self.name.setText(name)
        self._lines = (number, short)
        self.badge.show_state(badge, tone)
        self.low_badge.show_state(badge, tone)
        self.setAccessibleName(name)
        self._arrange()

    def fit(self, *, narrow: bool) -> None:
        """Stand in a narrow column, or a wide one."""
        self._narrow = narrow
        self.edit.set_kind("icon" if narrow else "secondary")
        self.edit.set_label(_("Edit"))
        if not narrow:
            self.edit.setToolTip("")
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the room for the badge anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        buttons = (self.more, self.edit, self.start)
        room = self.width() - sum(one.sizeHint().width() for one in buttons) - _GAPS
        beside = fonts.width(self.name.text(), 20, 600) + self.badge.sizeHint().width() <= room
        # A long name has the line for itself, and the badge goes below it.
        self.badge.setVisible(beside)
        self.low_badge.setVisible(not beside)
        self.number.setText(self._lines[1 if self._narrow else 0])
        self.number.setToolTip(self._lines[0] if self._narrow else "")

    def open_menu(self) -> None:
        """Open the menu below its button."""
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))
