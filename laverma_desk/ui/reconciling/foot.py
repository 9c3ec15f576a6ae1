"""The bar at the foot: which keys do what in the chosen row, and what has become of the connections."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.reconciling.rows import Row
from laverma_desk.ui.reconciling.words import key_words
from laverma_desk.ui.widgets.card import ActionBar
from laverma_desk.ui.widgets.key_cap import KeyCap
from laverma_desk.ui.widgets.label import Label

_GAP = 16


class _Keys(QWidget):
    """Key caps with a word behind them; it goes where they do nothing."""

    def __init__(self, keys: Sequence[str], words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = Label(words, self, px=13, tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for key in keys:
            row.addWidget(KeyCap(key, self))
        row.addWidget(self._label)

    def show_words(self, words: str) -> None:
        self._label.setText(words)
        self.setVisible(bool(words))
        # Its new width is wanted at once, not when the loop has told each part around it.
        self.updateGeometry()

    def words(self) -> str:
        return self._label.text()


class Foot(ActionBar):
    """The keys and the sum; what has no room beside the sum gives way, the arrows first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrows = _Keys(("↑", "↓"), _("choose"), self)
        self._enter = _Keys((_("Enter"),), "", self)
        self._assign = _Keys((_("Ctrl"), "K"), "", self)
        self._part = _Keys((_("Ctrl"), "T"), "", self)
        self._remove = _Keys((_("Del"),), "", self)
        self._back = _Keys((_("Esc"),), _("back to the history"), self)
        self._sum = Label("", self, px=13, tone="muted", align="right")
        self.row.setSpacing(_GAP)
        self._groups = (self._arrows, self._enter, self._assign, self._part, self._remove, self._back)
        for group in self._groups:
            self.row.addWidget(group)
        self.row.addStretch(1)
        self.row.addWidget(self._sum)
        self.show_keys(None)

    def show_keys(self, row: Row | None) -> None:
        """Name what the keys do in a row."""
        self._enter.show_words(key_words(row.enter if row else None))
        twice = row is not None and row.assign is row.enter
        self._assign.show_words("" if twice else key_words(row.assign if row else None))
        same = row is not None and row.part is row.remove
        self._part.show_words("" if same else key_words(row.part if row else None))
        self._remove.show_words(key_words(row.remove if row else None))
        self._fit()

    def show_sum(self, words: str) -> None:
        """Show what has become of the connections."""
        self._sum.setText(words)
        self._fit()

    def named(self) -> list[str]:
        """Return what the keys that do something are said to do."""
        return [group.words() for group in self._groups if group.words()]

    def sum(self) -> str:
        """Return the sum."""
        return self._sum.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name as many keys as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 48 - self._sum.sizeHint().width()
        for group in self._groups:
            group.setVisible(bool(group.words()))
        for group in (self._arrows, self._back):
            shown = [one for one in self._groups if not one.isHidden()]
            group.setHidden(sum(one.sizeHint().width() + _GAP for one in shown) > room)
