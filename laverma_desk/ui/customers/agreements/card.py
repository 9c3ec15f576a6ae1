"""The card of a customer's agreements, ready to be put into a page: what it shows and what it does."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.agreements.reading import AgreementSheet, agreement_sheet
from laverma_desk.services.agreements.stored_file import open_document
from laverma_desk.services.agreements.template import QueuedTemplate
from laverma_desk.services.changes import Topic
from laverma_desk.ui.customers.agreements.card_view import CardView
from laverma_desk.ui.customers.agreements.evidence_making import EvidenceMaking
from laverma_desk.ui.customers.agreements.renewing import Renewing
from laverma_desk.ui.customers.agreements.words import words_of
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.template_sending import TemplateSending


class AgreementCard(QWidget):
    """The card with its work behind it; `show_customer` fills it.

    Emits `settings_wanted("agreement")` for the page that holds the template, and
    `template_queued(QueuedTemplate)`. Ctrl+Return means `commit`, Escape `step_back`, while
    `is_editing`.
    """

    settings_wanted = Signal(str)
    template_queued = Signal(object)

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = CardView(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._work = _CardWork(surroundings, self.view, self)
        self._work.settings_wanted.connect(self.settings_wanted)
        self._work.template_queued.connect(self.template_queued)

    def show_customer(self, customer_id: int | None) -> None:
        """Show a customer's agreements, None for nobody. A form that is open for the same one stays open."""
        self._work.show_customer(customer_id)

    def is_editing(self) -> bool:
        """Tell whether a form has taken the place of the facts."""
        return self.view.form() is not None

    def commit(self) -> None:
        """Do what the button of the open form does."""
        form = self.view.form()
        if form is not None and not form.save.is_blocked():
            form.save_requested.emit()

    def step_back(self) -> bool:
        """Close the open form without writing anything; return whether there was one."""
        form = self.view.form()
        if form is None:
            return False
        form.discard_requested.emit()
        return True

    def begin_renewal(self) -> None:
        """Open the form of a new agreement."""
        self.view.renew_requested.emit()

    def begin_evidence(self) -> None:
        """Open the choice of a period for the extract of the records."""
        self.view.evidence_requested.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what may have changed while the card was hidden."""
        super().showEvent(event)
        self._work.refresh()


class _CardWork(QObject):
    """Slots to services."""

    settings_wanted = Signal(str)
    template_queued = Signal(object)

    def __init__(self, surroundings: Surroundings, view: CardView, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings, self._desk, self._view = surroundings, surroundings.desk, view
        self._customer_id: int | None = None
        self._sheet: AgreementSheet | None = None
        self._renewing = Renewing(surroundings, view, self)
        self._making = EvidenceMaking(surroundings, view, self)
        self._sending = TemplateSending(surroundings, self)
        view.renew_requested.connect(self._on_renew_requested)
        view.end_requested.connect(self._on_end_requested)
        view.evidence_requested.connect(self._on_evidence_requested)
        view.file_requested.connect(self._on_file_requested)
        for form in view.open_forms():
            form.discard_requested.connect(self._on_discard_requested)
        view.template.send_requested.connect(self._on_send_requested)
        view.template.take_back_requested.connect(self._sending.take_back)
        view.template.template_wanted.connect(self._on_template_wanted)
        self._sending.queued.connect(self._on_sending_queued)
        self._sending.refused.connect(self._on_sending_refused)
        self._sending.settled.connect(self.refresh)
        surroundings.bus.changed.connect(self._on_bus_changed)

    def show_customer(self, customer_id: int | None) -> None:
        """Show a customer."""
        other = customer_id != self._customer_id
        if other:
            self._renewing.put_away()
            self._making.leave()
            self._sending.forget()
            self._view.template.reset()
            self._sheet = None
        self._customer_id = customer_id
        self.refresh()
        if other and self._sheet is not None:
            self._renewing.bring_back(self._sheet)

    @Slot()
    def refresh(self) -> None:
        """Read the customer's agreements again."""
        if self._customer_id is None:
            return
        try:
            sheet = agreement_sheet(self._desk, self._customer_id)
        except DeskError as error:
            self._view.show_problem(explain(error))
            return
        anew = self._sheet is None
        self._sheet = sheet
        words = words_of(sheet, self._desk.clock.now())
        self._view.show_words(words, editable=sheet.editable, anew=anew)
        self._view.template.show_recipients(sheet.recipients, ready=bool(sheet.template_name))
        if self._sending.pending is None:
            self._view.template.show_news(words.template, back=False)

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if self._view.isVisible() and topics & {Topic.CUSTOMERS, Topic.HOUSE, Topic.OUTBOX}:
            self.refresh()

    def _on_renew_requested(self) -> None:
        if self._sheet is not None and self._sheet.editable:
            self._renewing.begin_renewal(self._sheet)

    def _on_end_requested(self) -> None:
        if self._sheet is not None:
            self._renewing.begin_ending(self._sheet)

    def _on_evidence_requested(self) -> None:
        if self._customer_id is not None:
            self._making.begin(self._customer_id)

    def _on_discard_requested(self) -> None:
        if self._view.form() is self._view.period:
            self._making.leave()
        self._view.show_form(None)

    def _on_file_requested(self, number: int) -> None:
        self._view.show_problem("")
        try:
            path = open_document(self._desk, number)
        except DeskError as error:
            self._view.show_problem(explain(error))
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._view.show_problem(_("No program opened the file. It lies here: %(file)s") % {"file": path})

    # --- the template

    def _on_send_requested(self, address: str) -> None:
        if self._customer_id is not None:
            self._view.template.show_error("")
            self._sending.send(self._customer_id, address)

    def _on_template_wanted(self) -> None:
        self.settings_wanted.emit("agreement")

    def _on_sending_queued(self, queued: QueuedTemplate) -> None:
        words = _("Leaves in a moment for %(recipient)s.") % {"recipient": queued.recipient}
        if queued.customer_id == self._customer_id:
            self._view.template.show_news(words, back=True)
        self.template_queued.emit(queued)

    def _on_sending_refused(self, error: DeskError) -> None:
        self._view.template.show_error(explain(error), at_address=error.field == "recipient")
