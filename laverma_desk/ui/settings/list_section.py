"""A section whose form is a list: rows are checked one by one, and counted when they differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.ui.settings.list_form import ROWS, ListForm, Row
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings


def rows_changed(kept: Sequence[Row], rows: Sequence[Row]) -> int:
    """Return how many rows came, went or were changed; another order alone is one change."""
    rest = list(kept)
    fresh = 0
    for row in rows:
        if row in rest:
            rest.remove(row)
        else:
            fresh += 1
    return max(fresh, len(rest)) or int(list(kept) != list(rows))


class ListSection(Section):
    """One page that holds a list. `checked` is asked for each field of each row."""

    def __init__(self, key: str, form: ListForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(key, form, surroundings, parent)
        self.list_form = form
        self._places: list[int] = []
        form.rows_changed.connect(self._on_form_rows_changed)

    def changes(self) -> int:
        """Return how many rows are not saved."""
        kept: Any = self._kept.get(ROWS)
        rows: Any = self.form.values()[ROWS]
        return 0 if kept is None else rows_changed(kept, rows)

    def prepared(self) -> Any | None:
        """Return what `write` takes, or None after having gone to the first row that is wrong."""
        rows: list[Row] = []
        self._places = []
        fields = set(self.form.names())
        for place, row in enumerate(self.list_form.rows()):
            if self.list_form.is_left_out(row):
                continue
            try:
                # What has no field (a row's number) is passed on as it is.
                rows.append({n: self.checked(n, v) if n in fields else v for n, v in row.items()})
            except DeskError:
                self._refuse_row(place, row)
                return None
            self._places.append(place)
        try:
            return self.together({ROWS: rows})
        except DeskError as error:
            self.refuse(error)
            return None

    def refuse(self, error: DeskError) -> None:
        """Go to the row that an error concerns, where it names one, and show it there."""
        place = error.parameters.get("place")
        if isinstance(place, int):
            self.list_form.choose(self._places[place])
        super().refuse(error)

    def _refuse_row(self, place: int, row: Row) -> None:
        self.list_form.choose(place)
        first: str | None = None
        for name in self.form.names():
            try:
                self.checked(name, row[name])
            except DeskError as error:
                self.form.show_error(name, explain(error))
                first = first or name
        self.form.focus_field(first or "")

    def _on_form_rows_changed(self) -> None:
        self.follow()
        self.changed.emit()
