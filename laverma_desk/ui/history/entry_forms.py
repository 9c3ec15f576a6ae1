"""The forms that take the page's place: a session recorded afterwards, a session corrected."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.ui.history.entry.controller import EntryController
from laverma_desk.ui.history.panel import HistoryPanel
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


class EntryForms(QObject):
    """Emits `closed(SupportSession or None)` when the table is in front again."""

    closed = Signal(object)

    def __init__(self, surroundings: Surroundings, panel: HistoryPanel, parent: QObject) -> None:
        """Show no form yet."""
        super().__init__(parent)
        self._panel = panel
        self.controller = EntryController(surroundings, self)
        panel.add_form(self.controller.panel)
        self.controller.finished.connect(self._on_controller_finished)

    @property
    def is_open(self) -> bool:
        """Return whether a form stands in the page's place."""
        return self._panel.currentWidget() is self.controller.panel

    @property
    def unsaved(self) -> bool:
        """Return whether the form in the page's place holds something typed."""
        return self.is_open and self.controller.typed

    def keys(self) -> KeyMap:
        """Return the keys of the form."""
        return self.controller.keys()

    def record(self, customer_id: int | None) -> None:
        """Open an empty form, for a customer where the filter shows only one."""
        self._panel.setCurrentWidget(self.controller.panel)
        self.controller.begin_new(customer_id)

    def correct(self, session_id: int) -> None:
        """Open the form of a session; where it cannot be corrected, say why below the table."""
        self._panel.setCurrentWidget(self.controller.panel)
        try:
            self.controller.begin_correction(session_id)
        except DeskError as error:
            self._panel.show_list()
            self._panel.detail.tell(explain(error))

    def _on_controller_finished(self, session: object) -> None:
        if self.is_open:
            self._panel.show_list()
        self.closed.emit(session)
