"""The form of a draft as it is seen: sessions, items, terms, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.domain.invoice import DraftItem
from laverma_desk.i18n import _
from laverma_desk.ui.history.entry.notice_box import NoticeBox
from laverma_desk.ui.invoices.draft.item_form import ItemForm
from laverma_desk.ui.invoices.draft.item_row import ItemRow
from laverma_desk.ui.invoices.draft.session_list import SessionList
from laverma_desk.ui.invoices.draft.terms_form import TermsForm
from laverma_desk.ui.invoices.form.frame import FormFrame
from laverma_desk.ui.invoices.form.sum_line import SumLine
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card, Divider
from laverma_desk.ui.widgets.label import Label

_SIDE = 16


class DraftPanel(FormFrame):
    """Emits `item_opened(item's row)`, 0 for a new one."""

    item_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Save"), parent)
        self.items: list[ItemRow] = []
        self._sessions = Card(self)
        self._count = Label("", self, px=13, tone="muted", line=24)
        self.sessions = SessionList(self)
        self._sessions.body.addLayout(self._head(_("Sessions"), self._count))
        self._sessions.body.addWidget(self.sessions)
        self._sessions.body.addSpacing(4)
        self._items = Card(self)
        self.add = Button(_("Add item"), "ghost", "plus", small=True, parent=self, padding=8)
        self._items.body.addLayout(self._head(_("Further items"), self.add))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._items.body.addLayout(self._rows)
        self._place = QWidget(self)
        inside = QVBoxLayout(self._place)
        inside.setContentsMargins(0, 0, 0, _SIDE)
        inside.setSpacing(0)
        inside.addWidget(Divider(self))
        framed = QVBoxLayout()
        framed.setContentsMargins(_SIDE, 12, _SIDE, 0)
        self.item_form = ItemForm(self)
        framed.addWidget(self.item_form)
        inside.addLayout(framed)
        self._items.body.addWidget(self._place)
        self._items.body.addSpacing(4)
        terms = Card(self, padding=_SIDE)
        self.terms = TermsForm(self)
        terms.body.addWidget(self.terms)
        self.sums = SumLine(self)
        self.needs = NoticeBox(self)
        for card in (self._sessions, self._items, terms, self.needs):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.body.setSpacing(16)
        self.column.insertWidget(self.column.count() - 1, self.sums)
        self.setFocusProxy(self.sessions)
        self.add.clicked.connect(self._on_add_clicked)
        self.close_item()

    def _head(self, title: str, beside: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_SIDE, 8, 8 if isinstance(beside, Button) else _SIDE, 8)
        row.addWidget(Label(title, self, weight=600, line=24), 1)
        row.addWidget(beside)
        return row

    def show_count(self, words: str) -> None:
        """Say how many sessions are ticked."""
        self._count.setText(words)

    def count(self) -> str:
        """Return what is said there."""
        return self._count.text()

    def show_items(self, items: Sequence[DraftItem]) -> None:
        """Show the items; the same ones are left alone, so that the focus stays."""
        if [row.item for row in self.items] == list(items):
            return
        for old in self.items:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.items = [ItemRow(one, self) for one in items]
        for row in self.items:
            self._rows.addWidget(row)
            row.opened.connect(self.item_opened)

    def open_item(self) -> None:
        """Show the form of an item below the others."""
        self._place.show()
        self.add.setEnabled(False)

    def close_item(self) -> None:
        """Fold the form of an item; the focus goes to where it was opened from."""
        had_focus = self.item_form.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._place.hide()
        self.add.setEnabled(True)
        if had_focus:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def item_is_open(self) -> bool:
        """Tell whether the form of an item is shown."""
        return not self._place.isHidden()

    def _on_add_clicked(self) -> None:
        self.item_opened.emit(0)
