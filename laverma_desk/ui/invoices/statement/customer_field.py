"""The field for a customer: typed by any part of name or number, or taken from the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.combo import ComboBox


@dataclass(frozen=True)
class Choice:
    """A customer as the list shows it."""

    customer_id: int
    words: str


class CustomerField(ComboBox):
    """Emits `customer_chosen(row)` when another customer is meant, 0 while what is typed is none."""

    customer_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, editable=True, placeholder=_("Name or number"), name=_("Customer"))
        self._choices: tuple[Choice, ...] = ()
        self._customer = 0
        edit = self.lineEdit()
        if edit is not None:
            edit.textEdited.connect(self._on_text_edited)
        self.activated.connect(self._on_activated)

    def show_customers(self, choices: Sequence[Choice]) -> None:
        """Offer these customers; the chosen one stays."""
        self._choices = tuple(choices)
        blocked = QSignalBlocker(self)
        self.clear()
        self.addItems([one.words for one in self._choices])
        completer = QCompleter([one.words for one in self._choices], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._on_completed)
        self.setCompleter(completer)
        self.setCurrentIndex(-1)
        self.setEditText("")
        blocked.unblock()
        self.choose_customer(self._customer)

    def choose_customer(self, customer_id: int) -> None:
        """Show a customer without a signal; one that is not in the list is remembered until it is."""
        self._customer = customer_id
        found = next((one for one in self._choices if one.customer_id == customer_id), None)
        blocked = QSignalBlocker(self)
        self.setEditText(found.words if found else "")
        edit = self.lineEdit()
        if edit is not None:
            edit.setCursorPosition(0)  # A name is told by its beginning, where it is longer than the field.
        blocked.unblock()

    def customer(self) -> int:
        """Return the customer, 0 where none is meant."""
        return self._customer

    def is_loaded(self) -> bool:
        """Tell whether the list is there."""
        return bool(self._choices)

    def _on_text_edited(self, typed: str) -> None:
        line = typed.strip().casefold()
        found = next((one for one in self._choices if one.words.casefold() == line), None)
        self._mean(found.customer_id if found else 0)

    def _on_activated(self, place: int) -> None:
        if 0 <= place < len(self._choices):
            self._mean(self._choices[place].customer_id)

    def _on_completed(self, words: str) -> None:
        found = next((one for one in self._choices if one.words == words), None)
        if found is not None:
            self._mean(found.customer_id)

    def _mean(self, customer_id: int) -> None:
        if customer_id != self._customer:
            self._customer = customer_id
            self.customer_chosen.emit(customer_id)
