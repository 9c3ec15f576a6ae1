"""An item at work: its form is filled, checked, and written into the draft."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from laverma_desk import text
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.invoice import InvoiceDraft, VatCategory
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done
from laverma_desk.services.invoicing import figures, items
from laverma_desk.services.invoicing.drafts import read_draft
from laverma_desk.ui.invoices.draft.form_versions import FormVersions
from laverma_desk.ui.invoices.draft.item_form import KIND, shown_item
from laverma_desk.ui.invoices.draft.panel import DraftPanel
from laverma_desk.ui.settings.form import Values
from laverma_desk.ui.surroundings import Surroundings


class ItemEditing(QObject):
    """One form for all items of the draft that is shown. Emits `changed(Done)` when one was written."""

    changed = Signal(object)

    def __init__(self, surroundings: Surroundings, panel: DraftPanel, parent: QObject) -> None:
        """Show no item yet."""
        super().__init__(parent)
        self._desk, self._panel = surroundings.desk, panel
        self._form = panel.item_form
        self._draft_id = self._version = 0
        self.versions = FormVersions(self._form, self)
        self.versions.settled.connect(self._on_versions_settled)
        self._form.save_requested.connect(self.save)
        self._form.discard_requested.connect(self.leave)
        self._form.remove_requested.connect(self._on_form_remove_requested)
        self._form.day_changed.connect(self._show_rate)

    def begin(self, draft: InvoiceDraft, number: int, day: date) -> None:
        """Open the form of an item, 0 for a new one on a day. What is open and touched is not replaced."""
        if self._panel.item_is_open() and self.is_touched():
            self._panel.tell(_("First take over or discard the item that is open."), "amber")
            self._form.focus_field("")
            return
        self._draft_id, self._version = draft.id, draft.version
        item = next((one for one in draft.items if one.id == number), None)
        offered = items.item_suggestions(self._desk, draft.customer_id, day) if item is None else ()
        self._form.begin(item, day, offered)
        self._show_rate()
        self._panel.open_item()
        self._form.focus_field(KIND)
        self._panel.bring_into_view(self._form.field(KIND))

    def is_touched(self) -> bool:
        """Tell whether something is typed that is not written."""
        return self._form.is_touched()

    def leave(self) -> None:
        """Close the form without writing."""
        self._draft_id = 0
        self._panel.close_item()

    def save(self) -> bool:
        """Write the item, or show what is wrong; return whether nothing is left to write."""
        if not self._draft_id:
            return True
        self._form.clear_errors()
        self._form.show_problem("")
        try:
            item = self._form.typed_item()
            over = self._version if item.id else None
            done = items.put_item(self._desk, self._draft_id, item, version=over)
        except DeskError as error:
            if error.code is Rule.RECORD_CHANGED:
                return self._meet()
            self._show_problem(error)
            return False
        self._written(done)
        return True

    def _meet(self) -> bool:
        """Show both versions of the item; return whether nothing is left to write after all."""
        item = self._form.item()
        try:
            fresh = read_draft(self._desk, self._draft_id)
            kept = next((one for one in fresh.items if item is not None and one.id == item.id), None)
            if kept is None:
                raise RuleBroken(Rule.ITEM_UNKNOWN)
        except DeskError as error:
            self._show_problem(error)
            return False
        self.versions.meet(fresh, self._form.begun(), shown_item(kept))
        return not self._draft_id

    def _on_versions_settled(self, fresh: InvoiceDraft, values: Values) -> None:
        self._version = fresh.version
        self._form.take_over(values)
        self.save()

    def _on_form_remove_requested(self) -> None:
        item = self._form.item()
        if item is None or not self._draft_id:
            return
        try:
            done = items.remove_item(self._desk, self._draft_id, item.id)
        except DeskError as error:
            self._show_problem(error)
            return
        self._written(done)

    def _written(self, done: Done[int] | Done[None]) -> None:
        self.leave()
        self._panel.tell("")
        self.changed.emit(done)

    def _show_problem(self, error: DeskError) -> None:
        if error.field in self._form.names():
            self._form.show_error(str(error.field), explain(error))
            self._form.focus_field(str(error.field))
        else:
            self._form.show_problem(explain(error))

    def _show_rate(self) -> None:
        day = self._form.day()
        if day is None or not self._draft_id:
            self._form.show_rate("")
            return
        category, rate = figures.rate_for(self._desk, self._draft_id, day)
        if category is VatCategory.STANDARD:
            self._form.show_rate(_("VAT %(rate)s") % {"rate": text.percent(rate)})
        else:
            self._form.show_rate(_("without VAT"))
