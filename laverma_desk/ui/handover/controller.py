"""The page that hands over, beside the figures it is about."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.clock import local_day
from laverma_desk.services.changes import Topic
from laverma_desk.services.datev.settings import bookkeeping
from laverma_desk.ui.handover.audit_controller import AuditController
from laverma_desk.ui.handover.datev_controller import DatevController
from laverma_desk.ui.handover.panel import HandoverPanel
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings

AUDIT = "gdpdu"
"""The kind of handover whose card is the second one."""

_CONCERNED = frozenset({Topic.HOUSE, Topic.CUSTOMERS, Topic.INVOICES})


class HandoverController(QObject):
    """Emits `left` when somebody goes back to the figures, and the ways to what has to be mended."""

    left = Signal()
    settings_wanted = Signal(str)
    customer_wanted = Signal(int)
    invoice_wanted = Signal(str)

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Make the page; it is filled when it comes to the front."""
        super().__init__(parent)
        self._desk = surroundings.desk
        self._panel = HandoverPanel()
        self._in_front = False
        self._wanted: bool | None = None
        self.datev = DatevController(surroundings, self._panel.datev, self)
        self.audit = AuditController(surroundings, self._panel.audit, self)
        self._panel.head.left.connect(self.left)
        self.datev.settings_wanted.connect(self.settings_wanted)
        self.datev.customer_wanted.connect(self.customer_wanted)
        self.datev.invoice_wanted.connect(self.invoice_wanted)
        surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def panel(self) -> HandoverPanel:
        """Return the page."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return the keys of the card with the focus, the tax adviser's where none has it."""
        return {
            "Alt+Z": self._open_period,
            "Alt+D": self.datev.assign,
            "Ctrl+Return": self._export,
            "Escape": self.left.emit,
        }

    def show(self, kind: str) -> None:
        """Let the card of a kind ("datev" or "gdpdu") have the focus when the page comes to the front."""
        self._wanted = kind == AUDIT

    def activate(self) -> None:
        """Look anew, for a command may have changed something too; named periods go along with the days."""
        self._in_front = True
        self._show_settings()
        self.datev.reload()
        self._panel.focus_card(audit=bool(self._wanted))
        self._wanted = None

    def leave(self) -> None:
        """Be hidden; an export goes on, nobody waits for a preview."""
        self._in_front = False
        self._wanted = self._panel.in_audit()
        self.datev.stop()

    def areas(self) -> list[QWidget]:
        """Return the parts that F6 steps through."""
        return [self._panel.datev, self._panel.audit, self._panel.head]

    def _open_period(self) -> None:
        (self._panel.audit if self._panel.in_audit() else self._panel.datev).period.open_popup()

    def _export(self) -> None:
        if self._panel.in_audit():
            self.audit.export()
        else:
            self.datev.export()

    def _show_settings(self) -> None:
        settings = bookkeeping(self._desk)
        today = local_day(self._desk.clock.now())
        self.datev.show_settings(settings)
        for card in (self._panel.datev, self._panel.audit):
            card.period.show_today(today, settings.fiscal_month)

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if self._in_front and topics & _CONCERNED:
            self._show_settings()
            self.datev.reload()
