"""The page that lists whose agreement ends or is missing, and sends the template from there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.agreements.overview import ExpiryList, ExpiryRow, expiring
from laverma_desk.services.agreements.template import QueuedTemplate
from laverma_desk.services.changes import Topic
from laverma_desk.ui.customers.agreements.expiry_view import ExpiryView
from laverma_desk.ui.customers.agreements.expiry_words import ALL, count_words, matching, segments
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.template_sending import TemplateSending


class ExpiryPage(QObject):
    """A page of the stage.

    Emits `customer_chosen(int)` for the customer that is opened, `back_wanted` for the way to the
    customers, `settings_wanted("agreement")` where the house has no template, and
    `template_queued(QueuedTemplate)`.
    """

    customer_chosen = Signal(int)
    back_wanted = Signal()
    settings_wanted = Signal(str)
    template_queued = Signal(object)

    def __init__(
        self, surroundings: Surroundings, parent: QObject | None = None, *, guest: bool = False
    ) -> None:
        """Build the page; nothing is read before it is in front. A `guest` has its way back around it."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._list = ExpiryList((), "")
        self._shown: list[ExpiryRow] = []
        self._loading = self._stale = self._read = False
        self._view = ExpiryView(segments(()))
        self._sending = TemplateSending(surroundings, self)
        view = self._view
        view.back.setVisible(not guest)
        view.filter_changed.connect(self._show)
        view.send_requested.connect(self.send)
        view.open_requested.connect(self._on_open_requested)
        view.back_requested.connect(self.back_wanted)
        view.take_back_requested.connect(self._sending.take_back)
        view.template_wanted.connect(self._on_template_wanted)
        view.table.enter_pressed.connect(self._on_open_requested)
        view.table.link_chosen.connect(self._on_table_link_chosen)
        view.table.chosen.connect(self._show_actions)
        self._sending.queued.connect(self._on_sending_queued)
        self._sending.refused.connect(self._on_sending_refused)
        self._sending.settled.connect(self._show_rest)
        surroundings.bus.changed.connect(self._on_bus_changed)

    # --- the page

    @property
    def panel(self) -> QWidget:
        """Return the page's widget."""
        return self._view

    def keys(self) -> KeyMap:
        """Return the page's keys."""
        return {
            "Ctrl+Return": self.send,
            "Ctrl+F": self._on_search_wanted,
            "Escape": self._on_escape,
        }

    def activate(self) -> None:
        """Read the list again and put the focus into it."""
        self._load()
        self._view.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Rest; the filter stays."""

    def areas(self) -> list[QWidget]:
        """Return the table and the filter."""
        return [self._view.table, self._view.state]

    # --- reading and showing

    def _load(self) -> None:
        if self._loading:
            self._stale = True
            return
        self._loading = True
        work = partial(expiring, self._surroundings.desk)
        self._surroundings.background.run(self, work, self._on_loaded, self._on_not_loaded)

    def _on_loaded(self, found: ExpiryList) -> None:
        self._loading, self._read = False, True
        self._list = found
        for one in segments(found.rows):
            self._view.state.set_count(one.key, one.count)
        self._show()
        if self._stale:
            self._stale = False
            self._load()

    def _on_not_loaded(self, error: Exception) -> None:
        self._loading = self._stale = False
        if not isinstance(error, DeskError):
            raise error
        self._view.show_news(explain(error), tone="red")

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if self._view.isVisible() and topics & {Topic.CUSTOMERS, Topic.HOUSE, Topic.OUTBOX}:
            self._load()

    @Slot()
    def _show(self) -> None:
        if not self._read:
            return
        view = self._view
        state, typed = view.state.current() or ALL, view.search.text()
        self._shown = matching(self._list.rows, state, typed)
        now = self._surroundings.desk.clock.now()
        view.table.show_agreements(self._shown, now, ready=bool(self._list.template_name))
        nothing = ""
        if not self._list.rows:
            nothing = _("Every customer has a valid DPA.")
        elif not self._shown:
            nothing = _("No customer fits this filter.")
        view.show_nothing(nothing)
        view.search.set_trailing(count_words(len(self._shown)) if typed.strip() else key_name("Ctrl+F"))
        self._show_actions()

    @Slot()
    def _show_actions(self) -> None:
        row, view = self._view.table.current_row(), self._view
        chosen = row is not None and bool(self._shown)
        view.open.set_blocked(None if chosen else _("No customer is chosen."))
        reason = None
        if row is None or not chosen:
            reason = _("No customer is chosen.")
        elif not self._list.template_name:
            reason = explain(RuleBroken(Rule.TEMPLATE_MISSING))
        elif not row.recipient:
            reason = explain(RuleBroken(Rule.RECIPIENT_MISSING))
        view.send.set_blocked(reason)
        view.send.setAccessibleDescription(row.recipient if row is not None else "")
        self._show_rest()

    @Slot()
    def _show_rest(self) -> None:
        """Say what stands in the bar while no template can be taken back."""
        if self._sending.pending is not None or not self._read:
            return
        if not self._list.template_name:
            self._view.show_news(_("The house has no DPA template yet."), link=_("Choose a PDF"))
            return
        row = self._view.table.current_row()
        if row is not None and row.recipient and self._shown:
            self._view.show_news(_("Template to %(recipient)s") % {"recipient": row.recipient})
        else:
            self._view.show_news(_("Template: %(file)s") % {"file": self._list.template_name})

    # --- what is done

    @Slot()
    def send(self) -> None:
        """Send the template to the address of the current row."""
        row = self._view.table.current_row()
        if row is not None and self._shown and not self._view.send.is_blocked():
            self._sending.send(row.customer_id, row.recipient)

    def _on_table_link_chosen(self, customer_id: int) -> None:
        self._view.table.choose(customer_id)
        self.send()

    def _on_open_requested(self) -> None:
        row = self._view.table.current_row()
        if row is not None:
            self.customer_chosen.emit(row.customer_id)

    def _on_template_wanted(self) -> None:
        self.settings_wanted.emit("agreement")

    def _on_sending_queued(self, queued: QueuedTemplate) -> None:
        words = _("Leaves in a moment for %(recipient)s.") % {"recipient": queued.recipient}
        self._view.show_news(words, link=_("Take back"), takes_back=True)
        self.template_queued.emit(queued)

    def _on_sending_refused(self, error: DeskError) -> None:
        self._view.show_news(explain(error), tone="red")

    def _on_search_wanted(self) -> None:
        self._view.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._view.search.selectAll()

    def _on_escape(self) -> None:
        if self._view.search.text():
            self._view.search.clear()
        elif self._view.search.hasFocus():
            self._view.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.back_wanted.emit()
