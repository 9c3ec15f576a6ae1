"""A place behind a customer's record: a title, and cards that scroll."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea

WIDEST = 1040


class PlaceFrame(OverlayScrollArea):
    """Cards below one another, 16 px apart. The way back is its host's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport().setAutoFillBackground(False)
        self.title = Label("", self, px=20, weight=600)
        self.subtitle = Label("", self, px=13, tone="muted")
        body = QWidget(self)
        body.setAutoFillBackground(False)
        body.setMaximumWidth(WIDEST + 48)
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(24, 16, 24, 24)
        self.column.setSpacing(0)
        self.column.addWidget(self.title)
        self.column.addWidget(self.subtitle)
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(0, 16, 0, 0)
        self._cards.setSpacing(16)
        self.column.addLayout(self._cards)
        self.setWidget(body)

    def add_card(self, card: QWidget) -> None:
        """Put a card below the others; a hidden one leaves no gap."""
        self._cards.addWidget(card)

    def close_column(self) -> None:
        """Leave the room below the last card free."""
        self.column.addStretch(1)

    def show_title(self, title: str, subtitle: str) -> None:
        """Say what this is about."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)
