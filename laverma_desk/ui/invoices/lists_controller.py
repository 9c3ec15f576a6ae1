"""The left part at work: which list is read and shown, and which row of it is chosen."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, QSignalBlocker, Qt, QTimer, Signal

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.i18n import _
from laverma_desk.ui.invoices.held_lists import HeldLists
from laverma_desk.ui.invoices.list_loader import Loaded, load
from laverma_desk.ui.invoices.list_panel import ListPanel
from laverma_desk.ui.invoices.open_content import OpenContent
from laverma_desk.ui.invoices.papers import Subject
from laverma_desk.ui.invoices.rows import Foot, Kind, Row, RowKey, Tab
from laverma_desk.ui.invoices.words import empty_sentence
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.surroundings import Surroundings

TYPING_PAUSE = 200


class ListsController(QObject):
    """Emits `subject_changed` when another row is chosen or its ticks changed, `reloaded` after news.

    `failed(Exception)` comes from reading, `missing(customer)` where a wanted customer has nothing to bill.
    `held` is what was read, with its ticks.
    """

    subject_changed = Signal()
    reloaded = Signal()
    failed = Signal(object)
    missing = Signal(int)

    def __init__(self, surroundings: Surroundings, left: ListPanel, parent: QObject) -> None:
        """Begin with what is open to bill up to the end of the month before."""
        super().__init__(parent)
        self._left = left
        today = local_day(surroundings.desk.clock.now())
        self.held = HeldLists(today.replace(day=1) - timedelta(days=1))
        self._chosen: dict[Tab, RowKey] = {}
        self._busy, self._wanted_customer, self._drafts = "", 0, 0
        self._desk = surroundings.desk
        self._loader = LatestRead(surroundings, self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE)
        left.head.show_until(self.held.until)
        self._connect()

    def _connect(self) -> None:
        left = self._left
        left.tabs.tab_chosen.connect(self.show_tab)
        left.head.all_ticked.connect(self._on_all_ticked)
        left.head.until_chosen.connect(self._on_until_chosen)
        left.head.searched.connect(self._on_searched)
        left.head.overdue_toggled.connect(self._on_overdue_toggled)
        left.list.chosen.connect(self._on_row_chosen)
        left.list.tick_wanted.connect(self.toggle)
        left.list.fold_wanted.connect(self.fold)
        self._typing.timeout.connect(self.reload)
        self._loader.loaded.connect(self._on_loaded)
        self._loader.failed.connect(self.failed)
        self._loader.slow.connect(self._on_loader_slow)

    # --- which list

    def reload(self) -> None:
        """Read the list anew; the old rows stay until then."""
        self._typing.stop()
        self._loader.start(partial(load, self._desk, self.held.wanted()))

    def show_tab(self, tab: Tab) -> None:
        """Show another list; what was read of it before is there at once."""
        self.held.tab = tab
        self._left.show_tab(tab)
        if self.held.content() is not None:
            self._show_content()
        else:
            self._left.list.show_rows((), _no_row, None)
            self._left.show_empty("")
            self._left.foot.show_foot(Foot("", ""))
        self.subject_changed.emit()
        self.reload()

    def show_row(self, tab: Tab, key: RowKey) -> None:
        """Choose a row of a list, whatever was searched so far."""
        self._chosen[tab] = key
        self._set_words("")
        self.held.forget_without(tab, key)
        if tab is Tab.ISSUED and self.held.only_overdue:
            self._left.head.overdue.setChecked(False)
        self.show_tab(tab)

    def show_customer(self, customer_id: int) -> None:
        """Choose an open customer; `missing` follows where it has nothing to bill."""
        self._wanted_customer = customer_id
        self.show_row(Tab.OPEN, RowKey(Kind.CUSTOMER, customer_id))

    def search(self, tab: Tab, words: str) -> None:
        """Show a list narrowed to words."""
        self._set_words(words)
        self.show_tab(tab)

    def _set_words(self, words: str) -> None:
        self.held.text = words
        with QSignalBlocker(self._left.head):
            self._left.head.search.setText(words)

    def set_busy(self, reason: str) -> None:
        """Block the button below the list while a job runs; an empty reason ends it."""
        self._busy = reason
        self._show_foot()

    def next_tab(self) -> None:
        """Show the list to the right."""
        self._step(1)

    def previous_tab(self) -> None:
        """Show the list to the left."""
        self._step(-1)

    def _step(self, by: int) -> None:
        tabs = list(Tab)
        self.show_tab(tabs[(tabs.index(self.held.tab) + by) % len(tabs)])

    # --- what is chosen and ticked

    def current(self) -> RowKey | None:
        """Return the chosen row."""
        return self._left.list.current()

    def subject(self) -> Subject | None:
        """Return what the right part is to show."""
        return self.held.subject(self.current())

    def toggle(self, key: RowKey) -> None:
        """Tick or untick a row."""
        if not self.held.toggle(key):
            return
        self._show_content()
        if key.kind is Kind.SESSION:
            self.subject_changed.emit()

    def toggle_all(self) -> None:
        """Tick every row, or none where all are ticked."""
        content = self.held.content()
        if content is not None:
            self._on_all_ticked(content.ticks() is not Qt.CheckState.Checked)

    def fold(self, key: RowKey) -> None:
        """Unfold a customer or fold it in; from a session the way leads to its customer."""
        head = self.held.head_of(key)
        if head is None:
            return
        if key == head:
            self.held.fold(head.id)
            self._show_content()
        else:
            self._left.list.choose(head)

    def _on_all_ticked(self, ticked: bool) -> None:
        if self.held.tick_all(ticked=ticked):
            self._show_content()

    # --- what is shown

    def _on_loaded(self, loaded: Loaded) -> None:
        self.held.take(loaded)
        found, self._drafts = loaded.counts, loaded.counts.drafts
        for tab, count in ((Tab.OPEN, found.open), (Tab.DRAFTS, found.drafts), (Tab.ISSUED, found.issued)):
            self._left.tabs.show_count(tab, text.number(count) if count else "")
        self._show_content()
        wanted, self._wanted_customer = self._wanted_customer, 0
        content = self.held.content()
        if wanted and isinstance(content, OpenContent) and content.customer(wanted) is None:
            self.missing.emit(wanted)
        self.reloaded.emit()

    def _show_content(self) -> None:
        held, content = self.held, self.held.content()
        if content is None:
            return
        self._left.list.show_rows(content.keys, content.row, self._chosen.get(held.tab))
        shown = self._left.list.current()
        if shown is not None:
            self._chosen[held.tab] = shown
        why = empty_sentence(held.tab, held.until, held.text, self._drafts, overdue=held.only_overdue)
        self._left.show_empty("" if content.keys else why)
        self._left.head.show_ticks(content.ticks(), any_row=bool(content.keys))
        self._show_foot()

    def _show_foot(self) -> None:
        content = self.held.content()
        foot = content.foot() if content is not None and content.keys else Foot("", "")
        self._left.foot.show_foot(foot)
        if self._busy:
            self._left.foot.button.set_blocked(self._busy)

    # --- news from the panel

    def _on_row_chosen(self, key: RowKey | None) -> None:
        if key is not None:
            self._chosen[self.held.tab] = key
        self.subject_changed.emit()

    def _on_until_chosen(self, day: date) -> None:
        self.held.until = day
        self.reload()

    def _on_searched(self, words: str) -> None:
        self.held.text = words
        self._typing.start()

    def _on_overdue_toggled(self, only: bool) -> None:
        self.held.only_overdue = only
        self.reload()

    def _on_loader_slow(self) -> None:
        if self.held.content() is None:
            self._left.show_empty(_("Loading …"))


def _no_row(_place: int) -> Row:
    raise IndexError
