"""What stands between a card's form and the record: what is kept, what is typed, and the checks between."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from laverma_desk import text
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done
from laverma_desk.services.customers.customer_record import (
    CustomerRecord,
    DraftKind,
    check_field,
    country_code,
)
from laverma_desk.services.desk import Desk
from laverma_desk.ui.customers.editor_versions import EditorVersions
from laverma_desk.ui.customers.record_card import RecordCard
from laverma_desk.ui.customers.typed_store import NEW, Begun, Place, TypedStore, Values
from laverma_desk.ui.widgets.date_field import parsed_day

_PHONES = frozenset({"phone", "mobile"})
_AMOUNTS = frozenset({"flat", "travel", "hourly", "price"})
_DAYS = frozenset({"since"})


def shown_values(draft: Any) -> Values:
    """Return a draft as its form shows it."""
    found: Values = {}
    for name, value in vars(draft).items():
        if name in _DAYS:
            found[name] = parsed_day(value) or value
        elif name == "partner_id":
            found[name] = text.partner_id(value)
        else:
            found[name] = value
    return found


def typed_values(values: Values) -> dict[str, Any]:
    """Return what a form holds as its draft takes it."""
    return {name: text.date(one, "de") if isinstance(one, date) else one for name, one in values.items()}


def tidy(name: str, value: Any) -> str:
    """Return a checked value in the way people write it."""
    if name in _PHONES:
        return text.phone(value)
    if name in _AMOUNTS and isinstance(value, int):
        return text.amount(value)
    if name == "country":
        return text.country(value)
    if name == "partner_id":
        return text.partner_id(value)
    return "" if value is None else str(value)


def field_problem(kind: DraftKind, name: str, values: Values) -> str:
    """Return what is wrong in one field, or an empty sentence; an empty field is nothing wrong yet."""
    typed = typed_values(values)[name]
    if not isinstance(typed, str) or not typed.strip():
        return ""
    try:
        _checked(kind, name, typed, values)
    except DeskError as error:
        return problem_words(error)
    return ""


def problem_words(error: DeskError) -> str:
    """Return what is wrong with a field of a record, in which a date is a day without a time."""
    if isinstance(error, RuleBroken) and error.code is Rule.DATE_INVALID:
        return _("A day looks like 01.03.2022.")
    return explain(error)


def tidied(kind: DraftKind, name: str, values: Values) -> object:
    """Return how a right field is written; a wrong one, and one that is no text, stay as they are."""
    typed = values[name]
    if not isinstance(typed, str) or not typed.strip():
        return typed
    try:
        return tidy(name, _checked(kind, name, typed, values))
    except DeskError:
        return typed


def _checked(kind: DraftKind, name: str, typed: str, values: Values) -> object:
    country = country_code(str(values.get("country", "")))
    return check_field(kind, name, typed, country=country, tool=str(values.get("tool") or "teamviewer"))


class Editor(QObject):
    """One card's form at work, of which each kind says what it keeps and how it writes.

    Emits `changed` when something typed was kept or forgotten, `saved(Done)` after a write, `focused` when
    it has put the focus into a field.
    """

    changed = Signal()
    saved = Signal(object)
    focused = Signal()
    kind = DraftKind.MASTER

    def __init__(self, card: RecordCard, desk: Desk, store: TypedStore, parent: QObject) -> None:
        """Connect card and form."""
        super().__init__(parent)
        self.card, self.form = card, card.form
        self.desk, self.store = desk, store
        self.record: CustomerRecord | None = None
        self.subject = NEW
        self.form.edited.connect(self._on_edited)
        self.form.field_left.connect(self.check)
        self.form.save_requested.connect(self.save)
        self.form.discard_requested.connect(self.discard)
        self.versions = EditorVersions(self, self)
        card.edit_requested.connect(self._on_edit_requested)

    # --- what each kind says

    @abstractmethod
    def kept(self, record: CustomerRecord) -> Values:
        """Return what the record holds, as the form shows it."""

    @abstractmethod
    def write(self, customer_id: int, typed: dict[str, Any], version: int) -> Done[Any]:
        """Write what is typed over the version that was shown. Raises DeskError."""

    def follow(self) -> None:
        """Show what follows from the fields."""

    # --- what they have in common

    @property
    def is_open(self) -> bool:
        """Return whether the form is shown."""
        return self.card.is_editing()

    def show_record(self, record: CustomerRecord) -> None:
        """Take a record; what is typed stays, and the form of another customer closes."""
        other = self.record is None or self.record.customer.id != record.customer.id
        self.record = record
        if other:
            self.card.show_form(editing=False)
        elif self.is_open and self.store.typed(self.place()) is None:
            self.form.show_values(self.kept(record))

    def open(self, subject: int = NEW) -> None:
        """Show the form with what was typed before, else with what is kept."""
        if self.record is None or not self.record.editable:
            return
        self.subject = subject
        kept = self.kept(self.record)
        typed = self.store.typed(self.place())
        self.form.clear_errors()
        self.form.show_problem("")
        self.form.show_values(kept if typed is None else {**kept, **typed})
        self.follow()
        self.card.show_form(editing=True)
        self.form.focus_field(self.form.names()[0])
        self.focused.emit()

    def close(self) -> None:
        """Show the facts again; what is typed is kept for the next time."""
        self.card.show_form(editing=False)

    def discard(self) -> None:
        """Forget what is typed."""
        self.store.keep(self.place(), None)
        self.close()
        self.changed.emit()

    def check(self, name: str) -> None:
        """Check a field that was left, and write it as it will be kept."""
        values = self.form.values()
        if name not in values:
            return
        self.form.show_error(name, field_problem(self.kind, name, values))
        tidy_value = tidied(self.kind, name, values)
        if tidy_value != values[name]:
            self.form.show_field(name, tidy_value)
            self._remember()
        self.follow()

    def save(self) -> bool:
        """Write the form, or show every error and go to the first; return whether it is written."""
        if self.record is None:
            return False
        self.form.clear_errors()
        self.form.show_problem("")
        wrong = self.problems()
        for name, sentence in wrong.items():
            self.form.show_error(name, sentence)
        if wrong:
            self.form.focus_field(next(iter(wrong)))
            self.focused.emit()
            return False
        place = self.place()
        try:
            typed = typed_values(self.form.values())
            result = self.write(self.record.customer.id, typed, self.begun().version)
        except DeskError as error:
            if error.code is Rule.RECORD_CHANGED:
                return self.versions.meet()
            self.refuse(error)
            return False
        self.finish(place, result)
        return True

    def begun(self) -> Begun:
        """Return from what the typing in the form began; what is shown, where nothing is typed."""
        begun = self.store.begun(self.place())
        if begun is None and self.record is not None:
            return Begun(self.record.version, self.kept(self.record))
        return begun or Begun(0, {})

    def take_over(self, record: CustomerRecord, values: Values) -> None:
        """Show what was decided over the version of a record that others have written meanwhile."""
        kept = self.kept(record)
        self.record = record
        self.store.keep(self.place(), None)
        if values != kept:
            self.store.keep(self.place(), values, Begun(record.version, kept))
        self.form.show_values(values)
        self.follow()
        self.changed.emit()

    def finish(self, place: Place, result: Done[Any]) -> None:
        """Close the form after its fields were written."""
        self.store.keep(place, None)
        self.close_after(result)

    def close_after(self, result: Done[Any]) -> None:
        """Close the form after a write that was not of its fields: what is typed there is kept."""
        self.close()
        self.changed.emit()
        self.saved.emit(result)

    def problems(self) -> dict[str, str]:
        """Return what is wrong in the fields, by their names."""
        values = self.form.values()
        found = {name: field_problem(self.kind, name, values) for name in values}
        return {name: sentence for name, sentence in found.items() if sentence}

    def refuse(self, error: DeskError) -> None:
        """Show an error at its field, or above the buttons."""
        name = error.field or ""
        if isinstance(error, RuleBroken) and (name in self.form.names() or ":" in name):
            self.form.show_error(name, explain(error))
            self.form.focus_field(name)
            self.focused.emit()
        else:
            self.form.show_problem(explain(error))

    def place(self) -> Place:
        """Return whose form it is now."""
        customer_id = self.record.customer.id if self.record else 0
        return Place(customer_id, self.kind.value, self.subject)

    def _remember(self) -> None:
        if self.record is None or not self.is_open:
            return
        values, begun = self.form.values(), self.begun()
        # What others have written since the typing began is no less newer for what is typed back.
        same = values == begun.values == self.kept(self.record)
        self.store.keep(self.place(), None if same else values, begun)
        self.changed.emit()

    def _on_edited(self, _name: str) -> None:
        self.follow()
        self._remember()

    def _on_edit_requested(self) -> None:
        self.open()
