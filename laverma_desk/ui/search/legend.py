"""The bars at the foot: which keys do what in the list, and the two buttons of the form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._words: list[Label] = []
        self._caps: list[list[KeyCap]] = []
        for number, (keys, words) in enumerate(groups):
            if number:
                row.addSpacing(8)
            self._caps.append([KeyCap(key, self) for key in keys])
            self._words.append(Label(words, self, px=13, tone="muted"))
            for part in (*self._caps[-1], self._words[-1]):
                row.addWidget(part)

    def set_words(self, group: int, words: str) -> None:
        """Change the word of a group; a key that does nothing is not named."""
        self._words[group].setText(words)
        for part in (*self._caps[group], self._words[group]):
            part.setVisible(bool(words))


class ListBar(ActionBar):
    """The bar below the list: the legend, and the way to a new customer (`new_requested`)."""

    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        arrows, control, enter, escape = ("↑", "↓"), _("Ctrl"), _("Enter"), _("Esc")
        self._list = Legend([(arrows, _("choose")), ((enter,), _("start")), ((escape,), _("clear"))], self)
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

    def set_enter(self, words: str) -> None:
        """Say what Enter does with the current row."""
        self._list.set_words(1, words)

    def set_escape(self, words: str) -> None:
        """Say what Escape does in the list."""
        self._list.set_words(2, words)

    def show_list(self) -> None:
        """Show the keys of the list."""
        self._list.show()
        self._exception.hide()

    def show_exception(self) -> None:
        """Show the keys of the exception."""
        self._list.hide()
        self._exception.show()
