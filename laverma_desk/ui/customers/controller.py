"""The page of the customers at work: who is found, whose record is shown, and what keys do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers.customer_record import record_history
from laverma_desk.ui import reading_order
from laverma_desk.ui.customers.change_words import change_line
from laverma_desk.ui.customers.more_menu import MoreMenu
from laverma_desk.ui.customers.new_controller import NewCustomerController
from laverma_desk.ui.customers.panel import CustomersPanel
from laverma_desk.ui.customers.places import Places
from laverma_desk.ui.customers.record_controller import RecordController
from laverma_desk.ui.customers.register_controller import RegisterController
from laverma_desk.ui.customers.typed_store import TypedStore
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


class CustomersController(QObject):
    """Emits `start_wanted(workstation)`, `history_wanted(customer)` and `settings_wanted(page)`.

    `invoice_wanted(number)` and `statement_wanted(customer)` lead to the page of the invoices.
    Others hang their panels on it: `add_action` puts an entry into the menu of a record, `show_panel`
    lets a panel take the page's place until `close_panel`, and `customer_id` says whose record is shown.
    """

    start_wanted = Signal(int)
    history_wanted = Signal(int)
    settings_wanted = Signal(str)
    invoice_wanted = Signal(str)
    statement_wanted = Signal(int)

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Make the page; nothing is read before it is in front."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._store = TypedStore()
        self.record = RecordController(surroundings, self._store, self)
        self.new = NewCustomerController(surroundings, self)
        self._panel = CustomersPanel(self.record.panel, self.new.panel)
        self._register = RegisterController(surroundings, self._panel.register, self)
        self._menu = MoreMenu(self.record.panel.head.menu, self)
        self._in_front = False
        self._guest_keys: Callable[[], KeyMap] | None = None
        self._connect()
        self.places = Places(surroundings, self, self)
        self.places.merged.connect(self.show_customer)
        self.places.customer_chosen.connect(self.show_customer)
        self.places.settings_wanted.connect(self.settings_wanted)
        self._panel.register.hints_requested.connect(self.places.show_hints)
        self.add_action(_("Create record …"), self.record.agreement.begin_evidence, always=True)
        self._panel.import_requested.connect(self.places.show_import)

    def _connect(self) -> None:
        self._panel.register.new_requested.connect(self.show_new)
        self._register.customer_chosen.connect(self._on_customer_chosen)
        self._register.entered.connect(self._on_list_entered)
        self._register.shown.connect(self._on_register_shown)
        self._panel.new_requested.connect(self.show_new)
        self._panel.panel_left.connect(self.close_panel)
        self._panel.changes.close_requested.connect(self._show_record)
        self.record.start_wanted.connect(self.start_wanted)
        self.record.invoice_wanted.connect(self.invoice_wanted)
        self.record.statement_wanted.connect(self.statement_wanted)
        self.record.agreement.settings_wanted.connect(self.settings_wanted)
        self.record.unsaved_changed.connect(self._on_unsaved_changed)
        self.record.gone.connect(self._on_customer_gone)
        self.new.created.connect(self._on_customer_created)
        self.new.left.connect(self._show_record)
        self.new.known_wanted.connect(self.show_customer)
        self.new.changed.connect(self._on_unsaved_changed)
        self._menu.about_to_show.connect(self._on_menu_about_to_show)
        self._menu.history_chosen.connect(self._on_history_chosen)
        self._menu.changes_chosen.connect(self.show_changes)
        self._menu.archive_chosen.connect(self.record.toggle_archived)
        self._menu.delete_chosen.connect(self.record.delete)
        self._surroundings.bus.changed.connect(self._on_bus_changed)

    # --- what the window asks of a page

    @property
    def unsaved(self) -> bool:
        """Return whether anything is typed that is not saved."""
        return self.new.unsaved or bool(self._store.customers())

    @property
    def panel(self) -> QWidget:
        """Return the widget."""
        return self._panel

    @property
    def customer_id(self) -> int:
        """Return the customer whose record is shown, 0 for none."""
        return self.record.customer_id

    def keys(self) -> KeyMap:
        """Return what keys do here; a panel in the page's place has only the way back."""
        if self._panel.guest() is not None:
            return {"Escape": self.close_panel, **(self._guest_keys() if self._guest_keys else {})}
        return {
            "Ctrl+F": self._panel.register.focus_search,
            "Ctrl+U": self.show_new,
            "Ctrl+Return": self._on_commit,
            "Ctrl+S": self._on_save,
            "F2": self._on_edit,
            "Alt+M": self._on_more,
            "Escape": self._on_escape,
        }

    def activate(self) -> None:
        """Read what may have changed, and put the focus onto the list."""
        self._in_front = True
        self._register.want()
        self.record.reload()
        guest = self._panel.guest()
        if guest is not None:
            reading_order.enter(guest) or reading_order.enter(self._panel)
        elif self._panel.part() is self._panel.new:
            self._panel.new.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.record.open_editor() is None:
            self._register.focus()

    def leave(self) -> None:
        """Rest; what is typed stays typed."""
        self._in_front = False

    def areas(self) -> list[QWidget]:
        """Return the record and the list, or the panel in their place."""
        guest = self._panel.guest()
        return [guest] if guest is not None else [self._panel.part(), self._panel.register]

    # --- what others hang on the page

    def add_action(self, words: str, slot: Callable[[], object], *, always: bool = False) -> None:
        """Put an entry into the menu "Mehr"; `always` also for records that may only be read."""
        self._menu.add(words, slot, always=always)

    def show_panel(self, widget: QWidget, keys: Callable[[], KeyMap] | None = None) -> None:
        """Let a panel take the page's place; Escape or its link leads back. It stays its owner's.

        `keys` says what keys do meanwhile.
        """
        self._guest_keys = keys
        self._panel.show_guest(widget, _("Back to the customers"))
        reading_order.enter(widget) or reading_order.enter(self._panel)

    def show_above(self, widget: QWidget) -> None:
        """Put a line above the page; it stays hidden until it has something to say."""
        self._panel.add_above(widget)

    @Slot()
    def close_panel(self) -> None:
        """Show list and record again."""
        self._panel.take_guest_away()
        self._guest_keys = None
        self._register.want()
        self.record.reload()
        self._register.focus()

    # --- whose record is shown

    @Slot(int)
    def show_customer(self, customer_id: int) -> None:
        """Show a customer's record, whatever was searched for."""
        self._panel.take_guest_away()
        if self.record.show(customer_id) and self.record.record is not None:
            shown = self.record.record.customer
            self._panel.show_part(self.record.panel)
            self._register.choose(shown.id, archived=shown.archived)

    @Slot()
    def show_new(self) -> None:
        """Show the form of a new customer, with what was typed before."""
        self._panel.show_part(self._panel.new)
        self._panel.new.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_changes(self) -> None:
        """Show who changed what on the record."""
        record = self.record.record
        if record is None:
            return
        lines = record_history(self._surroundings.desk, record.customer.id)
        self._panel.changes.show_lines(record.customer.name, [change_line(one) for one in lines])
        self._panel.show_part(self._panel.changes)
        self._panel.changes.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_record(self) -> None:
        if self.record.record is not None:
            self._panel.show_part(self.record.panel)
        else:
            self._show_nobody()
        self._register.focus()

    def _show_nobody(self) -> None:
        if not self._register.is_loaded():
            self._panel.show_nobody("", offer=False)
            return
        offer = self._register.has_nobody()
        sentence = _("No customer yet.") if offer else _("Choose a customer on the left.")
        self._panel.show_nobody(sentence, offer=offer)

    @Slot(int)
    def _on_customer_chosen(self, customer_id: int) -> None:
        if self.record.show(customer_id):
            self._panel.show_part(self.record.panel)

    @Slot()
    def _on_register_shown(self) -> None:
        if self.record.record is None and self._panel.part() is not self._panel.new:
            self._show_nobody()

    @Slot()
    def _on_list_entered(self) -> None:
        self._panel.part().setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keys

    def _on_commit(self) -> None:
        if self._panel.part() is self._panel.new:
            self.new.create()
            return
        if not self.record.commit():
            self.record.start()

    def _on_save(self) -> None:
        if self._panel.part() is self._panel.new:
            self.new.create()
        else:
            self.record.save_all()

    def _on_edit(self) -> None:
        if self.record.record is not None:
            self._panel.show_part(self.record.panel)
            self.record.edit()

    def _on_more(self) -> None:
        if self._panel.part() is self.record.panel:
            self.record.panel.head.open_menu()

    def _on_escape(self) -> None:
        if self._panel.part() is not self.record.panel:
            self._show_record()
        elif not self.record.close_editor():
            self._register.focus()

    # --- what comes back

    def _on_menu_about_to_show(self) -> None:
        if self.record.record is not None:
            self._menu.fill(self.record.record)

    @Slot()
    def _on_history_chosen(self) -> None:
        if self.customer_id:
            self.history_wanted.emit(self.customer_id)

    @Slot(int)
    def _on_customer_created(self, customer_id: int) -> None:
        self.show_customer(customer_id)
        self.record.panel.head.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_customer_gone(self) -> None:
        self._register.forget()
        self._show_nobody()

    @Slot()
    def _on_unsaved_changed(self) -> None:
        self._panel.register.list.set_unsaved(self._store.customers())
        self._panel.register.new.set_unsaved(self.new.unsaved)

    @Slot(object)
    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if not topics & {Topic.CUSTOMERS, Topic.SESSIONS, Topic.INVOICES, Topic.HOUSE} or not self._in_front:
            return
        if Topic.CUSTOMERS in topics:
            self._register.want()
        self.record.reload()
