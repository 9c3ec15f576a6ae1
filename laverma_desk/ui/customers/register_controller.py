"""The list of the customers at work: what is searched for, active or archived ones, and how many."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.customers.customer_register import RegisterRow, load_register
from laverma_desk.ui.customers.register_panel import RegisterPanel
from laverma_desk.ui.kept_fresh import KeptFresh
from laverma_desk.ui.surroundings import Surroundings


class RegisterController(QObject):
    """Fills the list. Emits `customer_chosen(number)`, `entered`, and `shown` whenever it was filled."""

    customer_chosen = Signal(int)
    entered = Signal()
    shown = Signal()

    def __init__(self, surroundings: Surroundings, panel: RegisterPanel, parent: QObject) -> None:
        """Connect the list; nothing is read before it is wanted."""
        super().__init__(parent)
        self._panel = panel
        self._keeper = KeptFresh(surroundings, load_register, self)
        self._searched = ""
        self._archived = False
        self._current = 0
        panel.searched.connect(self._on_searched)
        panel.archive_toggled.connect(self._on_archive_toggled)
        panel.list.customer_chosen.connect(self._on_customer_chosen)
        panel.list.entered.connect(self.entered)
        self._keeper.loaded.connect(self.show)
        self._keeper.failed.connect(self._on_failed)

    def want(self) -> None:
        """See to it that the list will be fresh."""
        self._keeper.want()

    def focus(self) -> None:
        """Put the focus into the list."""
        self._panel.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_loaded(self) -> bool:
        """Tell whether the customers have been read."""
        return self._keeper.kept() is not None

    def has_nobody(self) -> bool:
        """Tell whether there is no active customer at all."""
        return self.is_loaded() and not self._searched.strip() and not self._archived and not self._rows()

    def choose(self, customer_id: int, *, archived: bool) -> None:
        """Choose a customer without a signal; a search or a filter that hides it is taken back."""
        self._current = customer_id
        if archived != self._archived:
            self._archived = archived
            self.show()
        if not self._panel.list.choose(customer_id) and self._searched:
            self._panel.search.clear()

    def forget(self) -> None:
        """Let the list choose its first customer when it is filled again."""
        self._current = 0

    @Slot()
    def show(self) -> None:
        """Fill the list; where nobody is chosen, the first one is."""
        register = self._keeper.kept()
        if register is None:
            return
        rows = self._rows()
        self._panel.list.show_rows(rows, self._current)
        self._panel.show_empty("" if rows else self._why_empty())
        self._show_counts(rows, register.archived_count)
        if rows and not self._current:
            self._panel.list.choose_first()
        elif self._current:
            self._panel.list.choose(self._current)
        self.shown.emit()

    def _rows(self) -> list[RegisterRow]:
        register = self._keeper.kept()
        return register.rows(self._searched, archived=self._archived) if register else []

    def _show_counts(self, rows: list[RegisterRow], archived: int) -> None:
        count, warned = len(rows), sum(one.needs_attention for one in rows)
        values = {"count": text.number(count), "warned": text.number(warned)}
        if self._archived:
            words = ngettext("%(count)s archived customer", "%(count)s archived customers", count) % values
            self._panel.show_counts(words, _("Show active"))
            return
        if warned:
            words = ngettext(
                "%(count)s customer, %(warned)s with DPA note",
                "%(count)s customers, %(warned)s with DPA note",
                count,
            )
        else:
            words = ngettext("%(count)s customer", "%(count)s customers", count)
        self._panel.show_counts(words % values, _("Show archive") if archived else "", hints=warned > 0)

    def _why_empty(self) -> str:
        """Return why no row is shown; that nobody is there at all is said beside the list, with a way on."""
        if self._searched.strip():
            return _("No match for “%(words)s”.") % {"words": self._searched.strip()}
        return _("Nobody is archived.") if self._archived else ""

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self._panel.show_empty(explain(error))

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        self._searched = words
        self.show()

    @Slot()
    def _on_archive_toggled(self) -> None:
        self._archived = not self._archived
        self.show()

    @Slot(int)
    def _on_customer_chosen(self, customer_id: int) -> None:
        if customer_id:
            self._current = customer_id
            self.customer_chosen.emit(customer_id)
