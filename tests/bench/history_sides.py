"""The list of the history in a process of its own, at the word of its parent: the program's, or Qt's own.

`python -m tests.bench.history_sides ours|plain DESK [URL]`: of a folder, or of a server; each line on
standard input is a command, answered by a figure: `show NAME`, `page`, `back` and `end` by milliseconds until
it is painted, `memory` by megabytes.
"""
# ruff: noqa: T201 (it tells by printing)

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from laverma_desk.domain.history import HistoryFilter
from laverma_desk.domain.server_address import parse_address
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk
from laverma_desk.storage import history as stored
from laverma_desk.storage import history_rows
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.store import Store
from laverma_desk.ui import theme
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.history.overview_loader import Loaded
from laverma_desk.ui.history.shown_rows import ShownRows
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.row_view import ROW
from tests.bench.large_server_desk import opened_at
from tests.bench.statements import to_read

FILTERS = {
    "nothing": HistoryFilter(date(2017, 1, 1), date(2017, 1, 1)),
    "all": HistoryFilter(None, None),
    "month": HistoryFilter(date(2021, 3, 1), date(2021, 3, 31)),
    "customer": HistoryFilter(None, None, customer_id=1),
    "text": HistoryFilter(None, None, text="treiber"),
}


class Painted(QObject):
    """Waits until a view has been painted after something was true."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._ready: Callable[[], bool] = bool
        self._loop = QEventLoop(self)
        self._waits = False
        view.viewport().installEventFilter(self)

    def after(self, act: Callable[[], object], ready: Callable[[], bool]) -> float:
        """Return the milliseconds from an act to the end of the first painting of what is ready then."""
        self._ready, self._waits = ready, True
        began = time.perf_counter()
        act()
        self._loop.exec()
        return (time.perf_counter() - began) * 1000

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Leave once the painting that is under way has come to its end."""
        if event.type() == QEvent.Type.Paint and self._waits and self._ready():
            self._waits = False
            QTimer.singleShot(0, self._loop, self._loop.quit)
        return False


class Side(Protocol):
    """A list of sessions in a window."""

    view: QAbstractItemView

    def show(self, name: str) -> None:
        """Ask for the sessions of a filter."""

    def ready(self) -> bool:
        """Return whether the newest of them are in the list."""

    def settle(self) -> None:
        """Wait until nothing more comes."""

    def go_to_end(self) -> None:
        """Bring the oldest session into sight."""


class Ours(QObject):
    """The page's own table with its model, fed by the services."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._background = Background(self)
        self._shown = ShownRows(Surroundings(desk, self._background, ChangeBus(self)), self)
        self._shown.counted.connect(self._on_shown_counted)
        self._wanted, self._there, self._whole = "", "", True
        panel = self._shown.panel
        panel.resize(1280, 768)
        panel.show_empty("", resettable=False)
        panel.show()
        self.view = panel.table.rows

    def show(self, name: str) -> None:
        self._wanted, self._there, self._whole = name, "", False
        self._shown.count(FILTERS[name])

    def _on_shown_counted(self, loaded: Loaded) -> None:
        self._there, self._whole = self._wanted, loaded.whole
        self.view.viewport().update()

    def ready(self) -> bool:
        return self._there == self._wanted

    def settle(self) -> None:
        while self._background.busy or not self._whole:
            QTest.qWait(5)

    def go_to_end(self) -> None:
        QTest.keyClick(self.view, Qt.Key.Key_End)

    def close(self) -> None:
        self._background.close()


class Plain:
    """A table on Qt's own model of a query, with the same rows, columns and heights."""

    def __init__(self, desk: Desk) -> None:
        self._sql = _queries(desk)
        self._database = _of_qt(desk.database)
        assert self._database.open(), self._database.lastError().text()
        self.view = QTableView()
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setMinimumSectionSize(ROW)
        self.view.verticalHeader().setDefaultSectionSize(ROW)
        self.view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.setWordWrap(False)
        self._model = QSqlQueryModel()
        self.view.setModel(self._model)
        self.view.resize(1280, 768)
        self.view.show()

    def show(self, name: str) -> None:
        self._model.setQuery(self._sql[name], self._database)
        assert not self._model.lastError().isValid(), self._model.lastError().text()
        self.view.setCurrentIndex(self._model.index(0, 0))
        self.view.viewport().update()

    def ready(self) -> bool:
        return True

    def settle(self) -> None:
        QTest.qWait(1)

    def go_to_end(self) -> None:
        while self._model.canFetchMore():
            self._model.fetchMore()
        self.view.setCurrentIndex(self._model.index(self._model.rowCount() - 1, 0))
        self.view.viewport().update()

    def close(self) -> None:
        self._database.close()


def _of_qt(store: Store) -> QSqlDatabase:
    if not isinstance(store, Server):
        database = QSqlDatabase.addDatabase("QSQLITE")
        database.setDatabaseName(str(store.engine.url.database))
        database.setConnectOptions("QSQLITE_OPEN_READONLY")
        return database
    database = QSqlDatabase.addDatabase("QPSQL")
    database.setHostName(store.address.host)
    database.setPort(store.address.port)
    database.setUserName(store.address.user)
    database.setDatabaseName(store.address.database)
    return database


def _queries(desk: Desk) -> dict[str, str]:
    """Return the SQL of the list's rows for each filter, every value written out."""
    found = {}
    with desk.database.read() as connection:
        for name, wanted in FILTERS.items():
            statement = history_rows.list_statement(stored.conditions(connection, wanted)).written_out()
            words = str(statement.compile(connection, compile_kwargs={"literal_binds": True}))
            # To psycopg a sign of percent is the mark of a parameter; Qt hands the words on as they are.
            found[name] = words.replace("%%", "%") if desk.database.shared else words
    return found


def main() -> None:
    """Answer until the input ends."""
    app = QApplication([])
    theme.apply(app, "light")
    data, *server = DataDir(Path(sys.argv[2])), *sys.argv[3:]
    desk = opened_at(parse_address(server[0]), data.root) if server else to_read(data)
    side: Any = (Ours if sys.argv[1] == "ours" else Plain)(desk)
    painted = Painted(side.view)
    side.show("nothing")
    side.settle()
    for line in sys.stdin:
        command, *rest = line.split()
        print(_answer(side, painted, command, *rest), flush=True)
        side.settle()
    side.close()
    desk.close()


def _answer(side: Side, painted: Painted, command: str, name: str = "") -> float:
    if command == "show":
        return painted.after(lambda: side.show(name), side.ready)
    if command == "page":
        return painted.after(lambda: QTest.keyClick(side.view, Qt.Key.Key_PageDown), side.ready)
    if command == "back":
        return painted.after(lambda: QTest.keyClick(side.view, Qt.Key.Key_PageUp), side.ready)
    if command == "end":
        return painted.after(side.go_to_end, side.ready)
    gc.collect()
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(one.split()[1]) for one in lines if one.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main()
