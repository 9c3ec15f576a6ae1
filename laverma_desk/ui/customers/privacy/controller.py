"""The place of data protection: whose it is and who is locked; access and erasure have hands of their own."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers.customer_record import read_record
from laverma_desk.ui import reading_order
from laverma_desk.ui.customers.privacy.archive_making import ArchiveMaking
from laverma_desk.ui.customers.privacy.erasing import Erasing
from laverma_desk.ui.customers.privacy.panel import PrivacyPanel
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


class PrivacyController(QObject):
    """Shows one customer's place. Emits `closed` when somebody wants to go back."""

    closed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build the panel, empty."""
        super().__init__(parent)
        self._desk = surroundings.desk
        self._panel = PrivacyPanel()
        self.archive = ArchiveMaking(surroundings, self._panel.access, self)
        self._erasing = Erasing(surroundings, self._panel, self)
        self._customer_id = 0
        self._panel.locked.opened.connect(self.begin)
        self._erasing.erased.connect(self._show)
        surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def panel(self) -> QWidget:
        """Return the panel."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do while this place is in front."""
        return {"Escape": self.closed.emit}

    @Slot(int)
    def begin(self, customer_id: int) -> None:
        """Show the place of a customer, locked ones too."""
        self._customer_id = customer_id
        self.archive.begin(customer_id)
        self._panel.erasure.clear()
        self._show()
        self._panel.verticalScrollBar().setValue(0)
        self._panel.access.whom.setFocus()

    def begin_locked(self) -> None:
        """Show who is locked, of whomever a record may be in front."""
        self._customer_id = 0
        self._show()
        reading_order.enter(self._panel.locked)

    def _show(self) -> None:
        for card in (self._panel.access, self._panel.erasure):
            card.setVisible(bool(self._customer_id))
        self._erasing.show_locked(always=not self._customer_id)
        if not self._customer_id:
            self._panel.show_title(_("Data protection"), "")
            return
        record = read_record(self._desk, self._customer_id)
        one = record.customer
        self._panel.show_title(_("Data protection"), f"{one.number} {one.name}")
        people = [(one.id, one.name) for one in record.contacts]
        self._panel.access.show_people(_("The whole practice"), people)
        self._erasing.show_preview(self._customer_id)

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if self._panel.isVisible() and topics - {Topic.HOUSE}:
            self._show()
