"""The place of data protection behind a customer's record."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.ui.customers.privacy.access_card import AccessCard
from laverma_desk.ui.customers.privacy.erasure_card import ErasureCard
from laverma_desk.ui.customers.privacy.frame import PlaceFrame
from laverma_desk.ui.customers.privacy.locked_card import LockedCard


class PrivacyPanel(PlaceFrame):
    """Access, erasure, and who is locked, below one another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.access = AccessCard(self)
        self.erasure = ErasureCard(self)
        self.locked = LockedCard(self)
        for card in (self.access, self.erasure, self.locked):
            self.add_card(card)
        self.close_column()
