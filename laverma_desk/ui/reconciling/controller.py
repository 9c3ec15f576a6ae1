"""The page that compares sessions with a tool's log: what is open, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.log_table import TablePreview
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.changes import Topic
from laverma_desk.services.desk import Desk
from laverma_desk.services.reconciling.matching import match_again
from laverma_desk.services.reconciling.overview import matched_rows, overview
from laverma_desk.services.reconciling.records import MatchedGroup, Overview, Reading
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.reconciling.content import Content
from laverma_desk.ui.reconciling.deciding import Deciding
from laverma_desk.ui.reconciling.file_reading import FileReading
from laverma_desk.ui.reconciling.mapping_panel import MappingPanel
from laverma_desk.ui.reconciling.panel import ReconcilingPanel
from laverma_desk.ui.reconciling.rows import Act, Kind, Line, RowKey, Section
from laverma_desk.ui.surroundings import Surroundings

_CONCERNED = frozenset({Topic.CONNECTIONS, Topic.SESSIONS, Topic.CUSTOMERS})


@dataclass(frozen=True)
class _Loaded:
    overview: Overview
    matched: tuple[MatchedGroup, ...] | None


def _load(desk: Desk, *, with_matched: bool) -> _Loaded:
    match_again(desk)  # sessions may have ended, or been recorded, since the file was read
    return _Loaded(overview(desk), matched_rows(desk) if with_matched else None)


class ReconcilingController(QObject):
    """Emits `left` when somebody goes back to the history, and `attended(bool)` when it comes and goes."""

    left = Signal()
    attended = Signal(bool)

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Make the page; it is filled when it comes to the front."""
        super().__init__(parent)
        self._desk = surroundings.desk
        self._panel = ReconcilingPanel()
        self._content = Content()
        self._rows: list[Line] = []
        self._mapping: MappingPanel | None = None
        self._table_file = Path()
        self._in_front = False
        self._stale = True
        self._loader = LatestRead(surroundings, self)
        self.deciding = Deciding(surroundings, self._panel, self._content, self)
        self.reading = FileReading(surroundings, self._panel, self)
        self._connect(surroundings)

    def _connect(self, surroundings: Surroundings) -> None:
        panel = self._panel
        panel.title.left.connect(self.leave_page)
        panel.title.other_wanted.connect(self.reading.ask)
        panel.title.again_wanted.connect(self.reading.again)
        panel.choose.clicked.connect(self.reading.ask)
        panel.file.unreadable_wanted.connect(self._on_unreadable_wanted)
        panel.table.act_wanted.connect(self._on_act_wanted)
        panel.table.chosen.connect(self._on_row_chosen)
        self.reading.read.connect(self._on_file_read)
        self.reading.mapping_wanted.connect(self._on_mapping_wanted)
        self.reading.failed.connect(self._on_failed)
        self._loader.loaded.connect(self._on_loaded)
        self._loader.failed.connect(self._on_failed)
        self._loader.slow.connect(self._on_loader_slow)
        self.deciding.decided.connect(self._show)
        surroundings.bus.changed.connect(self._on_bus_changed)

    # --- what the window asks for

    @property
    def panel(self) -> QWidget:
        """Return the page."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return the keys of the table, or of the form that asks what columns mean."""
        if not self._panel.shows_list() and self._mapping is not None:
            return {"Ctrl+Return": self._mapping.accept, "Escape": self._close_mapping}
        return {
            "Escape": self.leave_page,
            "Ctrl+K": self._panel.table.assign,
            "Ctrl+T": self._panel.table.part,
            "Ctrl+Z": self.deciding.take_back_latest,
        }

    def activate(self) -> None:
        """Read what may have changed and put the focus where one walks through the connections."""
        self._in_front = True
        self.attended.emit(True)
        if self._stale:
            self.reload()
        if self._panel.shows_list():
            self._panel.focus_table()
        elif self._mapping is not None:
            self._mapping.take_focus()

    def leave(self) -> None:
        """Be hidden; what is unfolded and was decided stays in sight."""
        self._in_front = False
        self.attended.emit(False)

    def areas(self) -> list[QWidget]:
        """Return the parts that F6 steps through."""
        if not self._panel.shows_list() and self._mapping is not None:
            return [self._mapping]
        return [self._panel.table, self._panel.title]

    def leave_page(self) -> None:
        """Go back to the history; the next visit begins anew, decided rows are where they belong."""
        self.deciding.forget()
        self._panel.tell("")
        self._stale = True
        self.left.emit()

    def reload(self) -> None:
        """Read anew; the old rows stay until then."""
        self._stale = False
        with_matched = self._content.is_unfolded(Section.MATCHED)
        self._loader.start(partial(_load, self._desk, with_matched=with_matched))

    # --- rows

    def _on_loaded(self, loaded: _Loaded) -> None:
        first, blank = not self._rows, self._content.overview is None
        self._content.take(loaded.overview, loaded.matched)
        self._panel.show_overview(loaded.overview)
        self._show()
        if first and self._rows:
            self._panel.table.choose(self._content.first_open())
        if (blank or (first and self._rows)) and self._in_front and self._panel.shows_list():
            # What had the focus may have gone meanwhile: "Loading …" hides the table.
            self._panel.focus_table()

    def _on_loader_slow(self) -> None:
        if self._content.overview is None:
            self._panel.show_empty(_("Loading …"), choosable=False)

    def _show(self) -> None:
        """Show the rows; where the chosen one is gone, the next that asks for a decision is chosen."""
        table, before = self._panel.table, self._rows
        current = table.current()
        self._rows = rows = self._content.rows()
        if current and all(row.number != current for row in rows):
            current = self._content.next_asking(before, current, rows)
        table.show_rows(rows, current)

    def _on_row_chosen(self, _number: int) -> None:
        self._panel.foot.show_keys(self._panel.table.chosen_row())

    def _on_act_wanted(self, key: RowKey, act: Act) -> None:
        if act is Act.FOLD:
            self._fold(Section(key.id))
            return
        self._panel.table.choose(key.number)
        if act is Act.IGNORE_OLDER:
            self.deciding.ask_for_older()
            return
        subject = self._content.subject(key)
        if subject is not None:
            self.deciding.act(act, subject)

    def _fold(self, section: Section) -> None:
        unfolded = not self._content.is_unfolded(section)
        self._content.fold(section, unfolded=unfolded)
        if section is Section.MATCHED and unfolded:
            self.reload()
        self._show()
        if unfolded:
            self._panel.table.reveal_below()

    def _on_unreadable_wanted(self) -> None:
        self._content.fold(Section.UNREADABLE, unfolded=True)
        self._show()
        table = self._panel.table
        table.choose(self._rows[-1].number)
        table.rows.scrollToBottom()
        table.choose(RowKey(Kind.GROUP, Section.UNREADABLE).number)
        self._panel.focus_table()

    # --- files

    def _on_file_read(self, reading: Reading) -> None:
        self._close_mapping()
        self._panel.tell(_came_of(reading), icon="check-circle")
        self._panel.focus_table()

    def _on_mapping_wanted(self, file: Path, preview: TablePreview) -> None:
        if self._mapping is None:
            self._mapping = made = MappingPanel(self._panel)
            made.left.connect(self._close_mapping)
            made.accepted.connect(self._on_mapping_accepted)
            self._panel.addWidget(made)
        self._table_file = file
        self._mapping.show_table(file.name, preview)
        self._panel.setCurrentWidget(self._mapping)
        self._mapping.take_focus()

    def _on_mapping_accepted(self) -> None:
        if self._mapping is not None:
            self.reading.read_file(self._table_file, self._mapping.mapping())

    def _close_mapping(self) -> None:
        if not self._panel.shows_list():
            self._panel.show_list()
            self._panel.focus_table()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._close_mapping()
        if self._content.overview is None:
            self._panel.show_empty(_("No log has been read yet."))
        self._panel.tell(_without_path(error), tone="red", icon="warning")

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if not topics & _CONCERNED:
            return
        self._stale = True
        if self._in_front:
            self.reload()


def _without_path(error: DeskError) -> str:
    """Return what went wrong; a file is called by its name, wherever it lies."""
    file = error.parameters.get("file")
    if not file:
        return explain(error)
    return explain(type(error)(error.code, **error.parameters | {"file": Path(str(file)).name}))


def _came_of(reading: Reading) -> str:
    """Return what came of reading a file, in one sentence."""
    if not reading.new and not reading.updated:
        return _("%(file)s was read again: nothing new.") % {"file": reading.file_name}
    new = ngettext("%(n)s new connection", "%(n)s new connections", reading.new) % {
        "n": text.number(reading.new)
    }
    return _("%(file)s was read: %(new)s, %(open)s without a session.") % {
        "file": reading.file_name,
        "new": new,
        "open": text.number(reading.open),
    }
