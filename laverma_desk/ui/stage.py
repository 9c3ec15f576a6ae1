"""Decides which page is in front, and leads from one step of the call to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.i18n import _
from laverma_desk.services.alone import is_alone
from laverma_desk.services.calls import timekeeping
from laverma_desk.settings import MachineSettings
from laverma_desk.ui import reading_order
from laverma_desk.ui.call.controller import CallController
from laverma_desk.ui.call.ending import RefusedReport
from laverma_desk.ui.keyboard import Keyboard
from laverma_desk.ui.later_pages import LaterPages
from laverma_desk.ui.memory_pages import MemoryPages
from laverma_desk.ui.outbox.dispatcher import Dispatcher
from laverma_desk.ui.outbox.sending_notice import SendingNotice
from laverma_desk.ui.page import KeyMap, Page
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.search.controller import SearchController
from laverma_desk.ui.shell import CUSTOMERS, HISTORY, INVOICES, OUTBOX, SESSION, SETTINGS, STATISTICS, Shell
from laverma_desk.ui.strip_controller import StripController
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.services.mails.queueing import QueuedReport
    from laverma_desk.ui.report.controller import ReportController


class Stage(QObject):
    """Owns the pages. Emits `appearance_changed(MachineSettings)`, `restart_wanted`, `restore_wanted(copy)`.

    Also `caller_accepted` for F9, and `take_back_wanted` for F8 where no report waits to be taken back.
    """

    appearance_changed = Signal(object)
    restart_wanted = Signal()
    restore_wanted = Signal(object)
    caller_accepted = Signal()
    take_back_wanted = Signal()

    def __init__(
        self, surroundings: Surroundings, shell: Shell, pulse: Pulse, settings: MachineSettings
    ) -> None:
        """Make the pages of a call and connect what follows what; others are made when they are wanted."""
        super().__init__(shell)
        self._surroundings, self._shell = surroundings, shell
        self._session_id: int | None = None
        self._front: Page | None = None
        self.strip = StripController(surroundings, shell.strip, pulse, self)
        self.search = SearchController(surroundings, self, shell.take_search_head())
        self.dispatcher = Dispatcher(surroundings, self)
        self.later = LaterPages(surroundings, self.dispatcher, settings, self)
        self.call = CallController(surroundings, pulse, self, has_own_words=self.later.holds_own_words)
        self.memory = MemoryPages(surroundings, self)
        self.sending = SendingNotice(surroundings, self.dispatcher, shell.notice, self)
        for page in (self.search, self.call):
            shell.stage.addWidget(page.panel)
        self._keyboard = Keyboard(shell, self._keys())
        self._connect()

    def _connect(self) -> None:
        self._shell.rail.page_chosen.connect(self.open_page)
        self.strip.chosen.connect(self.show_session)
        self.strip.new_requested.connect(self.show_new)
        self.search.session_started.connect(self._on_session_ready)
        self.search.session_moved.connect(self._on_session_ready)
        self.search.connect_wanted.connect(self.call.connecting.connect_after_start)
        self.search.cancelled.connect(self.show_session_page)
        self.call.report_wanted.connect(self.show_session)
        self.call.report_queued.connect(self._on_report_queued)
        self.call.report_refused.connect(self._on_report_refused)
        self.call.session_closed.connect(self.leave_session)
        self.call.change_wanted.connect(self._on_change_wanted)
        self.call.session_changed.connect(self.show_session)
        self.call.settings_wanted.connect(self.open_settings)
        self.later.page_made.connect(self._on_page_made)
        self.later.report_queued.connect(self._on_report_queued)
        self.later.session_resumed.connect(self.show_session)
        self.later.session_done.connect(self.leave_session)
        self.later.settings_wanted.connect(self.open_settings)
        self.later.appearance_changed.connect(self.appearance_changed)
        self.later.restart_wanted.connect(self.restart_wanted)
        self.later.restore_wanted.connect(self.restore_wanted)
        self.later.open_count_changed.connect(self._on_outbox_counted)
        self.memory.history_wanted.connect(self._show_history)
        self.memory.page_wanted.connect(self._bring)
        self.memory.customers_wanted.connect(self._show_customers)
        self.memory.invoices_wanted.connect(self._show_invoices)
        self.memory.mail_wanted.connect(self._show_mail)
        self.memory.start_wanted.connect(self._on_start_wanted)
        self.memory.report_queued.connect(self.sending.follow)
        self.memory.settings_wanted.connect(self.open_settings)
        self.sending.taken_back.connect(self.show_session)
        self.sending.outbox_wanted.connect(self._show_mail)

    def _keys(self) -> KeyMap:
        return {
            "Ctrl+N": self.show_new,
            "Ctrl+Tab": partial(self._show_neighbour, 1),
            "Ctrl+Shift+Tab": partial(self._show_neighbour, -1),
            "Ctrl+Shift+S": self.show_session_page,
            "Ctrl+Shift+V": self._show_history,
            "Ctrl+Shift+K": self._show_customers,
            "Ctrl+Shift+R": self._show_invoices,
            "Ctrl+Shift+A": self._show_statistics,
            "Ctrl+Shift+P": self._show_outbox,
            "Ctrl+,": self._show_settings,
            "Ctrl+M": self.strip.mini_requested.emit,
            "F8": self._take_back,
            "F9": self.caller_accepted.emit,
            "F6": partial(self._focus_area, 1),
            "Shift+F6": partial(self._focus_area, -1),
        }

    @property
    def report(self) -> ReportController:
        """Return the page of an ended session."""
        return self.later.report

    @property
    def front(self) -> Page | None:
        """Return the page in front."""
        return self._front

    def begin(self) -> None:
        """Show where work goes on: a search begun before the desk was open, else the newest session."""
        self.strip.reload()
        open_ = [one for one in self.strip.sessions if one.state is not SessionState.ENDED]
        if self.search.typed:
            self._bring(self.search, SESSION)
        elif open_:
            self.show_session(open_[-1].id)
        else:
            self.show_new()
        self.search.expect()

    # --- which page is in front

    def open_page(self, key: str) -> None:
        """Show a page of the rail."""
        openers: dict[str, Callable[[], None]] = {
            SESSION: self.show_session_page, HISTORY: self._show_history, CUSTOMERS: self._show_customers,
            INVOICES: self._show_invoices, STATISTICS: self._show_statistics, OUTBOX: self._show_outbox,
            SETTINGS: self._show_settings,
        }  # fmt: skip
        openers[key]()

    def show_new(self) -> None:
        """Show an empty search."""
        self._session_id = None
        self.search.begin_new()
        self._bring(self.search, SESSION)

    def show_session(self, session_id: int) -> None:
        """Show a session: its clock while it has not ended, else its report."""
        self._session_id = session_id
        found = timekeeping.read_session(self._surroundings.desk, session_id)
        if found.state is SessionState.ENDED and is_alone(self._surroundings.desk):
            self.show_new()  # Its report waits for the server, as the bar above says.
        elif found.state is SessionState.ENDED:
            self.report.show_report(session_id)
            self._bring(self.report, SESSION)
        else:
            self.call.show_session(session_id)
            self._bring(self.call, SESSION)

    def show_session_page(self) -> None:
        """Show the session that was last in front, or the search."""
        known = {one.id for one in self.strip.sessions}
        if self._session_id in known and self._session_id is not None:
            self.show_session(self._session_id)
        elif self._front is not self.search:
            self.show_new()

    def open_settings(self, key: str) -> None:
        """Show one page of the settings."""
        self.later.settings.open_page(key)
        self._show_settings()

    def _show_history(self) -> None:
        self._bring(self.memory.history, HISTORY)

    def _show_customers(self) -> None:
        self._bring(self.memory.customers, CUSTOMERS)

    def _show_invoices(self) -> None:
        self._bring(self.memory.invoices, INVOICES)

    def _show_statistics(self) -> None:
        self._bring(self.memory.statistics, STATISTICS)

    def _show_mail(self, message_id: int) -> None:
        self.later.outbox.show_message(message_id)
        self._show_outbox()

    def _show_outbox(self) -> None:
        self._bring(self.later.outbox, OUTBOX)

    def _show_settings(self) -> None:
        self._bring(self.later.settings, SETTINGS)

    def show_page(self, page: Page) -> None:
        """Show a page that belongs to the call."""
        self._bring(page, SESSION)

    def _bring(self, page: Page, rail_key: str) -> None:
        if self._front is not None and self._front is not page:
            self._front.leave()
        self._front = page
        if self._shell.stage.indexOf(page.panel) < 0:
            self._shell.stage.addWidget(page.panel)
        self._let_go_of_focus(page)
        self._shell.stage.setCurrentWidget(page.panel)
        self._shell.rail.set_current(rail_key)
        self.strip.show_current(self._session_id, session_page=rail_key == SESSION)
        self._keyboard.follow(page)
        page.activate()

    def _on_page_made(self, page: Page) -> None:
        self._shell.stage.addWidget(page.panel)

    def _let_go_of_focus(self, page: Page) -> None:
        """Take the focus out of the page that goes: nothing is read out on the way to where it will be."""
        focus, shown = self._shell.focusWidget(), self._shell.stage.currentWidget()
        if focus and shown and shown is not page.panel and shown.isAncestorOf(focus):
            focus.clearFocus()

    # --- from one step to the next

    def _on_session_ready(self, session: SupportSession) -> None:
        self.show_session(session.id)

    def _on_start_wanted(self, workstation_id: int) -> None:
        self.show_new()
        self.search.start_at(workstation_id)

    def _on_change_wanted(self, session_id: int) -> None:
        self._session_id = session_id
        self.search.begin_move(session_id)
        self._bring(self.search, SESSION)

    def _on_report_queued(self, queued: QueuedReport) -> None:
        self.sending.follow(queued)
        self.leave_session(queued.session_id)

    def _on_report_refused(self, refused: RefusedReport) -> None:
        self.report.keep_problem(refused.session_id, refused.error)

    def leave_session(self, session_id: int) -> None:
        """Ask for the next call where a session's page is in front: who has gone on stays where they are."""
        if session_id == self._session_id and (self._front is self.call or self.later.is_report(self._front)):
            self.show_new()

    def _on_outbox_counted(self, count: int) -> None:
        self._shell.rail.set_count(OUTBOX, count)

    def _take_back(self) -> None:
        if self.sending.can_take_back():
            self.sending.take_back()
        else:
            self.take_back_wanted.emit()

    def _show_neighbour(self, step: int) -> None:
        found = self.strip.neighbour(step)
        if found is not None:
            self.show_session(found)

    def _focus_area(self, step: int) -> None:
        if self._front is None:
            return
        reading_order.step_areas([self._shell.rail, self._shell.strip, *self._front.areas()], step)

    def save(self) -> bool:
        """Save what is half typed; return whether every note of a call is on the disk."""
        if self._front is not None:
            self._front.leave()
        saved = self.call.flush()
        return self.later.flush() and saved

    def unsaved(self) -> list[str]:
        """Return the names of the pages that hold what only a person can save or discard."""
        names = [_("New customer")] if self.search.unsaved else []
        reworded = [one for one in self.strip.sessions if self.later.holds_own_words(one.id)]
        names += [_("Report to %(customer)s") % {"customer": one.customer_name} for one in reworded]
        return [*names, *self.memory.unsaved(), *self.later.unsaved()]

    def close(self) -> None:
        """Save what is half typed and let a running attempt to send come to its end."""
        self.save()
        self.later.close()
        self.memory.close()
        self.dispatcher.close()
