"""The terms of a draft between form and desk: written when they are left, over the version that was shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError, Rule
from laverma_desk.domain.invoice import InvoiceDraft
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import drafts
from laverma_desk.services.invoicing.drafts import DraftChange
from laverma_desk.ui.invoices.draft.form_versions import FormVersions
from laverma_desk.ui.invoices.draft.terms_form import TermsForm, shown_terms
from laverma_desk.ui.settings.form import Values


class TermsKeeping(QObject):
    """Emits `written(Done)`, and `refused(DeskError, whether to go to the field)`.

    `settled` comes after both versions were shown: what stands in the form then can be kept.
    """

    written = Signal(object)
    refused = Signal(object, bool)
    settled = Signal()

    def __init__(self, desk: Desk, form: TermsForm, parent: QObject) -> None:
        """Keep nothing before a draft is shown."""
        super().__init__(parent)
        self._desk, self._form = desk, form
        self._shown: InvoiceDraft | None = None
        self.versions = FormVersions(form, self)
        self.versions.settled.connect(self._on_versions_settled)

    def show(self, draft: InvoiceDraft) -> None:
        """Show a draft's terms; from here on they count as not touched."""
        self._shown = draft
        self._form.show_draft(draft)

    def follow(self, draft: InvoiceDraft) -> None:
        """Show the terms that somebody else has written, unless something is typed here."""
        shown = self._shown
        if shown is None or _terms_of(shown) == _terms_of(draft):
            return
        if self._form.values() == shown_terms(shown):
            self.show(draft)

    def keep(self, *, go_there: bool) -> bool:
        """Write the terms if they have changed; return whether they are written."""
        shown = self._shown
        if shown is None:
            return True
        try:
            change = self._form.change()
            if change == _terms_of(shown):
                return True
            done = drafts.change_draft(self._desk, shown.id, change, version=shown.version)
        except DeskError as error:
            if error.code is Rule.RECORD_CHANGED:
                return self._meet(shown, go_there=go_there)
            self.refused.emit(error, go_there)
            return False
        self._shown = done.value
        self.written.emit(done)
        return True

    def _meet(self, shown: InvoiceDraft, *, go_there: bool) -> bool:
        """Write over what others changed elsewhere in the draft, else show both versions."""
        try:
            fresh = drafts.read_draft(self._desk, shown.id)
        except DeskError as error:
            self.refused.emit(error, go_there)
            return False
        if _terms_of(fresh) == _terms_of(shown):
            self._shown = fresh
            return self.keep(go_there=go_there)
        self.versions.meet(fresh, shown_terms(shown), shown_terms(fresh))
        return False

    def _on_versions_settled(self, fresh: InvoiceDraft, values: Values) -> None:
        if self._shown is not None and self._shown.id == fresh.id:
            self._shown = fresh
            self._form.show_values(values)
            self.settled.emit()


def _terms_of(draft: InvoiceDraft) -> DraftChange:
    return DraftChange(
        draft.issued_on, draft.payment_days, draft.introduction, draft.format, draft.attach_reports
    )
