"""Sentences that wrap: in a page that scrolls, they take the lines they need and no more."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui.widgets.label import Label


class Prose(Label):
    """A wrapped label whose least height is one line, so that a page is not longer than its text."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        px: int = 14,
        weight: int = 400,
        tone: str = "text",
        line: int | None = None,
    ) -> None:
        super().__init__(text, parent, px=px, weight=weight, tone=tone, line=line, wrap=True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
