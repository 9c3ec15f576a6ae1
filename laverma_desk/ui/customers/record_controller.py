"""One customer's record at work: read, edited card by card, archived; and where its ways lead."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.rights import Right
from laverma_desk.explain import explain
from laverma_desk.services.changes import Done
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers.customer_record import CustomerRecord
from laverma_desk.services.rights_words import missing
from laverma_desk.ui.customers.agreements.card import AgreementCard
from laverma_desk.ui.customers.editor import Editor
from laverma_desk.ui.customers.editors import (
    ContactEditor,
    InvoiceEditor,
    MasterEditor,
    TermsEditor,
    WorkstationEditor,
)
from laverma_desk.ui.customers.record_panel import RecordPanel
from laverma_desk.ui.customers.typed_store import TypedStore
from laverma_desk.ui.surroundings import Surroundings


class RecordController(QObject):
    """Emits `start_wanted(workstation)`, `unsaved_changed`, and `gone` where the customer was deleted.

    `invoice_wanted(number)` and `statement_wanted(customer)` lead to the page of the invoices.
    """

    start_wanted = Signal(int)
    invoice_wanted = Signal(str)
    statement_wanted = Signal(int)
    unsaved_changed = Signal()
    gone = Signal()

    def __init__(self, surroundings: Surroundings, store: TypedStore, parent: QObject) -> None:
        """Make the panel and its editors."""
        super().__init__(parent)
        self._surroundings, self._desk, self._store = surroundings, surroundings.desk, store
        self.agreement = AgreementCard(surroundings)
        self.panel = RecordPanel(self.agreement)
        self.record: CustomerRecord | None = None
        panel = self.panel
        given = (self._desk, store, self)
        self.master = MasterEditor(panel.master, *given)
        self.contacts = ContactEditor(panel.contacts, *given)
        self.terms = TermsEditor(panel.terms, *given)
        self.invoice = InvoiceEditor(panel.invoice, *given)
        self.workstations = WorkstationEditor(panel.workstations, *given)
        self.editors: tuple[Editor, ...] = (
            self.master, self.contacts, self.terms, self.invoice, self.workstations,
        )  # fmt: skip
        for editor in self.editors:
            editor.changed.connect(self._on_editor_changed)
            editor.saved.connect(self._on_editor_saved)
            editor.focused.connect(self._on_editor_focused)
        panel.contacts.contact_chosen.connect(self.contacts.open)
        panel.workstations.workstation_chosen.connect(self.workstations.open)
        panel.workstations.start_requested.connect(self.start_wanted)
        panel.invoices.invoice_chosen.connect(self.invoice_wanted)
        panel.invoices.statement_requested.connect(self._on_statement_requested)
        reason = missing(surroundings.rights, Right.CALLS)
        panel.head.start.forbid(reason)
        panel.head.edit.forbid(reason)
        for editor in (self.master, self.contacts, self.workstations):
            editor.form.save.forbid(reason)
        self.invoice.form.save.forbid(missing(surroundings.rights, Right.CALLS, Right.BILLING))
        self.terms.form.save.forbid(missing(surroundings.rights, Right.BILLING, Right.HOUSE))
        panel.head.edit_requested.connect(self.edit)
        panel.head.start_requested.connect(self.start)

    @property
    def customer_id(self) -> int:
        """Return the customer that is shown, 0 for none."""
        return self.record.customer.id if self.record else 0

    def show(self, customer_id: int) -> bool:
        """Show a customer; return whether there is one. What was typed for another is kept."""
        other = customer_id != self.customer_id
        try:
            record = records.read_record(self._desk, customer_id)
        except DeskError as error:
            self.panel.show_problem(explain(error))
            return False
        if other:
            self.panel.workstations.fold_away()
            self.panel.verticalScrollBar().setValue(0)
        self.panel.show_problem("")
        self.record = record
        for editor in self.editors:
            editor.show_record(record)
        self.panel.show_record(record, self._store)
        self.agreement.show_customer(record.customer.id)
        return True

    def reload(self) -> None:
        """Read the customer anew; what is typed stays."""
        if self.record is not None:
            self.show(self.record.customer.id)

    # --- forms

    def edit(self) -> None:
        """Open the form with name and address."""
        self.master.open()

    def open_editor(self) -> Editor | None:
        """Return the form in which the focus is, else the first open one."""
        open_ = [editor for editor in self.editors if editor.is_open]
        focus = QApplication.focusWidget()
        inside = (one for one in open_ if focus is not None and one.form.isAncestorOf(focus))
        return next(inside, open_[0] if open_ else None)

    def close_editor(self) -> bool:
        """Go back from the form in which the focus is; return whether one was open."""
        editor = self.open_editor()
        if editor is None or self._is_inside_agreement():
            return self.agreement.step_back()
        subject = editor.subject
        editor.close()
        if editor is self.contacts:
            self.panel.contacts.focus_contact(subject)
        elif editor is self.workstations:
            self.panel.workstations.focus_workstation(subject)
        elif editor.card.action is not None:
            editor.card.action.setFocus()
        return True

    def commit(self) -> bool:
        """Do what the button of the form does in which the focus is; return whether one was open."""
        editor = self.open_editor()
        if self.agreement.is_editing() and (editor is None or self._is_inside_agreement()):
            self.agreement.commit()
            return True
        if editor is not None:
            editor.save()
        return editor is not None

    def _is_inside_agreement(self) -> bool:
        focus = QApplication.focusWidget()
        inside = focus is not None and self.agreement.isAncestorOf(focus)
        return inside and self.agreement.is_editing()

    def save_all(self) -> None:
        """Save every open form; the first that is wrong gets the focus."""
        for editor in self.editors:
            if editor.is_open and not editor.save():
                return

    # --- what can be done

    def start(self) -> None:
        """Ask for a session at the chosen workstation, or the first one."""
        number = self.panel.workstations.chosen()
        if number is not None and not self.panel.head.start.is_blocked():
            self.start_wanted.emit(number)

    @Slot()
    def toggle_archived(self) -> None:
        """Archive the customer, or take it back."""
        if self.record is not None:
            self._do(not self.record.customer.archived)

    def _do(self, archived: bool) -> None:
        try:
            result = records.archive_customer(self._desk, self.customer_id, archived=archived)
        except DeskError as error:
            self.panel.show_problem(explain(error))
            return
        self._surroundings.bus.publish(result)

    @Slot()
    def delete(self) -> None:
        """Delete a customer for whom nothing ever happened."""
        customer_id = self.customer_id
        try:
            result = records.delete_customer(self._desk, customer_id)
        except DeskError as error:
            self.panel.show_problem(explain(error))
            return
        self._store.forget(customer_id)
        self.record = None
        self.gone.emit()
        self._surroundings.bus.publish(result)

    def _on_statement_requested(self) -> None:
        self.statement_wanted.emit(self.customer_id)

    # --- what comes back

    def _on_editor_focused(self) -> None:
        # The form has its place only after the layout has been made.
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.panel.isAncestorOf(focus):
            self.panel.reveal(focus)

    def _on_editor_changed(self) -> None:
        if self.record is not None:
            self.panel.show_unsaved(self.record, self._store)
        self.unsaved_changed.emit()

    @Slot(object)
    def _on_editor_saved(self, result: Done[object]) -> None:
        editor = self.sender()
        self._surroundings.bus.publish(result)
        if editor is self.contacts:
            self.panel.contacts.focus_contact(getattr(result.value, "id", 0))
        elif editor is self.workstations:
            self.panel.workstations.focus_workstation(getattr(result.value, "id", 0))
