"""Shows what waits in the outbox, and leads from each mail to what can be decided about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.errors import DeskError, OutsideTrouble, Trouble
from laverma_desk.domain.message import Message, MessageState
from laverma_desk.i18n import _
from laverma_desk.services.changes import Topic
from laverma_desk.services.mails import outbox
from laverma_desk.ui.outbox.choosing import Action, Filter, choose, count_in, filled_action
from laverma_desk.ui.outbox.deciding import Deciding
from laverma_desk.ui.outbox.detail_words import attempt_entries, blocked_actions, facts_of, send_label
from laverma_desk.ui.outbox.dispatcher import Dispatcher
from laverma_desk.ui.outbox.panel import OutboxPanel
from laverma_desk.ui.outbox.words import SETTINGS_PAGES, Remedy, task_of
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


class OutboxController(QObject):
    """The page of all mails. Emits `settings_wanted(page)`."""

    settings_wanted = Signal(str)

    def __init__(
        self, surroundings: Surroundings, dispatcher: Dispatcher, parent: QObject | None = None
    ) -> None:
        """Make the page; it is filled when it comes to the front."""
        super().__init__(parent)
        self._surroundings, self._desk, self._dispatcher = surroundings, surroundings.desk, dispatcher
        self._panel = OutboxPanel()
        self._messages: list[Message] = []
        self._shown: dict[int, Message] = {}
        self._filter, self._searched = Filter.ALL, ""
        self._current = 0
        self._in_front = self._unread = False
        self.deciding = Deciding(surroundings, dispatcher, self._panel, self)
        self._connect()

    def _connect(self) -> None:
        panel, detail = self._panel, self._panel.detail
        panel.filter_chosen.connect(self._on_filter_chosen)
        panel.searched.connect(self._on_searched)
        panel.messages.chosen.connect(self._on_message_chosen)
        panel.messages.enter_pressed.connect(self._on_enter_pressed)
        panel.messages.delete_pressed.connect(self._on_delete_pressed)
        panel.messages.link_chosen.connect(self._on_link_chosen)
        detail.action_wanted.connect(self._do)
        detail.facts.remedy_wanted.connect(self._on_remedy_wanted)
        detail.facts.attachment_opened.connect(self._on_attachment_opened)
        self.deciding.discard_forgotten.connect(self._on_discard_forgotten)
        self.deciding.bringing_back.connect(self._on_deciding_bringing_back)
        self.deciding.bring_back_refused.connect(self._show)
        self._dispatcher.left_to_others.connect(self._on_dispatcher_left_to_others)
        self._surroundings.bus.changed.connect(self._on_bus_changed)

    # --- what the window asks for

    @property
    def panel(self) -> QWidget:
        """Return the page."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return the keys of this page; F8 only while a discarded mail can be brought back."""
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+F": self._panel.focus_search,
            "Escape": self._panel.messages.rows.setFocus,
        }
        if self.deciding.can_bring_back:
            keys["F8"] = self.deciding.bring_back
        return keys

    def activate(self) -> None:
        """Read the mails anew and put the focus onto the table."""
        self._in_front = True
        self.reload()
        if self._panel.empty_sentence():
            self._panel.filters.setFocus()
        else:
            self._panel.messages.setFocus()

    def leave(self) -> None:
        """Give up an address that is half typed: the old one still stands."""
        self._in_front = False
        self._panel.detail.facts.show_address_edit(None)

    def areas(self) -> list[QWidget]:
        """Return the table and the chosen mail."""
        return [self._panel.messages, self._panel.detail]

    def reload(self) -> None:
        """Read the mails anew; the chosen one stays chosen. With the server away those read before stay."""
        try:
            self._messages = outbox.list_messages(self._desk)
        except OutsideTrouble as error:
            if error.code is not Trouble.SERVER_AWAY:
                raise
            self._unread = not self._messages
        else:
            self._unread = False
        self._show()

    def show_message(self, number: int) -> None:
        """Choose a mail for when the page comes to the front, whatever was filtered so far."""
        self._current = number
        self._panel.show_all()

    # --- what is shown

    def _show(self) -> None:
        waiting, failed = (count_in(self._messages, one) for one in (Filter.WAITING, Filter.FAILED))
        self._panel.show_counts(
            text.number(waiting) if waiting else "", text.number(failed) if failed else ""
        )
        found = choose(self._messages, self._filter, self._searched)
        self._shown = {one.id: one for one in found}
        self._panel.show_empty("" if found else self._why_empty(), filters=bool(self._messages))
        self._panel.messages.show_messages(found, self._current, self._desk.clock.now())

    def _why_empty(self) -> str:
        if self._unread:
            return _("The server cannot be reached. The mails appear by themselves as soon as it is back.")
        if self._searched.strip():
            return _("No match for “%(words)s”.") % {"words": self._searched.strip()}
        if self._filter is Filter.SENT:
            return _("Nothing has been sent yet.")
        return _("Everything is sent.")

    def _show_detail(self) -> None:
        message, detail = self._shown.get(self._current), self._panel.detail
        if message is None:
            return
        demo = self._dispatcher.demo
        detail.facts.show_facts(facts_of(message, elsewhere=self._dispatcher.leaves_it))
        detail.show_attempts(attempt_entries(message))
        filled = filled_action(message)
        detail.show_actions(filled, blocked_actions(message, demo=demo), send_label=send_label(message))

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if Topic.OUTBOX in topics and self._in_front:
            self.reload()

    def _on_dispatcher_left_to_others(self, _error: DeskError) -> None:
        if self._in_front:
            self._show_detail()

    def _on_filter_chosen(self, chosen: Filter) -> None:
        self._filter = chosen
        self._show()

    def _on_searched(self, words: str) -> None:
        self._searched = words
        self._show()

    def _on_message_chosen(self, number: int) -> None:
        if number != self._current:
            self._panel.detail.tell("")
            self._panel.detail.facts.show_address_edit(None)
        self._current = number
        self._show_detail()

    # --- what is decided

    def _on_enter_pressed(self) -> None:
        message = self._shown.get(self._current)
        filled = filled_action(message) if message else None
        if filled is not None:
            self._do(filled)
        elif message is not None and message.state is MessageState.FAILED:
            self._on_remedy_wanted()

    def _on_delete_pressed(self) -> None:
        self._do(Action.DISCARD)

    def _on_link_chosen(self, number: int) -> None:
        self._panel.messages.choose(number)
        self._on_remedy_wanted()

    def _on_remedy_wanted(self) -> None:
        message = self._shown.get(self._current)
        if message is not None and message.state is MessageState.WAITING and self._dispatcher.leaves_it:
            self.settings_wanted.emit(SETTINGS_PAGES[Remedy.PASSWORD])
            return
        task = task_of(message) if message else None
        if task is None or task.remedy is Remedy.NONE:
            return
        if task.remedy in SETTINGS_PAGES:
            self.settings_wanted.emit(SETTINGS_PAGES[task.remedy])
            return
        self._do({Remedy.ADDRESS: Action.READDRESS, Remedy.DRAFT: Action.DRAFT}.get(task.remedy, Action.SEND))

    def _do(self, action: Action) -> None:
        message = self._shown.get(self._current)
        if message is not None and action not in blocked_actions(message, demo=self._dispatcher.demo):
            self.deciding.do(action, message)

    def _on_attachment_opened(self, place: int) -> None:
        message = self._shown.get(self._current)
        if message is not None:
            self.deciding.open_attachment(message, place)

    def _on_discard_forgotten(self) -> None:
        if self._in_front:
            self._show()

    def _on_deciding_bringing_back(self, number: int) -> None:
        self._current = number
