"""The rows of the history at work: counted anew, filled on demand, and one of them chosen."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.history import HistoryFilter, HistoryOverview
from laverma_desk.i18n import _
from laverma_desk.ui.history.history_model import HistoryModel
from laverma_desk.ui.history.overview_loader import Loaded, load, load_newest, load_rest
from laverma_desk.ui.history.panel import HistoryPanel
from laverma_desk.ui.history.row_source import RowSource
from laverma_desk.ui.history.words import sum_words, sums_to_come
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.surroundings import Surroundings


class ShownRows(QObject):
    """Emits `counted(Loaded)` when other rows are shown, before one of them is chosen again.

    `session_chosen(HistoryRow or None)` follows each choice, `failed(Exception)` comes from reading.
    `panel` is the page that the rows stand in.
    """

    counted = Signal(object)
    session_chosen = Signal(object)
    failed = Signal(object)

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Make the page without rows; `count` fills it."""
        super().__init__(parent)
        self._desk = surroundings.desk
        source = RowSource(surroundings, self)
        self._model = HistoryModel(source, source)
        self.panel = HistoryPanel(self._model)
        self._loader = LatestRead(surroundings, self)
        self._overview: HistoryOverview | None = None
        self._chosen: tuple[int, date] | None = None
        self._whole = True
        self._newest: Loaded | None = None
        # The rest is counted as soon as the newest are painted: both at once would only hold each other up.
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.setInterval(0)
        self._painted.timeout.connect(self._on_painted_timeout)
        source.failed.connect(self.failed)
        self._loader.loaded.connect(self._on_loaded)
        self._loader.failed.connect(self.failed)
        self._loader.slow.connect(self._on_loader_slow)
        self.panel.table.row_chosen.connect(self._on_row_chosen)

    def count(self, wanted: HistoryFilter) -> None:
        """Count anew what a filter shows; the old rows stay until the newest of another filter are there."""
        known = self._overview is not None and self._overview.filter == wanted
        self._loader.start(partial(load if known else load_newest, self._desk, wanted))

    def remember(self, session_id: int, day: date) -> None:
        """Choose a session as soon as rows are counted that hold it."""
        self._chosen = (session_id, day)

    def _on_loaded(self, loaded: Loaded) -> None:
        if not loaded.whole and not loaded.rows:
            self._count_rest(loaded)
            return
        overview, before, table = loaded.overview, self._overview, self.panel.table
        self._overview, self._whole = overview, loaded.whole
        title = _("Net total")
        words = sum_words(title, overview.total) if loaded.whole else sums_to_come(title)
        table.sums.show_sums(words, loading=not loaded.whole)
        row = table.rows.current()
        table.show_rows(partial(self._model.show_overview, overview, loaded.rows))
        self.counted.emit(loaded)
        same = before is not None and before.filter == overview.filter
        self._choose_again(row if same else 0)
        if not loaded.whole:
            self._newest = loaded
            self._painted.start()

    def _on_painted_timeout(self) -> None:
        # Meanwhile something else may have been asked for.
        if self._newest is not None and not self._loader.running:
            self._count_rest(self._newest)
        self._newest = None

    def _count_rest(self, newest: Loaded) -> None:
        self._loader.start(partial(load_rest, self._desk, newest))

    def _choose_again(self, row: int) -> None:
        """Choose the session that was chosen, else the one in its place."""
        found = -1
        if self._chosen is not None:
            found = self._model.row_of(*self._chosen)
            if found < 0 and not self._whole:
                return  # It may be among the older ones.
        if found < 0:
            last = self._model.rowCount() - 1
            near = min(max(row, 0), last)
            found = self._model.next_session(near, 1)
            found = found if found >= 0 else self._model.next_session(last, -1)
        self.panel.table.rows.choose(found)
        self._on_row_chosen(found)

    def _on_loader_slow(self) -> None:
        if self._overview is None:
            self.panel.show_loading()
        elif self._whole and self._overview.total.sessions:
            words = sum_words(_("Net total"), self._overview.total)
            self.panel.table.sums.show_sums(words, loading=True)

    def _on_row_chosen(self, row: int) -> None:
        found = self._model.session_at(row, at_once=True)
        if found is not None:
            self._chosen = (found.id, local_day(found.begin))
        self.session_chosen.emit(found)
