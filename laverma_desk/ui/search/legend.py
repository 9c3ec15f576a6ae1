"""The bars at the foot: which keys do what in the list, and the two buttons of the form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.card import ActionBar
from laverma_desk.ui.widgets.key_cap import KeyCap
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link


class Legend(QWidget):
    """Key caps with a word behind them, in groups."""

    def __init__(self, groups: Sequence[tuple[Sequence[str], str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._gap = QSpacerItem(8, 0)
        self._words: list[Label] = []
        self._caps: list[list[KeyCap]] = []
        for number, (keys, words) in enumerate(groups):
            if number:
                row.addSpacerItem(self._gap if number == 1 else QSpacerItem(8, 0))
            self._caps.append([KeyCap(key, self) for key in keys])
            self._words.append(Label(words, self, px=13, tone="muted"))
            for part in (*self._caps[-1], self._words[-1]):
                row.addWidget(part)

    def set_words(self, group: int, words: str) -> None:
        """Change the word of a group; a key that does nothing is not named."""
        self._words[group].setText(words)
        self._show_group(group, shown=bool(words))

    def fit(self, room: int) -> None:
        """Leave the first group out where all of them need more room: who searches knows the arrows."""
        needed = sum(
            16 + sum(cap.sizeHint().width() + 8 for cap in caps) + words.sizeHint().width()
            for caps, words in zip(self._caps, self._words, strict=True)
            if words.text()
        )
        self._show_group(0, shown=bool(self._words[0].text()) and needed - 16 <= room)

    def _show_group(self, group: int, *, shown: bool) -> None:
        if self._words[group].isHidden() != shown:
            return  # To show them again lays the bar out, and each letter typed asks for it.
        for part in (*self._caps[group], self._words[group]):
            part.setVisible(shown)
        if group == 0:
            self._gap.changeSize(8 if shown else 0, 0)
            self._row.invalidate()


class ListBar(ActionBar):
    """The bar below the list: the legend, and the way to a new customer (`new_requested`)."""

    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        arrows, control, enter, escape = ("↑", "↓"), _("Ctrl"), _("Enter"), _("Esc")
        self._list = Legend(
            [
                (arrows, _("choose")),
                ((enter,), _("start")),
                ((control, enter), _("start and connect")),
                ((escape,), _("clear")),
            ],
            self,
        )
        self._exception = Legend(
            [
                (arrows, _("choose")),
                ((control, enter), _("start with exception")),
                ((escape,), _("back to the list")),
            ],
            self,
        )
        self._new = Link(_("New customer"), self, px=13, icon="plus", shortcut_text=key_name("Ctrl+U"))
        self._new.clicked.connect(self.new_requested)
        self.row.addWidget(self._list)
        self.row.addWidget(self._exception)
        self.row.addStretch(1)
        self.row.addWidget(self._new)
        self.show_list()

    def set_enter(self, words: str, with_control: str) -> None:
        """Say what Enter does with the current row, alone and with Ctrl."""
        self._list.set_words(1, words)
        self._list.set_words(2, with_control)
        self._fit()

    def set_escape(self, words: str) -> None:
        """Say what Escape does in the list."""
        self._list.set_words(3, words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name fewer keys in a narrow window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self.row.contentsMargins()
        beside = margins.left() + margins.right() + self._new.sizeHint().width() + 16
        for legend in (self._list, self._exception):
            legend.fit(self.width() - beside)

    def show_list(self) -> None:
        """Show the keys of the list."""
        self._list.show()
        self._exception.hide()

    def show_exception(self) -> None:
        """Show the keys of the exception."""
        self._list.hide()
        self._exception.show()
