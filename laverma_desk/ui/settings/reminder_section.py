"""How the house reminds, at work: every field is checked where it stands, lists row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.interest import BaseRate
from laverma_desk.domain.reminder_settings import ReminderSettings, ReminderWords
from laverma_desk.explain import explain
from laverma_desk.services import checks
from laverma_desk.services.changes import Done
from laverma_desk.services.invoicing import reminder_settings as kept
from laverma_desk.services.setup.house import House
from laverma_desk.ui.settings.list_form import ListForm, Row
from laverma_desk.ui.settings.list_section import rows_changed
from laverma_desk.ui.settings.reminder_form import ReminderForm
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings

_LISTS = ("base_rates", "words")


class ReminderSection(Section):
    """Days, fees, default, base rates and words."""

    tidies = True

    def __init__(self, form: ReminderForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("reminders", form, surroundings, parent)
        self._rates, self._words = form.rates, form.words
        self._parts: dict[str, ListForm] = {"base_rates": form.rates, "words": form.words}
        form.rates.field_left.connect(self._on_rates_field_left)
        form.words.field_left.connect(self._on_words_field_left)

    def stored(self, house_: House) -> dict[str, Any]:  # noqa: ARG002 (kept beside the house's other values)
        """Return the decisions by the names of the fields."""
        self._rates.today = self._words.today = local_day(self.surroundings.desk.clock.now())
        found = kept.read_reminder_settings(self.surroundings.desk)
        return {
            **{f"days_{level}": days for level, days in enumerate(found.days, start=1)},
            **{f"fee_{level}": fee for level, fee in enumerate(found.fees, start=1) if level > 1},
            "interest": found.interest,
            "lump_sum": found.lump_sum,
            "base_rates": found.base_rates,
            "words": found.words,
        }

    def shown(self, name: str, value: Any) -> object:
        """Show a value as it is usually written."""
        if name.startswith("days"):
            return str(value)
        if name.startswith("fee"):
            return text.amount(value)
        if name == "base_rates":
            return [{"valid_from": one.valid_from, "rate": text.number(one.rate)} for one in value]
        if name == "words":
            return [dict(vars(one)) for one in value]
        return value

    def changes(self) -> int:
        """Return how many fields and rows are not saved."""
        values: dict[str, Any] = self.form.values()
        before: dict[str, Any] = self._kept
        if not before:
            return 0
        rows: int = sum(rows_changed(before[name], values[name]) for name in _LISTS)
        return rows + sum(bool(values[name] != one) for name, one in before.items() if name not in _LISTS)

    def checked(self, name: str, typed: Any) -> Any:
        """Check a field; lists are checked row by row once the fields are right."""
        if name.startswith("days"):
            return kept.checked_days(typed, int(name[-1]), name)
        if name.startswith("fee"):
            return kept.checked_fee(typed.strip() or "0", name)
        return typed

    def together(self, values: dict[str, Any]) -> Any:
        """Return the decisions. Raises RuleBroken with the `place` of a row that is wrong."""
        settings = ReminderSettings(
            days=(values["days_1"], values["days_2"], values["days_3"]),
            fees=(0, values["fee_2"], values["fee_3"]),
            interest=values["interest"],
            lump_sum=values["lump_sum"],
            base_rates=tuple(
                BaseRate(**row) for row in _checked_rows("base_rates", values["base_rates"], _checked_rate)
            ),
            words=tuple(
                ReminderWords(**row) for row in _checked_rows("words", values["words"], _checked_words)
            ),
        )
        kept.check_once(settings)
        return settings

    def write(self, prepared: ReminderSettings) -> Done[Any]:
        """Keep the decisions."""
        return kept.save_reminder_settings(self.surroundings.desk, prepared)

    def refuse(self, error: DeskError) -> None:
        """Go to the row that an error concerns, where it names one, and show it there."""
        part, place = self._parts.get(str(error.parameters.get("list"))), error.parameters.get("place")
        if part is None or not isinstance(place, int):
            super().refuse(error)
            return
        part.choose(place)
        name = error.field or "valid_from"
        part.show_error(name, explain(error))
        part.focus_field(name)

    def _on_rates_field_left(self, name: str) -> None:
        self._on_row_field_left(self._rates, name, _checked_rate)

    def _on_words_field_left(self, name: str) -> None:
        self._on_row_field_left(self._words, name, _checked_words)

    def _on_row_field_left(self, part: ListForm, name: str, check: Callable[[str, Any], Any]) -> None:
        typed = part.value(name)
        if part.current() < 0 or (isinstance(typed, str) and not typed.strip()):
            part.show_error(name, "")
            return  # An empty field is nothing wrong before somebody wants to save.
        try:
            tidy = check(name, typed)
        except DeskError as error:
            part.show_error(name, explain(error))
            return
        part.show_error(name, "")
        if name == "rate" and text.number(tidy) != typed:
            part.show_field(name, text.number(tidy))
            self.changed.emit()


def _checked_rows(field: str, rows: list[Row], check: Callable[[str, Any], Any]) -> list[dict[str, Any]]:
    found = []
    for place, row in enumerate(rows):
        try:
            found.append({name: check(name, value) for name, value in row.items()})
        except DeskError as error:
            error.parameters.update(list=field, place=place)
            raise
    return found


def _checked_rate(name: str, typed: Any) -> Any:
    return (
        kept.checked_base_rate_day(typed, name)
        if name == "valid_from"
        else kept.checked_base_rate(typed, name)
    )


def _checked_words(name: str, typed: Any) -> Any:
    match name:
        case "valid_from":
            return checks.day(typed, name) if isinstance(typed, str) else typed
        case "title":
            return kept.checked_title(typed, name)
        case "opening" | "request" | "closing":
            return kept.checked_words(typed, name)
        case _:
            return typed


def reminder_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for payment reminders."""
    return ReminderSection(ReminderForm(), surroundings, parent)
