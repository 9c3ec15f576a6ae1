"""The invoice page: lists and paper, what is decided about them, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.rights import Right
from laverma_desk.services.changes import Topic
from laverma_desk.services.invoicing import register
from laverma_desk.services.rights_words import missing
from laverma_desk.ui.invoices.decisions import Decisions, Parts
from laverma_desk.ui.invoices.forms import Forms
from laverma_desk.ui.invoices.hints import Place, Way
from laverma_desk.ui.invoices.issuing_controller import IssuingController
from laverma_desk.ui.invoices.lists_controller import ListsController
from laverma_desk.ui.invoices.open_content import OpenContent
from laverma_desk.ui.invoices.outcomes import Outcomes
from laverma_desk.ui.invoices.panel import InvoicesPanel
from laverma_desk.ui.invoices.paper_controller import PaperController
from laverma_desk.ui.invoices.rows import Kind, RowKey, Tab
from laverma_desk.ui.invoices.toolbar import Action
from laverma_desk.ui.invoices.words import tab_of
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings

_PRINTED = frozenset({Topic.INVOICES, Topic.SESSIONS, Topic.CUSTOMERS, Topic.HOUSE})
_CONCERNED = _PRINTED | {Topic.OUTBOX}


class InvoicesController(QObject):
    """The page. Emits what leads elsewhere, each with a row or the name of a page of the settings."""

    session_wanted = Signal(int)
    customer_wanted = Signal(int)
    settings_wanted = Signal(str)
    outbox_wanted = Signal(int)

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Make the page; it is filled when it comes to the front."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = InvoicesPanel()
        self._in_front, self._stale, self._paper_stale = False, True, False
        self.lists = ListsController(surroundings, self._panel.left, self)
        self.paper = PaperController(surroundings, self._panel.paper, self)
        self.issuing = IssuingController(surroundings, self)
        self.forms = Forms(surroundings, self._panel, self)
        self.outcomes = Outcomes(surroundings, self._panel, self.lists, self.issuing, self)
        self.decisions = Decisions(self._parts(), self)
        self._connect()

    def _parts(self) -> Parts:
        return Parts(
            self._surroundings,
            self._panel,
            self.lists,
            self.paper,
            self.issuing,
            self.forms,
            self.outcomes,
        )

    def _connect(self) -> None:
        panel, left = self._panel, self._panel.left
        reason = missing(self._surroundings.rights, Right.BILLING)
        panel.paper.toolbar.forbid(reason)
        left.foot.button.forbid(reason)
        self.lists.subject_changed.connect(self._on_subject_changed)
        self.lists.reloaded.connect(self._on_lists_reloaded)
        self.lists.failed.connect(self._on_failed)
        self.lists.missing.connect(self._on_customer_missing)
        left.list.entered.connect(self._on_row_entered)
        left.list.link_wanted.connect(self._on_link_wanted)
        left.list.delete_pressed.connect(self._on_delete_pressed)
        left.head.statement_wanted.connect(self.decisions.write_statement)
        left.foot.pressed.connect(self.decisions.go_on)
        left.foot.second_pressed.connect(self.decisions.remind)
        left.foot.cancelled.connect(self.issuing.cancel)
        panel.paper.toolbar.wanted.connect(self.decisions.do)
        panel.paper.toolbar.focus_given_up.connect(left.focus_list)
        panel.paper.hints.followed.connect(self._follow)
        panel.paper.hints.focus_given_up.connect(left.focus_list)
        panel.paper.head.link_wanted.connect(self._on_head_link_wanted)
        self.forms.finished.connect(self.outcomes.on_form_finished)
        self.forms.finished.connect(self._on_forms_closed)
        self.forms.closed.connect(self._on_forms_closed)
        self.forms.refused.connect(self.outcomes.refuse)
        self.outcomes.outbox_wanted.connect(self.outbox_wanted)
        self._surroundings.bus.changed.connect(self._on_bus_changed)

    # --- what the window asks for

    @property
    def panel(self) -> QWidget:
        """Return the page."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return the keys of what is in front: the lists with their paper, or a form."""
        if self.forms.is_open:
            return self.forms.keys()
        keys: dict[str, Callable[[], object]] = {
            "Escape": self._on_escape,
            "Ctrl+F": self._panel.left.head.focus_search,
            "Ctrl+A": self.lists.toggle_all,
            "Ctrl+P": self._on_print_pressed,
            "Ctrl+Return": self._on_step_pressed,
            "Ctrl+Shift+Return": self.decisions.go_on,
            "Ctrl+PgDown": self.lists.next_tab,
            "Ctrl+PgUp": self.lists.previous_tab,
            "Alt+A": self.decisions.write_statement,
            "Alt+M": self.decisions.remind,
            "F2": self._on_edit_pressed,
        }
        return keys

    def activate(self) -> None:
        """Read what may have changed and put the focus where one walks through the rows."""
        self._in_front = True
        if self._stale:
            self._stale = False
            self.lists.reload()
        form = self.forms.current
        if form is not None:
            # Where the focus was when the page was left, else on the form.
            (form.panel.focusWidget() or form.panel).setFocus()
        else:
            self._panel.left.focus_list()

    def leave(self) -> None:
        """Be hidden; ticks, choice and an open form stay as they are, what was said is old by then."""
        self._in_front = False
        self.outcomes.clear()
        self.paper.rest()

    def areas(self) -> list[QWidget]:
        """Return the parts that F6 steps through."""
        form = self._panel.form()
        if form is not None:
            return [form, self._panel.left]
        return [self._panel.left, self._panel.paper.toolbar, self._panel.paper.view]

    def show_invoice(self, number: str) -> None:
        """Choose an issued document by its number; where there is none, say so."""
        self.decisions.leave_form()
        try:
            row = register.find_invoice(self._desk, number)
        except DeskError as error:
            self.outcomes.refuse(error)
            return
        self.lists.show_row(tab_of(row), RowKey(Kind.INVOICE, row.id))

    def show_statement(self, customer_id: int) -> None:
        """Open the form of a statement for a customer."""
        self.decisions.write_statement_for(customer_id)

    def show_customer(self, customer_id: int) -> None:
        """Choose a customer that is open to bill; where nothing is, show what was issued to it."""
        self.decisions.leave_form()
        self.lists.show_customer(customer_id)

    # --- what leads elsewhere

    def _follow(self, way: Way) -> None:
        if way.place is Place.SESSION:
            self.session_wanted.emit(way.id)
        elif way.place is Place.CUSTOMER:
            self.customer_wanted.emit(way.id)
        elif way.place is Place.SETTINGS:
            self.settings_wanted.emit(way.page)

    # --- keys

    def _on_escape(self) -> None:
        if self._panel.notice.isVisible():
            self.outcomes.clear()
        else:
            self._panel.left.focus_list()

    def _on_print_pressed(self) -> None:
        self.decisions.do(Action.PRINT)

    def _on_step_pressed(self) -> None:
        waiting = self.lists.held.tab in (Tab.OPEN, Tab.DRAFTS)
        self.decisions.do(Action.ISSUE if waiting else Action.SEND)

    def _on_edit_pressed(self) -> None:
        self.decisions.do(Action.EDIT)

    # --- rows

    def _on_row_entered(self, key: RowKey) -> None:
        if key.kind is Kind.CUSTOMER:
            self.lists.fold(key)
        elif key.kind is Kind.SESSION:
            self.session_wanted.emit(key.id)
        elif key.kind is Kind.HINT:
            self._on_link_wanted(key)
        elif key.kind is Kind.DRAFT:
            self.decisions.do(Action.EDIT)
        else:
            self._panel.paper.view.setFocus()

    def _on_link_wanted(self, key: RowKey) -> None:
        content = self.lists.held.content()
        hint = content.hint_at(key) if isinstance(content, OpenContent) else None
        if hint is not None:
            self._follow(hint.way)

    def _on_delete_pressed(self, key: RowKey) -> None:
        button = self._panel.paper.toolbar.discard
        if key.kind is Kind.DRAFT and self._panel.paper.toolbar.may(Action.DISCARD):
            button.setFocus()
            button.click()

    def _on_head_link_wanted(self) -> None:
        self.decisions.do(Action.CANCEL)

    # --- news

    def _on_subject_changed(self) -> None:
        # A form that asks before it closes stays; its leaving brings the paper.
        if self.decisions.leave_form():
            self._show_paper()

    def _on_lists_reloaded(self) -> None:
        # Behind a form nobody sees the paper; it is made anew when the form is left.
        if not self.forms.is_open:
            self._show_paper()

    def _show_paper(self) -> None:
        subject = self.lists.subject()
        waits = subject is not None and subject.kind is not Kind.INVOICE
        stale, self._paper_stale = self._paper_stale and waits, False
        self.paper.show(subject, stale=stale)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.outcomes.refuse(error)

    def _on_customer_missing(self, customer_id: int) -> None:
        name = self.outcomes.name_of(customer_id)
        if name:
            self.lists.search(Tab.ISSUED, name)

    def _on_forms_closed(self, _outcome: object = None) -> None:
        self._show_paper()
        if self._in_front:
            self._panel.left.focus_list()

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if not topics & _CONCERNED:
            return
        self._paper_stale = self._paper_stale or bool(topics & _PRINTED)
        self._stale = not self._in_front
        if self._in_front:
            self.lists.reload()
