"""The page "Prüfung": what is in front, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.services.changes import Topic
from laverma_desk.ui.audit.chain_controller import ChainController
from laverma_desk.ui.audit.change_model import ChangeModel
from laverma_desk.ui.audit.changes_controller import ChangesController, change_lines
from laverma_desk.ui.audit.exports import draft_wish
from laverma_desk.ui.audit.panel import AuditPanel
from laverma_desk.ui.audit.parts import Part
from laverma_desk.ui.file_export import ExportWish, FileExport
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings

_CONCERNED = frozenset({Topic.HOUSE, Topic.SESSIONS, Topic.CUSTOMERS, Topic.INVOICES})


class AuditController(QObject):
    """Emits `left` for the figures, and `locked_wanted` for the records that are only kept for the law."""

    left = Signal()
    locked_wanted = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Make the page; it is filled when it comes to the front."""
        super().__init__(parent)
        self._desk = surroundings.desk
        self._in_front = False
        self._draft = b""
        model = ChangeModel(partial(change_lines, self._desk), self)
        self._panel = panel = AuditPanel(model)
        self.exports = FileExport(surroundings, panel, panel.progress, panel.notice, self)
        self.chain = ChainController(surroundings, panel.chain, panel.notice, self.exports, self)
        self.changes = ChangesController(surroundings, panel.changes, model, self.exports, self)
        panel.head.left.connect(self.left)
        panel.head.part_chosen.connect(self._on_part_chosen)
        panel.foot.locked_wanted.connect(self.locked_wanted)
        panel.procedures.draft_wanted.connect(self._on_draft_wanted)
        self.exports.done.connect(self._on_export_done)
        self.changes.failed.connect(self._on_failed)
        surroundings.bus.changed.connect(self._on_bus_changed)

    # --- what the window asks for

    @property
    def panel(self) -> AuditPanel:
        """Return the page."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return the keys of all parts; those of the changes do nothing while these are not in front."""
        filters = self._panel.changes.filters
        return {
            "Escape": self.left.emit,
            "Ctrl+Return": self._on_step_pressed,
            "Ctrl+F": partial(self._on_changes, filters.focus_search),
            "Alt+1": partial(self.show_part, Part.CHAIN),
            "Alt+2": partial(self.show_part, Part.CHANGES),
            "Alt+3": partial(self.show_part, Part.PROCEDURES),
            "Alt+Z": partial(self._on_changes, filters.open_period),
            "Alt+A": partial(self._on_changes, filters.open_kinds),
            "Alt+W": partial(self._on_changes, filters.open_people),
            "Alt+E": partial(self._on_changes, self.changes.export),
        }

    def activate(self) -> None:
        """Read what may have changed and put the focus where work goes on."""
        self._in_front = True
        self.chain.load()
        if self._panel.part() is Part.CHANGES:
            self.changes.activate()
        self._panel.take_focus()

    def leave(self) -> None:
        """Be hidden; a check goes on."""
        self._in_front = False
        self.changes.leave()

    def areas(self) -> list[QWidget]:
        """Return the parts that F6 steps through."""
        return self._panel.areas()

    def show_part(self, part: Part) -> None:
        """Bring a part to the front, with the focus in it."""
        self._bring(part)
        self._panel.take_focus()

    def _bring(self, part: Part) -> None:
        if part is not self._panel.part():
            self._panel.notice.clear()
        self._panel.show_part(part)
        if part is Part.CHANGES:
            self.changes.activate()
        else:
            self.changes.leave()

    def _on_part_chosen(self, part: Part) -> None:
        self._bring(part)

    def _on_changes(self, act: Callable[[], object]) -> None:
        if self._panel.part() is Part.CHANGES:
            act()

    def _on_step_pressed(self) -> None:
        if self._panel.part() is Part.CHAIN:
            self.chain.check()
        elif self._panel.part() is Part.PROCEDURES:
            self._on_draft_wanted()

    # --- the draft

    def _on_draft_wanted(self) -> None:
        self.exports.ask(draft_wish(self._desk, self._keep_draft))

    def _keep_draft(self, pdf: bytes) -> None:
        self._draft = pdf

    def _on_export_done(self, _wish: ExportWish) -> None:
        if self._draft:
            self._panel.procedures.show_paper(self._draft)
            self._draft = b""

    # --- news

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._panel.notice.show_notice(explain(error), icon="warning", tone="red")

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if topics & _CONCERNED:
            self.changes.expire()
