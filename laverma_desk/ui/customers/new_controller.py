"""A new customer at work: checked field by field, compared with those who are known, created as one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from laverma_desk.domain.errors import DeskError, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers.callers import similar_customers
from laverma_desk.services.customers.customer_record import DraftKind
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.customers.editor import field_problem, shown_values, tidied, typed_values
from laverma_desk.ui.customers.new_panel import NewCustomerPanel
from laverma_desk.ui.surroundings import Surroundings


class NewCustomerController(QObject):
    """Emits `created(row's number)`, `left` for the way back, `known_wanted(row's number)`, and `changed`.

    What is typed stays until the customer is created or it is discarded.
    """

    created = Signal(int)
    left = Signal()
    known_wanted = Signal(int)
    changed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Make the panel with empty forms."""
        super().__init__(parent)
        self._surroundings = surroundings
        self.panel = NewCustomerPanel()
        self._known = 0
        self._empty = {
            "master": shown_values(records.MasterDraft()),
            "contact": shown_values(records.ContactDraft()),
            "workstation": shown_values(records.WorkstationDraft()),
        }
        for key, form in self.panel.forms.items():
            form.setObjectName(key)
            form.show_values(self._empty[key])
            form.edited.connect(self._on_edited)
            form.field_left.connect(self._on_field_left)
        self.panel.create_requested.connect(self.create)
        self.panel.close_requested.connect(self.left)
        self.panel.clear_requested.connect(self._on_clear_requested)
        self.panel.known_requested.connect(self._on_known_requested)

    @property
    def unsaved(self) -> bool:
        """Return whether anything is typed."""
        return any(form.values() != self._empty[key] for key, form in self.panel.forms.items())

    def clear(self) -> None:
        """Empty the forms."""
        for key, form in self.panel.forms.items():
            form.show_values(self._empty[key])
            form.clear_errors()
        self.panel.show_problem("")
        self._compare()
        self.changed.emit()

    @Slot()
    def create(self) -> None:
        """Create the customer, or show every error and go to the first."""
        self.panel.show_problem("")
        first: tuple[str, str] | None = None
        for key, form in self.panel.forms.items():
            form.clear_errors()
            for name in form.names():
                sentence = field_problem(DraftKind(key), name, form.values())
                form.show_error(name, sentence)
                if sentence and first is None:
                    first = (key, name)
        if first is not None:
            self.panel.focus_field(*first)
            return
        try:
            result = records.create_record(
                self._surroundings.desk,
                records.MasterDraft(**self._typed("master")),
                records.ContactDraft(**self._typed("contact")) if self._is_typed("contact") else None,
                records.WorkstationDraft(**self._typed("workstation"))
                if self._is_typed("workstation")
                else None,
            )
        except DeskError as error:
            self._refuse(error)
            return
        self.clear()
        self._surroundings.bus.publish(result)
        self.created.emit(result.value.id)

    def _typed(self, key: str) -> dict[str, Any]:
        return typed_values(self.panel.forms[key].values())

    def _is_typed(self, key: str) -> bool:
        return self.panel.forms[key].values() != self._empty[key]

    def _refuse(self, error: DeskError) -> None:
        key, dot, name = (error.field or "").partition(".")
        if not dot:
            key, name = "master", key
        form = self.panel.forms.get(key)
        if isinstance(error, RuleBroken) and form is not None and name in form.names():
            form.show_error(name, explain(error))
            self.panel.focus_field(key, name)
        else:
            self.panel.show_problem(explain(error))

    @Slot(str)
    def _on_field_left(self, name: str) -> None:
        form = self.sender()
        if not isinstance(form, CardForm):
            return
        kind, values = DraftKind(form.objectName()), form.values()
        form.show_error(name, field_problem(kind, name, values))
        tidy = tidied(kind, name, values)
        if tidy != values[name]:
            form.show_field(name, tidy)
        if name in ("name", "phone", "partner_id"):
            self._compare()

    def _compare(self) -> None:
        master, machine = self._typed("master"), self._typed("workstation")
        found = similar_customers(
            self._surroundings.desk, master["name"], master["phone"], machine["partner_id"]
        )
        self._known = found[0].id if found else 0
        self.panel.show_known(f"{found[0].name} ({found[0].number})" if found else "")

    @Slot(str)
    def _on_edited(self, _name: str) -> None:
        self.changed.emit()

    def _on_clear_requested(self) -> None:
        self.clear()
        self.left.emit()

    def _on_known_requested(self) -> None:
        if self._known:
            self.known_wanted.emit(self._known)
