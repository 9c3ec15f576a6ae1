"""The place where two records become one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.ui.customers.merge.finder_card import FinderCard
from laverma_desk.ui.customers.merge.preview_card import PreviewCard
from laverma_desk.ui.customers.privacy.frame import PlaceFrame


class MergePanel(PlaceFrame):
    """First the other record is found, then both stand side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder = FinderCard(self)
        self.preview = PreviewCard(self)
        self.add_card(self.finder)
        self.add_card(self.preview)
        self.close_column()
        self.show_preview(shown=False)

    def show_preview(self, *, shown: bool) -> None:
        """Show both records, or the search for the other one."""
        self.preview.setVisible(shown)
        self.finder.setVisible(not shown)

    def previewing(self) -> bool:
        """Return whether both records are shown."""
        return not self.preview.isHidden()
