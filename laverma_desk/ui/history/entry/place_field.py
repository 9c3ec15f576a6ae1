"""Whose machine it was: typed like a caller's name, with the hits below the field while one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.search.arrow_field import ArrowField
from laverma_desk.ui.search.result import Result
from laverma_desk.ui.search.result_list import ResultList
from laverma_desk.ui.widgets.labeled_field import LabeledField

_LIST_HEIGHT = 226
"""Four rows and the edge; more of them scroll."""


class PlaceField(QWidget):
    """A search field that holds a choice, and a list that is there only while something is sought.

    Emits `typed(str)`, `stepped(int)` for the arrows, `entered` for Enter, `chosen(int)` for a click and
    `left` when the focus has gone elsewhere. Another field can stand beside it, in `row`.
    """

    typed = Signal(str)
    stepped = Signal(int)
    entered = Signal()
    chosen = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = ArrowField(self, icon="search", placeholder=_("Name, workstation, phone or partner ID"))
        self.field.setMaxLength(300)
        self.labeled = LabeledField(_("Customer and workstation"), self.field, parent=self)
        self._nothing = QWidget()
        self.results = ResultList(self._nothing, self)
        self.results.hide()
        self.row = QHBoxLayout()
        self.row.setSpacing(16)
        self.row.addWidget(self.labeled, 2, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.row)
        column.addWidget(self.results)
        self.setFocusProxy(self.field)
        self.field.textEdited.connect(self._on_field_text_edited)
        self.field.stepped.connect(self.stepped)
        self.field.entered.connect(self.entered)
        self.field.left.connect(self.left)
        self.results.chosen.connect(self.chosen)

    def show_choice(self, words: str) -> None:
        """Show what is chosen, without a signal, and close the list."""
        with QSignalBlocker(self.field):
            self.field.setText(words)
            self.field.setCursorPosition(0)
        self.close_list()

    def show_results(self, results: Sequence[Result], hint: str) -> None:
        """Show hits below the field, and how many there are at its end."""
        self.field.set_trailing(hint)
        self.results.show_results(results)
        self.results.setFixedHeight(min(self.results.sizeHint().height(), _LIST_HEIGHT))
        self.results.setVisible(bool(results))

    def close_list(self) -> bool:
        """Take the hits away; return whether there were any."""
        was_open = self.is_open()
        self.field.set_trailing("")
        self.results.hide()
        return was_open

    def is_open(self) -> bool:
        """Tell whether hits are shown."""
        return not self.results.isHidden()

    def step(self, by: int) -> None:
        """Walk up or down in the list; the ends hold. A list that Escape has closed opens again."""
        last = self.results.count() - 1
        if last < 0:
            return
        if self.is_open():
            self.results.set_current(max(0, min(last, self.results.current() + by)))
        else:
            self.results.show()
        announce(self.field, self.results.row(max(0, self.results.current())).accessibleName())

    def focus(self) -> None:
        """Put the caret into the field, all of it selected."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _on_field_text_edited(self, words: str) -> None:
        self.labeled.clear_error()
        self.typed.emit(words)
