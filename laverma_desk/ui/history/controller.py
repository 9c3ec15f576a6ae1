"""The page of all ended sessions: which ones a filter shows, and which one is looked at."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.ui.file_export import FileExport
from laverma_desk.ui.history.detail import Action
from laverma_desk.ui.history.detail_controller import DetailController
from laverma_desk.ui.history.detail_words import Detail
from laverma_desk.ui.history.entry_forms import EntryForms
from laverma_desk.ui.history.export import export_wish
from laverma_desk.ui.history.open_connections import OpenConnections
from laverma_desk.ui.history.overview_loader import Loaded
from laverma_desk.ui.history.paper_controller import PaperController
from laverma_desk.ui.history.periods import usual_period
from laverma_desk.ui.history.shown_rows import ShownRows
from laverma_desk.ui.history.wish import Wish, customer_choices, wish_for_customer
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.choice_popup import Choice

TYPING_PAUSE = 200
"""Milliseconds without a key after which a typed search begins."""

_CONCERNED = frozenset({Topic.SESSIONS, Topic.OUTBOX, Topic.CUSTOMERS})


class HistoryController(QObject):
    """Emits `session_wanted(workstation)`, `report_queued(QueuedReport)` and `invoice_wanted(number)`.

    `reconciling_wanted` asks for the page that compares sessions with the logs of the tools.
    """

    session_wanted = Signal(int)
    report_queued = Signal(object)
    invoice_wanted = Signal(str)
    reconciling_wanted = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Make the page; it is filled when it comes to the front."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._rows = ShownRows(surroundings, self)
        self._panel = self._rows.panel
        self._wish = Wish(usual_period(self._today()))
        self._in_front = False
        self._stale = True
        self._failed = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE)
        self.details = DetailController(surroundings, self._panel.detail, self)
        self.paper = PaperController(surroundings, self._panel, self)
        panel = self._panel
        self.exports = FileExport(surroundings, panel, panel.progress, panel.notice, self)
        self.forms = EntryForms(surroundings, self._panel, self)
        self._open = OpenConnections(surroundings, panel.filters.reconcile, self)
        self._connect()
        self._panel.filters.show_wish(self._wish, self._today())

    def _connect(self) -> None:
        panel = self._panel
        panel.filters.wish_changed.connect(self._on_wish_changed)
        panel.filters.customers_wanted.connect(self._on_customers_wanted)
        panel.filters.export_wanted.connect(self._on_export_wanted)
        panel.filters.reconcile.clicked.connect(self.reconciling_wanted)
        panel.reset_wanted.connect(self.reset)
        panel.table.enter_pressed.connect(self._on_enter_pressed)
        panel.table.record_wanted.connect(self.record)
        panel.detail.columns.bill.correction_wanted.connect(self.correct)
        panel.detail.columns.bill.invoice_wanted.connect(self.invoice_wanted)
        self._typing.timeout.connect(self.reload)
        self._rows.counted.connect(self._on_rows_counted)
        self._rows.failed.connect(self._on_failed)
        self._rows.session_chosen.connect(self.details.show_row)
        self.details.session_wanted.connect(self.session_wanted)
        self.details.report_queued.connect(self.report_queued)
        self.details.report_wanted.connect(self._on_report_wanted)
        self.details.focus_wanted.connect(panel.focus_table)
        self.paper.closed.connect(panel.focus_table)
        self.forms.closed.connect(self._on_forms_closed)
        self._surroundings.bus.changed.connect(self._on_bus_changed)

    # --- what the window asks for

    @property
    def panel(self) -> QWidget:
        """Return the page."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return the keys of what is in front: the table, a report, or a form."""
        if self.forms.is_open:
            return self.forms.keys()
        if self.paper.is_open:
            return {"Ctrl+P": self.paper.print, "Escape": self.paper.close}
        return {
            "Escape": self._on_escape,
            "Ctrl+F": self._panel.filters.focus_search,
            "Ctrl+B": self.details.change_billing,
            "Alt+A": self.reconciling_wanted.emit,
            "Alt+N": self.record,
            "F2": self.correct,
        }

    def _on_escape(self) -> None:
        """Close what is unfolded below the table, else go back to the table."""
        if self._panel.detail.opened() is not None:
            self._panel.detail.close_drawer()
        else:
            self._panel.focus_table()

    def activate(self) -> None:
        """Read what may have changed and put the focus where one walks through the sessions."""
        self._in_front = True
        self._open.look(at=True)
        if self._stale:
            self.reload()
        if self._panel.shows_list():
            self._panel.focus_table()
        elif self.paper.is_open:
            self._panel.sheet.setFocus()

    def leave(self) -> None:
        """Be hidden; filters, choice and an open drawer stay as they are."""
        self._in_front = False
        self._open.look(at=False)

    def areas(self) -> list[QWidget]:
        """Return the parts that F6 steps through."""
        if self.paper.is_open:
            return [self._panel.sheet]
        if self.forms.is_open:
            return [self.forms.controller.panel]
        return [self._panel.table, self._panel.detail, self._panel.filters]

    def show_customer(self, customer_id: int) -> None:
        """Show every session of one customer; the page is brought to the front by the caller."""
        self._take(wish_for_customer(self._desk, customer_id))

    def show_wish(self, wish: Wish) -> None:
        """Show what somebody else filters by."""
        self._take(wish)

    def show_session(self, session_id: int) -> None:
        """Choose one session, with filters that show it."""
        found = timekeeping.read_session(self._desk, session_id)
        day = local_day(found.begin)
        first, last = self._wish.period
        inside = (first is None or first <= day) and (last is None or day <= last)
        period = self._wish.period if inside else (day.replace(day=1), max(day, self._today()))
        self._rows.remember(session_id, day)
        self._take(Wish(period))

    def reset(self) -> None:
        """Take every filter back to what the page began with."""
        self._take(Wish(usual_period(self._today())))

    def reload(self) -> None:
        """Count anew what the filter shows; the old rows stay until then."""
        self._typing.stop()
        self._stale = False
        self._rows.count(self._wish.filter())

    def record(self) -> None:
        """Open the form of a session that nobody stopped."""
        self.forms.record(self._wish.customer_id)

    def correct(self) -> None:
        """Open the form of the chosen session, unless an invoice bills it."""
        detail = self.details.detail
        if detail is not None and not self._panel.empty_sentence():
            self.forms.correct(detail.session.id)

    def _take(self, wish: Wish) -> None:
        self.paper.close()
        self._wish = wish
        self._panel.filters.show_wish(wish, self._today())
        self.reload()

    def _today(self) -> date:
        return local_day(self._desk.clock.now())

    # --- filters

    def _on_wish_changed(self, wish: Wish) -> None:
        self._panel.notice.clear()
        typed = wish.text != self._wish.text
        self._wish = wish
        if typed:
            self._typing.start()
        else:
            self.reload()

    def _on_customers_wanted(self) -> None:
        work = partial(customer_choices, self._desk)
        self._surroundings.background.run(self, work, self._on_customers_read, self._on_failed)

    def _on_customers_read(self, customers: list[Choice]) -> None:
        if self._in_front:
            self._panel.filters.open_customers(customers)

    def _on_export_wanted(self, kind: str) -> None:
        self.exports.ask(export_wish(self._desk, self._wish.filter(), "xlsx" if kind == "xlsx" else "csv"))

    # --- rows

    def _on_rows_counted(self, loaded: Loaded) -> None:
        if self._failed:
            self._failed = False
            self._panel.notice.clear()
        self._panel.filters.offer_supporters(loaded.supporters)
        nothing = bool(self._panel.empty_sentence())
        self._show_emptiness(empty=not loaded.overview.total.sessions)
        if (
            nothing
            and self._in_front
            and self._panel.shows_list()
            and not self._panel.filters.search.hasFocus()
        ):
            self._panel.focus_table()

    def _show_emptiness(self, *, empty: bool) -> None:
        if not empty:
            self._panel.show_empty("", resettable=False)
            return
        resettable = self._wish != Wish(usual_period(self._today()))
        self._panel.show_empty(_("No session in this period."), resettable=resettable)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._failed = True
        self._panel.notice.show_notice(explain(error), icon="warning", tone="red")

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if not topics & _CONCERNED:
            return
        self._stale = True
        if self._in_front:
            self.reload()

    # --- the chosen session

    def _on_enter_pressed(self) -> None:
        self.details.do(Action.OPEN)

    def _on_forms_closed(self, session: SupportSession | None) -> None:
        if session is not None:
            # Whoever has just written a session wants to see it, even where the filter would hide it.
            self.show_session(session.id)
        self._panel.focus_table()

    def _on_report_wanted(self, detail: Detail) -> None:
        self.paper.open(detail)
