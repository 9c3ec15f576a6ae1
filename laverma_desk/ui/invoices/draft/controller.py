"""The form of a draft at work: what is ticked or typed is kept at once, and the sums follow."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.invoice import InvoiceDraft
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.invoicing import drafts, figures
from laverma_desk.services.invoicing.figures import UsualTerms
from laverma_desk.services.invoicing.open_sessions import OpenSession
from laverma_desk.ui.invoices.draft import words
from laverma_desk.ui.invoices.draft.item_editing import ItemEditing
from laverma_desk.ui.invoices.draft.panel import DraftPanel
from laverma_desk.ui.invoices.draft.session_model import Tick
from laverma_desk.ui.invoices.draft.terms_keeping import TermsKeeping
from laverma_desk.ui.invoices.form.outcome import Outcome
from laverma_desk.ui.invoices.obstacle_words import need_sentence
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


class DraftFormController(QObject):
    """Emits `finished(Outcome)` when the draft was saved and may be looked at, `closed` when it was left.

    Ticks and items are written at once, the terms when their field is left: leaving loses nothing. Only
    what cannot be kept as it is typed makes leaving ask once.
    """

    finished = Signal(object)
    closed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build the form; `show_for` fills it."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = DraftPanel()
        self._items = ItemEditing(surroundings, self._panel, self)
        self._draft: InvoiceDraft | None = None
        self._terms = TermsKeeping(self._desk, self._panel.terms, self)
        self._terms.written.connect(self._on_terms_written)
        self._terms.refused.connect(self._on_terms_refused)
        self._terms.settled.connect(self._on_terms_settled)
        self._usual: UsualTerms | None = None
        self._sessions: tuple[OpenSession, ...] = ()
        self._warned = self._telling = False
        panel = self._panel
        panel.stepped.connect(self.save)
        panel.left.connect(self.close)
        panel.sessions.ticked.connect(self._on_sessions_ticked)
        panel.sessions.all_ticked.connect(self._on_all_ticked)
        panel.item_opened.connect(self._on_item_opened)
        panel.terms.edited.connect(self._on_terms_edited)
        panel.terms.field_left.connect(self._on_terms_left)
        panel.terms.reports.clicked.connect(self._on_terms_left)
        panel.terms.format.activated.connect(self._on_terms_left)
        self._items.changed.connect(self._on_items_changed)
        surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def panel(self) -> QWidget:
        """Return the form."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do while the form is in front."""
        return {"Ctrl+Return": self.step, "Ctrl+S": self.keep, "Escape": self.close}

    def show_for(self, draft_id: int) -> None:
        """Show a draft. Raises RuleBroken DRAFT_UNKNOWN."""
        if self._draft is not None and self._draft.id != draft_id:
            self._keep_terms(go_there=False)
        draft, usual = drafts.read_draft(self._desk, draft_id), figures.usual_terms(self._desk, draft_id)
        self._draft, self._warned = draft, False
        subtitle = _("%(customer)s, no. %(number)s, sessions until %(day)s") % {
            "customer": usual.customer_name,
            "number": usual.customer_number,
            "day": text.date(draft.until),
        }
        self._panel.show_heading(_("Invoice draft"), subtitle)
        self._panel.tell("")
        self._items.leave()
        self._terms.show(draft)
        self._usual = usual
        self._refresh()
        self._panel.scroll_up()
        self._panel.sessions.setFocus()

    # --- save and leave

    def step(self) -> None:
        """Take the open item over, else save the draft."""
        if self._panel.item_is_open():
            self._items.save()
        else:
            self.save()

    def keep(self) -> bool:
        """Write what is typed, an open item first; return whether everything is written."""
        if self._draft is None:
            return False
        self._panel.tell("")
        if self._panel.item_is_open() and not self._items.save():
            return False
        if not self._keep_terms(go_there=True):
            return False
        self._refresh()
        wrong = next((name for name in self._panel.terms.names() if self._panel.terms.error(name)), None)
        if wrong is not None:
            self._panel.terms.focus_field(wrong)
            return False
        if not self._panel.told():
            self._panel.tell(_("Draft saved."), "green")
        return True

    def save(self) -> None:
        """Write everything and go back to the paper, or to the field that is wrong."""
        if self._draft is not None and self.keep():
            draft, self._draft = self._draft, None
            self.finished.emit(Outcome(_("Draft saved."), draft_id=draft.id, customer_id=draft.customer_id))

    def close(self) -> None:
        """Leave: everything that can be kept is kept; what cannot makes it ask once."""
        if self._panel.item_is_open():
            if self._items.is_touched() and not self._warned:
                self._warn(_("The item is not in the draft yet. Ctrl+Enter takes it over, Esc discards it."))
                return
            self._items.leave()
            self._warned = False
            self._panel.tell("")
            return
        if self._draft is not None and not self._keep_terms(go_there=True) and not self._warned:
            self._warn(_("This cannot be saved as it is. Esc once more leaves it out."))
            return
        self._draft = None
        self.closed.emit()

    def _warn(self, sentence: str) -> None:
        self._warned = True
        self._panel.tell(sentence, "amber")

    # --- sessions, items, terms

    def _on_sessions_ticked(self, tick: Tick) -> None:
        if self._draft is not None:
            self._tick([tick])

    def _on_all_ticked(self) -> None:
        if self._draft is not None:
            missing = {one.id for one in self._sessions} - set(self._draft.session_ids)
            self._tick([Tick(one.id, True) for one in self._sessions if one.id in missing])

    def _tick(self, ticks: list[Tick]) -> None:
        draft = self._draft
        if draft is None:
            return
        refused: DeskError | None = None
        self._panel.tell("")
        try:
            for tick in ticks:
                self._draft = drafts.tick_session(self._desk, draft.id, tick.session_id, tick.ticked).value
        except DeskError as error:
            refused = error
        self._publish(done(None, Topic.INVOICES))
        self._refresh()
        if refused is not None:
            self._panel.tell(explain(refused))

    def _on_item_opened(self, number: int) -> None:
        if self._draft is None:
            return
        ticked = [one for one in self._sessions if one.id in self._draft.session_ids]
        day = local_day(ticked[-1].begin) if ticked else self._draft.until
        self._warned = False
        self._items.begin(self._draft, number, day)

    def _on_items_changed(self, changed: Done[object]) -> None:
        self._publish(changed)
        self._refresh()

    def _publish(self, changed: Done[Any]) -> None:
        # What this form has written itself it reads again on its own, once.
        self._telling = True
        try:
            self._surroundings.bus.publish(changed)
        finally:
            self._telling = False

    def _on_terms_edited(self, _name: str) -> None:
        self._warned = False
        self._panel.tell("")

    def _on_terms_left(self, *_what: object) -> None:
        if self._draft is not None and self._keep_terms(go_there=False):
            self._refresh()

    def _keep_terms(self, *, go_there: bool) -> bool:
        """Write the terms if they have changed; return whether they are written."""
        return self._draft is None or self._terms.keep(go_there=go_there)

    def _on_terms_written(self, changed: Done[InvoiceDraft]) -> None:
        self._draft = changed.value
        self._publish(changed)

    def _on_terms_settled(self) -> None:
        if self._draft is not None and self._keep_terms(go_there=True):
            self._refresh()

    # --- what is shown

    def _refresh(self) -> None:
        draft = self._draft
        if draft is None:
            return
        try:
            self._draft = draft = drafts.read_draft(self._desk, draft.id)
            self._sessions = drafts.draft_sessions(self._desk, draft.id)
        except DeskError:
            # Issued or thrown away somewhere else: there is nothing left to work on.
            self._draft = None
            self.closed.emit()
            return
        self._terms.follow(draft)
        ticked = frozenset(draft.session_ids)
        self._panel.sessions.show_sessions(self._sessions, ticked)
        self._panel.show_count(words.session_count(len(ticked), len(self._sessions)))
        self._panel.show_items(draft.items)
        introduction = ""
        try:
            counted = figures.draft_figures(self._desk, draft.id)
        except DeskError as error:
            self._panel.sums.show_lines([])
            self._panel.needs.show_sentences([])
            self._show_problem(error, go_there=False)
        else:
            found = counted.invoice
            self._panel.sums.show_lines(words.sum_lines(found))
            self._panel.needs.show_sentences([need_sentence(one) for one in counted.needs])
            introduction = found.texts.introduction if not draft.introduction else ""
        if self._usual is not None:
            self._panel.terms.show_usual(self._usual.payment_days, self._usual.format, introduction)

    def _on_terms_refused(self, error: DeskError, go_there: bool) -> None:
        self._show_problem(error, go_there=go_there)

    def _show_problem(self, error: DeskError, *, go_there: bool) -> None:
        terms = self._panel.terms
        if error.field in terms.names():
            terms.show_error(str(error.field), explain(error))
            if go_there:
                terms.focus_field(str(error.field))
        else:
            self._panel.tell(explain(error), "amber")

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        awake = self._panel.isVisible() and not self._telling
        if self._draft is not None and awake and topics & _CONCERNS:
            self._refresh()


_CONCERNS = frozenset({Topic.INVOICES, Topic.SESSIONS, Topic.CUSTOMERS, Topic.HOUSE})
