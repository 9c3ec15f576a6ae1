"""The row of numbered phrases below the notes: the first four as chips, all of them in a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.domain.company import Snippet
from laverma_desk.i18n import _
from laverma_desk.ui.call.popup_menu import PopupMenu
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.chip import SnippetChip
from laverma_desk.ui.widgets.link import Link

CHIPS = 4
KEYS = 9


class SnippetRow(QWidget):
    """Chips and the link "All". Emits `snippet_chosen(number)` from 1, `list_closed`, and `add_pressed`."""

    snippet_chosen = Signal(int)
    list_closed = Signal()
    add_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snippets: tuple[Snippet, ...] = ()
        self._chips: list[SnippetChip] = []
        self._all = Link(_("All"), self, px=13, chevron="chevron-down")
        self._all.setToolTip(_("All snippets (%(key)s)") % {"key": key_name("Ctrl+Shift+B")})
        self._all.clicked.connect(self.open_list)
        self._add = Link(_("Write down snippets"), self, px=13)
        self._add.clicked.connect(self._on_add_clicked)
        self._menu = PopupMenu(self)
        self._menu.triggered.connect(self._on_menu_triggered)
        self._menu.aboutToHide.connect(self.list_closed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._add)
        self._row.addStretch(1)
        self._row.addWidget(self._all)
        self.show_snippets(())

    def show_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Show these phrases; without any, the way to write some down."""
        if tuple(snippets) == self._snippets and self._chips:
            return
        self._snippets = tuple(snippets)
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [
            SnippetChip(number, one.label, self) for number, one in enumerate(self._snippets[:CHIPS], 1)
        ]
        for place, chip in enumerate(self._chips):
            chip.snippet_chosen.connect(self.snippet_chosen)
            if place < KEYS:
                chip.setToolTip(f"{chip.words()} ({key_name(f'Ctrl+{place + 1}')})")
            self._row.insertWidget(place, chip)
            chip.show()
        self._add.setVisible(not self._snippets)
        self._all.setVisible(bool(self._snippets))
        self._fill_menu()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for number, one in enumerate(self._snippets, 1):
            action = QAction(f"{number}   {one.label}".replace("&", "&&"), self._menu)
            if number <= KEYS:
                # Behind a tab a menu sets the key at the right; the key itself is the window's.
                action.setText(f"{action.text()}\t{key_name(f'Ctrl+{number}')}")
            action.setData(number)
            self._menu.addAction(action)

    def chips(self) -> list[SnippetChip]:
        """Return the chips shown."""
        return list(self._chips)

    def list_actions(self) -> list[QAction]:
        """Return the entries of the list."""
        return self._menu.actions()

    def open_list(self) -> None:
        """Open the list of all phrases, its first one selected."""
        actions = self._menu.actions()
        if not actions:
            return
        wide, high = self._menu.sizeHint().width(), self._menu.sizeHint().height()
        self._menu.popup(self.mapToGlobal(QPoint(self.width() - wide, -high - 4)))
        self._menu.setActiveAction(actions[0])

    def _on_menu_triggered(self, action: QAction) -> None:
        self.snippet_chosen.emit(int(action.data()))

    def _on_add_clicked(self) -> None:
        self.add_pressed.emit()
