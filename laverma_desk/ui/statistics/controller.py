"""The page of figures: which ones are shown, and where a bar leads."""

from __future__ import annotations

import threading
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Topic
from laverma_desk.services.statistics.files import KINDS
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.background import Lane
from laverma_desk.ui.file_export import FileExport
from laverma_desk.ui.history.wish import Wish, customer_choices
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.statistics.chart_card import Chosen
from laverma_desk.ui.statistics.export import export_wish
from laverma_desk.ui.statistics.figures_read import Loaded, load
from laverma_desk.ui.statistics.panel import StatisticsPanel
from laverma_desk.ui.statistics.reading import PageReading
from laverma_desk.ui.statistics.wanted import filter_of, moved_on, usual_wish
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.choice_popup import Choice

_CONCERNED = frozenset({Topic.SESSIONS, Topic.CUSTOMERS, Topic.HOUSE})


class StatisticsController(QObject):
    """Emits `sessions_wanted(Wish)` for the history of what a bar stands for.

    Also `handover_wanted("datev" or "gdpdu")` and `audit_wanted` for the pages that hand over and check.
    """

    sessions_wanted = Signal(object)
    handover_wanted = Signal(str)
    audit_wanted = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Make the page; it is filled when it comes to the front."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = StatisticsPanel()
        self._day = self._today()
        self._wish = usual_wish(self._day)
        self._wanted = filter_of(self._wish, self._day)
        self._shown: PageReading | None = None
        self._in_front, self._stale, self._failed = False, True, False
        self._asked = False
        self._stop = threading.Event()
        self._read = LatestRead(surroundings, self, Lane.LONG)
        self.exports = FileExport(surroundings, self._panel, self._panel.progress, self._panel.notice, self)
        self._connect()
        self._panel.head.show_wish(self._wish, self._day)

    def _connect(self) -> None:
        panel = self._panel
        panel.head.wish_changed.connect(self._on_wish_changed)
        panel.head.customers_wanted.connect(self._on_customers_wanted)
        panel.head.export_wanted.connect(self._on_export_wanted)
        panel.reset_wanted.connect(self.reset)
        panel.chosen.connect(self._on_chosen)
        panel.handover.handover_wanted.connect(self.handover_wanted)
        panel.handover.audit_wanted.connect(self.audit_wanted)
        self._read.loaded.connect(self._on_read_loaded)
        self._read.failed.connect(self._on_failed)
        self._read.slow.connect(self._on_read_slow)
        self._surroundings.bus.changed.connect(self._on_bus_changed)
        self._surroundings.background.closing.connect(self._stop_reading)

    # --- what the window asks for

    @property
    def panel(self) -> StatisticsPanel:
        """Return the page."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return the keys of the filters and of the export."""
        return {
            "Alt+Z": self._panel.head.open_period,
            "Alt+K": self._on_customers_wanted,
            "Alt+U": self._panel.head.open_supporters,
            "Alt+E": self._panel.head.export.open_menu,
            "Escape": self._panel.focus_filters,
        }

    def activate(self) -> None:
        """Read what may have changed; a period with a name goes along with the days."""
        self._in_front = True
        today = self._today()
        if today != self._day:
            self._wish, self._day = moved_on(self._wish, self._day, today), today
            self._panel.head.show_wish(self._wish, today)
            self._stale = True
        if self._stale:
            self.reload()
        self._panel.focus_filters()

    def leave(self) -> None:
        """Be hidden; filters and tables stay as they are, but nobody waits for figures any more."""
        self._in_front = False
        if self._read.running:
            self._stale = True
            self._stop_reading()
            self._read.stop()
            self._panel.head.loading.hide()

    def areas(self) -> list[QWidget]:
        """Return the parts that F6 steps through."""
        return [self._panel.area, self._panel.head]

    def reset(self) -> None:
        """Take every filter back to what the page began with."""
        self._wish = usual_wish(self._day)
        self._panel.head.show_wish(self._wish, self._day)
        self._asked = True
        self.reload()

    def reload(self) -> None:
        """Read the figures anew; the old ones stay until then."""
        self._stop_reading()
        self._stop, self._stale = threading.Event(), False
        self._wanted = filter_of(self._wish, self._day)
        self._read.start(partial(load, self._desk, self._wish, self._day, self._stop.is_set))

    def _stop_reading(self) -> None:
        self._stop.set()

    def _today(self) -> date:
        return local_day(self._desk.clock.now())

    # --- filters

    def _on_wish_changed(self, wish: Wish) -> None:
        self._panel.notice.clear()
        self._wish, self._asked = wish, True
        self.reload()

    def _on_customers_wanted(self) -> None:
        work = partial(customer_choices, self._desk)
        self._surroundings.background.run(self, work, self._on_customers_read, self._on_failed)

    def _on_customers_read(self, customers: list[Choice]) -> None:
        if self._in_front:
            self._panel.head.open_customers(customers)

    def _on_export_wanted(self, wanted: str) -> None:
        kind = next(one for one in KINDS if one == wanted)
        self.exports.ask(export_wish(self._desk, self._wanted, kind))

    # --- figures

    def _on_read_loaded(self, loaded: Loaded | None) -> None:
        if loaded is None:
            return
        self._panel.head.loading.hide()
        if self._failed:
            self._failed = False
            self._panel.notice.clear()
        self._panel.head.show_supporters(loaded.supporters, wanted=loaded.per_supporter)
        self._wanted, self._shown = loaded.wanted, loaded.page
        if loaded.page is None:
            resettable = self._wish != usual_wish(self._day)
            self._panel.show_sentence(_("No data for this period yet."), resettable=resettable)
        else:
            self._panel.show_page(loaded.page)
        if self._asked:
            # Somebody has just asked for it: the first figure says whether that was what they meant.
            announce(self._panel, self._panel.sentence() or self._panel.figures[0].accessibleName())
        self._asked = False

    def _on_read_slow(self) -> None:
        if self._shown is None:
            self._panel.show_sentence(_("Loading …"), resettable=False)
        else:
            self._panel.head.loading.show()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._failed = self._stale = True
        self._panel.head.loading.hide()
        if self._shown is None:
            self._panel.show_nothing()
        self._panel.notice.show_notice(explain(error), icon="warning", tone="red")

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if not topics & _CONCERNED:
            return
        self._stale = True
        if self._in_front:
            self.reload()

    def _on_chosen(self, chosen: Chosen) -> None:
        card = self._shown.cards.get(chosen.card) if self._shown is not None else None
        if card is None:
            return
        ways = card.row_ways if chosen.in_table else card.ways
        if chosen.place < len(ways):
            self.sessions_wanted.emit(ways[chosen.place])
