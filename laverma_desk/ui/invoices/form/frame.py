"""A form in the place of the preview: its head, what scrolls, what is said, and the bar with the ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import ActionBar
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.mark import IconMark
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea

_ICONS = {"red": "warning", "amber": "warning", "green": "check", "muted": "info"}
SIDE = 24


class _Told(QWidget):
    """A sentence above the bar, in as many lines as it takes; hidden while there is none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = IconMark("warning", self)
        self.words = Prose("", self, px=13, weight=500)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 8, SIDE, 8)
        row.setSpacing(8)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(self._mark)
        mark.addStretch(1)
        row.addLayout(mark)
        row.addWidget(self.words, 1)
        self.hide()

    def show_words(self, words: str, tone: str) -> None:
        self._mark.show_icon(_ICONS[tone], tone)
        self.words.setText(words)
        self.words.set_tone(tone if tone != "muted" else "text")
        self.words.updateGeometry()
        self.setAccessibleName(words)
        self.setVisible(bool(words))


class FormFrame(QWidget):
    """Put the fields into `body`, further buttons into `ways`. Emits `stepped` and `left` (the way back).

    What stands beside the heading goes into `head`. Without `scrolls` the body has just the room there is.
    """

    stepped = Signal()
    left = Signal()

    def __init__(
        self, step: str, parent: QWidget | None = None, *, icon: str = "check", scrolls: bool = True
    ) -> None:
        super().__init__(parent)
        self.title = Label("", self, px=20, weight=600, line=28)
        self.subtitle = Label("", self, px=13, tone="muted", line=20)
        self._told = _Told(self)
        self.bar = ActionBar(self)
        self.back = Button(_("Close"), shortcut_text=_("Esc"), parent=self)
        self.step = Button(step, "tonal", icon, shortcut_text=key_name("Ctrl+Return"), parent=self)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(SIDE, 0, SIDE, 16)
        self.body.setSpacing(0)
        self._area = OverlayScrollArea(self) if scrolls else None
        if self._area is not None:
            self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._area.viewport().setAutoFillBackground(False)
            self._area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.ways = QHBoxLayout()
        self.ways.setSpacing(8)
        self.bar.row.addLayout(self.ways)
        self.bar.row.addStretch(1)
        self.bar.row.addWidget(self.back)
        self.bar.row.addWidget(self.step)
        heading = QVBoxLayout()
        heading.setSpacing(0)
        heading.addWidget(self.title)
        heading.addWidget(self.subtitle)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(SIDE, 16, SIDE, 12)
        self.head.setSpacing(8)
        self.head.addLayout(heading, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(self.head)
        self.column.addWidget(self._area or inside, 1)
        self.column.addWidget(self._told)
        self.column.addWidget(self.bar)
        self.step.clicked.connect(self.stepped)
        self.back.clicked.connect(self.left)

    def show_heading(self, title: str, subtitle: str) -> None:
        """Say what the form is for, and of whom."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)

    def tell(self, words: str, tone: str = "red") -> None:
        """Say something above the bar, "red", "amber", "green" or "muted"; an empty text takes it back."""
        self._told.show_words(words, tone)

    def told(self) -> str:
        """Return what is said above the bar."""
        return "" if self._told.isHidden() else self._told.words.text()

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a widget and put the focus there."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reveal(widget)

    def reveal(self, widget: QWidget) -> None:
        """Scroll until a widget is seen, the lower edge first."""
        if self._area is not None:
            self._area.ensureWidgetVisible(widget)

    def scroll_up(self) -> None:
        """Show the form from its top."""
        if self._area is not None:
            self._area.verticalScrollBar().setValue(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of a page, whatever the form stands on."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
        painter.end()
