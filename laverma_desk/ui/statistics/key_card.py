"""A card with one figure: what it is, how much, and what it comes from."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.text.key_figures import KeyFigure
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label


class KeyCard(Card):
    """A card 96 px high; a figure or remark that does not fit is set smaller."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(96)
        self._label = Label("", self, px=13, tone="muted", line=20)
        self._value = Label("", self, px=28, weight=600, line=32, tight=20)
        self._remark = Label("", self, px=13, tone="muted", line=20, tight=12)
        self.body.setContentsMargins(17, 11, 17, 13)
        for one in (self._label, self._value, self._remark):
            self.body.addWidget(one)

    def show_figure(self, figure: KeyFigure) -> None:
        """Show another figure."""
        self._label.setText(figure.label)
        self._value.setText(figure.value)
        self._remark.setText(figure.remark)
        told = f"{figure.label}: {figure.value}"
        self.setAccessibleName(f"{told}, {figure.remark}" if figure.remark else told)

    def figure(self) -> KeyFigure:
        """Return what is shown."""
        return KeyFigure(self._label.text(), self._value.text(), self._remark.text())
