"""The exception at work: opened below its row, closed without a trace, confirmed with reason and name."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.services.customers.search import Hit
from laverma_desk.services.setup.house import read_house
from laverma_desk.ui.search.panel import Mode, SearchPanel
from laverma_desk.ui.search.reading import lock_reason
from laverma_desk.ui.surroundings import Surroundings


class ExceptionGate(QObject):
    """Opens and closes the form. Emits `confirmed(int, str, str)`: machine, reason, who decided."""

    confirmed = Signal(int, str, str)

    def __init__(self, surroundings: Surroundings, panel: SearchPanel, parent: QObject) -> None:
        """Connect the form's button."""
        super().__init__(parent)
        self._desk, self._panel = surroundings.desk, panel
        self._hit: Hit | None = None
        self._customer_id: int | None = None
        self._guide_was_open = True
        panel.exception.confirmed.connect(self.confirm)

    def forget(self) -> None:
        """Close the form and forget the reason: another call begins."""
        self.close()
        self._customer_id = None
        self._panel.exception.forget()

    def open(self, hit: Hit, template_to: str = "") -> None:
        """Ask for a reason below the current row; what was typed for the same practice is still there.

        `template_to` is the address for the house's template, "" where it cannot go along.
        """
        panel = self._panel
        if self._customer_id != hit.customer.id:
            panel.exception.forget()
        self._hit, self._customer_id = hit, hit.customer.id
        house = read_house(self._desk)
        panel.exception.begin(
            lock_reason(hit, None),
            [one.name for one in house.supporters],
            house.supporter_name,
            template_to,
        )
        if panel.mode() is not Mode.EXCEPTION:
            self._guide_was_open = panel.guide.is_open()
        panel.results.open_form(panel.results.current())
        panel.set_mode(Mode.EXCEPTION)
        panel.list_bar.show_exception()
        panel.guide.set_open(False)
        self.focus()

    def template_for(self) -> Hit | None:
        """Return the hit that gets the template along with its exception, None where it was not ticked."""
        open_ = self._panel.mode() is Mode.EXCEPTION and self._panel.exception.wants_template()
        return self._hit if open_ else None

    def close(self) -> None:
        """Show the list alone again."""
        if self._panel.mode() is Mode.EXCEPTION:
            self._panel.results.close_form()
            self._panel.set_mode(Mode.LIST)
            self._panel.list_bar.show_list()
            self._panel.guide.set_open(self._guide_was_open)

    def focus(self) -> None:
        """Put the focus into the reason."""
        self._panel.exception.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Tell whether somebody types in the form."""
        widget = self._panel.window().focusWidget()
        return widget is not None and self._panel.exception.isAncestorOf(widget)

    def show_error(self, error: DeskError) -> None:
        """Show why the session did not start, at the field that is wrong."""
        self._panel.exception.show_error(error.field or "", explain(error))

    @Slot()
    def confirm(self) -> None:
        """Ask for the start; what is missing, the service says."""
        form = self._panel.exception
        if self._hit is not None and self._hit.workstation is not None:
            form.clear_errors()
            name = form.decided_by.currentText() if form.decided_by.currentIndex() >= 0 else ""
            self.confirmed.emit(self._hit.workstation.id, form.reason.text(), name)
