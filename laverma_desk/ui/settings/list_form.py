"""A form for a list of entries: the list, what can be done with it, and the fields of the chosen entry."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.entry_list import Entry, EntryList
from laverma_desk.ui.settings.form import Form, Values
from laverma_desk.ui.widgets.button import Button

Row = dict[str, object]
ROWS = "rows"


class ListForm(Form):
    """Its only value is `rows`: the entries in their order, without those that were left blank.

    Each kind says what an entry looks like and what a blank one holds, and makes the fields, whose
    names are those of a row's values. Emits `rows_changed` when rows came, went or moved.
    """

    rows_changed = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        name: str,
        add: str,
        movable: bool = True,
        visible_rows: int = 8,
    ) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._current = -1
        self.list = EntryList(name, visible_rows, self)
        self.add = Button(add, icon="plus", small=True, parent=self)
        self.remove = Button(_("Remove"), icon="minus", small=True, parent=self)
        self.up = Button(
            _("Move up"), "icon", "chevron-up", small=True, parent=self, shortcut_text=_("Alt+Up")
        )
        self.down = Button(
            _("Move down"), "icon", "chevron-down", small=True, parent=self, shortcut_text=_("Alt+Down")
        )
        self._movable = movable
        self.up.setVisible(movable)
        self.down.setVisible(movable)
        self.column.addWidget(self.list)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.add, self.remove, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addSpacing(8)
        self.column.addLayout(buttons)
        self.setFocusProxy(self.list)
        self.list.entry_chosen.connect(self._on_list_entry_chosen)
        self.list.move_requested.connect(self._on_list_move_requested)
        self.list.remove_requested.connect(self._on_remove_clicked)
        self.list.entered.connect(self._on_list_entered)
        self.add.clicked.connect(self._on_add_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.up.clicked.connect(self._on_up_clicked)
        self.down.clicked.connect(self._on_down_clicked)
        self.edited.connect(self._on_field_edited)

    # --- what each kind says

    @abstractmethod
    def entry_of(self, row: Row, place: int) -> Entry:
        """Return what the list shows of a row."""

    @abstractmethod
    def blank(self) -> Row:
        """Return a new row."""

    def removable(self) -> str | None:
        """Return why the chosen row cannot be taken out, None where it can."""
        return None

    def is_left_out(self, row: Row) -> bool:
        """Tell whether a row counts for nothing because nobody wrote into it."""
        return row == self.blank()

    # --- rows

    def rows(self) -> list[Row]:
        """Return all rows, blank ones included."""
        return self._rows

    def current(self) -> int:
        """Return the place of the chosen row, -1 where there is none."""
        return self._current

    def values(self) -> dict[str, object]:
        """Return the rows that count."""
        return {ROWS: [dict(row) for row in self._rows if not self.is_left_out(row)]}

    def show_values(self, values: Values) -> None:
        """Show other rows; the same place stays chosen."""
        rows = values.get(ROWS)
        if isinstance(rows, list):
            self._rows = [dict(row) for row in rows]
            self.choose(min(max(self._current, 0), len(self._rows) - 1))

    def label_of(self, name: str) -> str:
        """Return how a field is called; all rows together are called as their list."""
        return self.list.accessibleName() if name == ROWS else super().label_of(name)

    def words_of(self, name: str, value: object) -> str:
        """Return a value in words, rows as the list shows them."""
        if name != ROWS or not isinstance(value, list):
            return super().words_of(name, value)
        entries = [self.entry_of(row, place) for place, row in enumerate(value)]
        return "\n".join(": ".join(part for part in (one.words, one.aside) if part) for one in entries)

    def show_field(self, name: str, value: object) -> None:
        """Show a value in a field of the chosen row, and keep it there."""
        super().show_field(name, value)
        if self._current >= 0:
            self._rows[self._current][name] = value
            self.show_row()

    def choose(self, place: int) -> None:
        """Show a row's values in the fields."""
        self._current = place
        self.clear_errors()
        on = place >= 0
        for name in self.names():
            self.field(name).setEnabled(on)
        row = self._rows[place] if on else self.blank()
        for name in self.names():
            super().show_field(name, row[name])
        self.show_rows()

    def show_rows(self) -> None:
        """Write every row of the list anew."""
        self.list.show_entries(
            [self.entry_of(row, place) for place, row in enumerate(self._rows)], self._current
        )
        self.remove.set_blocked(_("Nothing is chosen.") if self._current < 0 else self.removable())
        last = len(self._rows) - 1
        self.up.set_blocked(None if self._current > 0 else "")
        self.down.set_blocked(None if 0 <= self._current < last else "")

    def show_row(self) -> None:
        """Write the chosen row of the list anew."""
        self.list.show_entry(self._current, self.entry_of(self._rows[self._current], self._current))

    def move_row(self, step: int) -> None:
        """Move the chosen row up or down; at the ends nothing happens."""
        place, target = self._current, self._current + step
        if not self._movable or place < 0 or not 0 <= target < len(self._rows):
            return
        self._rows[place], self._rows[target] = self._rows[target], self._rows[place]
        self.choose(target)
        self.rows_changed.emit()

    def append(self, row: Row) -> None:
        """Put a row at the end and go to its first field."""
        self._rows.append(row)
        self.choose(len(self._rows) - 1)
        self.focus_field(self.names()[0])
        self.rows_changed.emit()

    def _on_field_edited(self, name: str) -> None:
        if self._current >= 0:
            self._rows[self._current][name] = self.value(name)
            self.show_row()

    def _on_list_entry_chosen(self, place: int) -> None:
        self.choose(place)

    def _on_list_move_requested(self, step: int) -> None:
        self.move_row(step)

    def _on_list_entered(self) -> None:
        if self._current >= 0:
            self.focus_field(self.names()[0])

    def _on_up_clicked(self) -> None:
        self.move_row(-1)

    def _on_down_clicked(self) -> None:
        self.move_row(1)

    def _on_add_clicked(self) -> None:
        self.append(self.blank())

    def _on_remove_clicked(self) -> None:
        if self._current < 0 or self.remove.is_blocked():
            return
        del self._rows[self._current]
        self.choose(min(self._current, len(self._rows) - 1))
        self.list.setFocus()
        self.rows_changed.emit()
