"""The last three calls, one key away: who just rang often rings again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.pressable import Pressable

MOST = 3


class Recent(NamedTuple):
    """A card: the practice, the machine with the time of the last session, why it is locked if it is."""

    name: str
    detail: str
    reason: str = ""


class RecentCard(Pressable):
    """A card 72 px high with a shortcut at the right; a lock where no session may start."""

    def __init__(self, shortcut_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = Recent("", "")
        self._shortcut = shortcut_text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_recent(self, recent: Recent) -> None:
        """Show another call."""
        self._recent = recent
        self.setAccessibleName(f"{recent.name}, {recent.detail}, {self._shortcut}")
        self.setAccessibleDescription(recent.reason)
        self.setToolTip(recent.reason)
        self.update()

    def recent(self) -> Recent:
        """Return the call that is shown."""
        return self._recent

    def sizeHint(self) -> QSize:
        """Return the height; the width is a third of the page's."""
        return QSize(200, 72)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the lines are elided."""
        return QSize(96, 72)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw card, name, shortcut and the second line."""
        c = theme.palette()
        painter = paint.start(self)
        fill = c.primary_soft if self.isDown() else c.subtle if self.underMouse() else c.surface
        focused = self.hasFocus()
        edge, width = (c.primary, 2) if focused else (c.border, 1)
        paint.box(painter, self.rect(), fill=fill, edge=edge, radius=10, width=width)
        left, right = 17.0, self.width() - 17.0
        short = fonts.width(self._shortcut, 12)
        area = QRectF(right - short, 15, short + 1, 20)
        paint.text(painter, area, self._shortcut, px=12, colour=c.muted)
        ink = c.text
        if self._recent.reason:
            icons.paint(painter, "lock", QPointF(left, 17), 16, c.muted)
            left, ink = left + 24, c.muted
        name = QRectF(left, 15, right - short - 8 - left, 20)
        paint.text(painter, name, self._recent.name, px=14, weight=500, colour=ink)
        detail = QRectF(17, 39, self.width() - 34, 20)
        paint.text(painter, detail, self._recent.detail, px=13, colour=c.muted)
        painter.end()


class RecentCards(QWidget):
    """A title and up to three cards; nothing at all where nobody has called yet. Emits `chosen(int)`."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_("Recent"), self, weight=600, line=24))
        row = QHBoxLayout()
        row.setSpacing(16)
        self._cards = [RecentCard(key_name(f"Alt+{place + 1}"), self) for place in range(MOST)]
        for card in self._cards:
            keep = card.sizePolicy()
            keep.setRetainSizeWhenHidden(True)
            card.setSizePolicy(keep)
            card.clicked.connect(self._on_card_clicked)
            row.addWidget(card, 1)
        column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_recents(())

    def show_recents(self, recents: Sequence[Recent]) -> None:
        """Show these calls, the latest first."""
        for place, card in enumerate(self._cards):
            card.setVisible(place < len(recents))
            if place < len(recents):
                card.show_recent(recents[place])
        self.setVisible(bool(recents))

    def cards(self) -> list[RecentCard]:
        """Return the cards in use."""
        return [card for card in self._cards if not card.isHidden()]

    def _on_card_clicked(self) -> None:
        card = self.sender()
        if isinstance(card, RecentCard):
            self.chosen.emit(self._cards.index(card))
