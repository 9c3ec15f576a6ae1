"""A list of entries as one field of a larger form."""

from __future__ import annotations

from typing import Any

from laverma_desk.ui.settings.inputs import Input
from laverma_desk.ui.settings.list_form import ROWS, ListForm


class RowsInput(Input):
    """The rows of a list that stands within another form; the value is the rows."""

    def __init__(self, name: str, form: ListForm) -> None:
        super().__init__(name, form)
        self._form = form
        form.edited.connect(self._on_edited)
        form.rows_changed.connect(self._on_edited)

    def value(self) -> object:
        """Return the rows that count."""
        return self._form.values()[ROWS]

    def show_value(self, value: Any) -> None:
        """Show other rows without a signal."""
        self._form.show_values({ROWS: value})
