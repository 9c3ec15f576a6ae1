"""The places behind a record: merging, data protection, files; each made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.agreements.expiry import ExpiryPage
from laverma_desk.ui.customers.exchange.controller import ExchangeController
from laverma_desk.ui.customers.merge.controller import MergeController
from laverma_desk.ui.customers.privacy.controller import PrivacyController
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


class _Place(Protocol):
    @property
    def panel(self) -> QWidget: ...

    def keys(self) -> KeyMap: ...


class _Host(Protocol):
    @property
    def customer_id(self) -> int: ...

    def add_action(self, words: str, slot: Callable[[], object], *, always: bool = False) -> None: ...

    def show_panel(self, widget: QWidget, keys: Callable[[], KeyMap] | None = None) -> None: ...

    def show_above(self, widget: QWidget) -> None: ...

    def close_panel(self) -> None: ...


class Places(QObject):
    """Hangs its entries on the page.

    Emits `merged(row's number)` with the record that goes on, `customer_chosen(row's number)` for one
    that was opened from the list of agreements, and `settings_wanted(page)`.
    """

    merged = Signal(int)
    customer_chosen = Signal(int)
    settings_wanted = Signal(str)

    def __init__(self, surroundings: Surroundings, host: _Host, parent: QObject) -> None:
        """Add the entries."""
        super().__init__(parent)
        self._surroundings, self._host = surroundings, host
        self._merge: MergeController | None = None
        self._privacy: PrivacyController | None = None
        self._exchange: ExchangeController | None = None
        self._expiry: ExpiryPage | None = None
        host.add_action(_("DPA hints …"), self.show_hints, always=True)
        host.add_action(_("Merge …"), self.show_merge)
        host.add_action(_("Data protection …"), self.show_privacy, always=True)
        host.add_action(_("Locked records …"), self.show_locked, always=True)
        host.add_action(_("Import customers …"), self.show_import, always=True)
        host.add_action(_("Export customers …"), self.export, always=True)
        host.add_action(_("Export with archived ones …"), self.export_all, always=True)

    @Slot()
    def show_merge(self) -> None:
        """Look for the record that is the same practice."""
        if not self._host.customer_id:
            return
        if self._merge is None:
            self._merge = MergeController(self._surroundings, self)
            self._merge.closed.connect(self._on_closed)
            self._merge.merged.connect(self.merged)
        self._merge.begin(self._host.customer_id)
        self._show(self._merge)

    @Slot()
    def show_privacy(self) -> None:
        """Show what data protection can ask for."""
        if self._host.customer_id:
            privacy = self._data_protection()
            privacy.begin(self._host.customer_id)
            self._show(privacy)

    @Slot()
    def show_locked(self) -> None:
        """Show whose data are kept only because the law needs them."""
        privacy = self._data_protection()
        privacy.begin_locked()
        self._show(privacy)

    def _data_protection(self) -> PrivacyController:
        if self._privacy is None:
            self._privacy = PrivacyController(self._surroundings, self)
            self._privacy.closed.connect(self._on_closed)
        return self._privacy

    @Slot()
    def show_hints(self) -> None:
        """List who needs an agreement."""
        if self._expiry is None:
            self._expiry = ExpiryPage(self._surroundings, self, guest=True)
            self._expiry.back_wanted.connect(self._on_closed)
            self._expiry.customer_chosen.connect(self._on_expiry_customer_chosen)
            self._expiry.settings_wanted.connect(self.settings_wanted)
        self._show(self._expiry)
        self._expiry.activate()

    @Slot()
    def show_import(self) -> None:
        """Bring customers in from a file."""
        exchange = self._files()
        exchange.begin_import()
        self._host.show_panel(exchange.import_panel, exchange.keys)

    @Slot()
    def export(self) -> None:
        """Write all customers in use into a file."""
        self._files().begin_export()

    @Slot()
    def export_all(self) -> None:
        """Write all customers into a file."""
        self._files().begin_full_export()

    def _files(self) -> ExchangeController:
        if self._exchange is None:
            self._exchange = ExchangeController(self._surroundings, self)
            self._exchange.closed.connect(self._on_closed)
            self._host.show_above(self._exchange.export_bar)
        return self._exchange

    def _show(self, place: _Place) -> None:
        self._host.show_panel(place.panel, place.keys)

    @Slot()
    def _on_closed(self) -> None:
        self._host.close_panel()

    @Slot(int)
    def _on_expiry_customer_chosen(self, customer_id: int) -> None:
        self._host.close_panel()
        self.customer_chosen.emit(customer_id)
