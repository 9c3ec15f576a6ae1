"""Reads a list and how much stands in each tab, beside everything else; only the latest one counts."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import DraftRow, drafts
from laverma_desk.services.invoicing.open_sessions import OpenCustomer, open_customers
from laverma_desk.services.invoicing.register import InvoiceCounts, InvoiceRow, InvoiceTab, counts, invoices
from laverma_desk.ui.invoices.paper_panel import LOADING_AFTER
from laverma_desk.ui.invoices.rows import Tab
from laverma_desk.ui.surroundings import Surroundings


@dataclass(frozen=True)
class Wanted:
    """Which list: the tab, the last day that is billed, and what is searched in issued ones."""

    tab: Tab
    until: date
    text: str = ""


@dataclass(frozen=True)
class Loaded:
    """A list as it was read; the rows of the other two kinds are empty."""

    wanted: Wanted
    counts: InvoiceCounts
    turn: int
    customers: tuple[OpenCustomer, ...] = ()
    drafts: tuple[DraftRow, ...] = ()
    invoices: tuple[InvoiceRow, ...] = ()


class ListLoader(QObject):
    """Emits `loaded(Loaded)` or `failed(Exception)` for the latest start, `slow` after 300 ms."""

    loaded = Signal(object)
    failed = Signal(object)
    slow = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Be at rest."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._turn = 0
        self._future: Future[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOADING_AFTER)
        self._timer.timeout.connect(self.slow)

    def start(self, wanted: Wanted) -> None:
        """Read a list; what an earlier start brings is dropped."""
        self._turn += 1
        if self._future is not None:
            self._future.cancel()
        if not self._timer.isActive():
            self._timer.start()
        work = partial(_loaded, self._surroundings.desk, wanted, self._turn)
        self._future = self._surroundings.background.run(self, work, self._on_loaded, self._on_failed)

    def _on_loaded(self, loaded: Loaded) -> None:
        if loaded.turn == self._turn:
            self._timer.stop()
            self.loaded.emit(loaded)

    def _on_failed(self, error: Exception) -> None:
        self._timer.stop()
        self.failed.emit(error)


def _loaded(desk: Desk, wanted: Wanted, turn: int) -> Loaded:
    found = counts(desk, wanted.until)
    if wanted.tab is Tab.OPEN:
        return Loaded(wanted, found, turn, customers=open_customers(desk, wanted.until))
    if wanted.tab is Tab.DRAFTS:
        return Loaded(wanted, found, turn, drafts=drafts(desk))
    rows = invoices(desk, InvoiceTab(wanted.tab.value), wanted.text)
    return Loaded(wanted, found, turn, invoices=rows)
