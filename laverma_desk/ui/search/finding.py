"""From the typed words to the hits, and from the current hit to the panel beside them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Qt, QTimer, Signal, Slot

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.customers.search import Finder, Found, Hit, load_finder
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.guide.controller import GuideController
from laverma_desk.ui.kept_fresh import KeptFresh
from laverma_desk.ui.search import hit_reading, reading
from laverma_desk.ui.search.panel import Mode, SearchPanel
from laverma_desk.ui.search.rehearsing import Rehearsal
from laverma_desk.ui.surroundings import Surroundings

_NOTHING = Found((), 0)
_SLOW_MILLISECONDS = 300
_REST_MILLISECONDS = 600
"""After so long without a letter typed, what Enter would take is said aloud."""


class Finding(QObject):
    """Field, list and context panel, as far as nothing is started.

    Emits `typed` before it searches, `stepping` before another row becomes current, `entered(Hit)` for
    Enter, a double click or the button, and `finder_loaded`.
    """

    typed = Signal()
    stepping = Signal()
    entered = Signal(object)
    finder_loaded = Signal()

    def __init__(
        self, surroundings: Surroundings, panel: SearchPanel, guide: GuideController, parent: QObject
    ) -> None:
        """Connect the parts; nothing is read before `want`."""
        super().__init__(parent)
        self._surroundings, self._panel, self._guide = surroundings, panel, guide
        self._keeper = KeptFresh(surroundings, load_finder, self)
        self._moving: SupportSession | None = None
        self._hits: tuple[Hit, ...] = ()
        self._told: Hit | None = None
        self._wanted: int | None = None
        self._callers: tuple[int, ...] | None = None
        self._enter_pending = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MILLISECONDS)
        self._rest.timeout.connect(self._on_rest_timeout)
        self.rehearsal = Rehearsal(surroundings, self)
        panel.field.textChanged.connect(self._on_field_text_changed)
        panel.field.stepped.connect(self.step)
        panel.field.entered.connect(self.enter)
        panel.hit.start_requested.connect(self.enter)
        panel.results.chosen.connect(self._on_results_chosen)
        panel.results.activated.connect(self._on_results_activated)
        panel.results.exception_wanted.connect(self._on_results_activated)
        self._unread = False  # Whether the sentence above the list says that nothing could be read.
        self._keeper.loaded.connect(self._on_keeper_loaded)
        self._keeper.failed.connect(self._on_keeper_failed)
        self._keeper.went_stale.connect(self._on_keeper_went_stale)

    def begin(self, moving: SupportSession | None) -> None:
        """Empty the field. `moving`: rows are judged for a session that runs already."""
        self._moving = moving
        self._wanted, self._enter_pending = None, False
        self.show_typed("")
        self._show(_NOTHING)

    def want(self) -> None:
        """See to it that all customers are in memory."""
        self._keeper.want()

    def finder(self) -> Finder | None:
        """Return all customers, None before they were read."""
        return self._keeper.kept()

    @property
    def fresh(self) -> bool:
        """Return whether all customers are in memory as they are on the disk."""
        return self._keeper.fresh

    def current(self) -> Hit | None:
        """Return the hit that Enter means."""
        place = self._panel.results.current()
        return self._hits[place] if 0 <= place < len(self._hits) else None

    def show_typed(self, words: str) -> None:
        """Put words into the field without searching for them."""
        self._callers = None
        with QSignalBlocker(self._panel.field):
            self._panel.field.setText(words)

    def search(self, keep: int | None = None) -> None:
        """Show what fits the field; the row of the machine `keep` stays the current one."""
        typed = self._panel.field.text()
        finder = self._keeper.kept()
        if not typed.strip():
            self._show(_NOTHING)
        elif finder is None:
            self._keeper.want()
            QTimer.singleShot(_SLOW_MILLISECONDS, self, self._on_loading_slow)
        else:
            calling = None if self._callers is None else finder.of_customers(self._callers)
            self._show(calling or finder.search(typed), keep)

    def search_again(self) -> None:
        """Search once more; the current machine stays the current one."""
        hit = self.current()
        self.search(hit.workstation.id if hit and hit.workstation else None)

    def show_hit(self, hit: Hit) -> None:
        """Search for a hit's practice and make its machine the current row."""
        machine = hit.workstation.id if hit.workstation else None
        self.show_typed(hit.customer.name)
        self.search(machine)
        current = self.current()
        if current is None or current.workstation != hit.workstation:
            self._show(Found((hit,), 1))

    def show_created(self, name: str, machine: int) -> None:
        """Search for a practice that was just written, as soon as it is in memory."""
        self.show_typed(name)
        self._wanted = machine
        self._keeper.want()
        if self._keeper.fresh:
            self.search(machine)

    def show_callers(self, words: str, customer_ids: tuple[int, ...] | None) -> None:
        """Show the practices that may be calling and no others; None: what fits the words, as if typed.

        Typing searches as ever.
        """
        self.show_typed(words)
        self._callers = customer_ids
        self._keeper.want()
        self.search()

    @Slot()
    def enter(self) -> None:
        """Take the current hit, at the latest when the customers are in memory."""
        self._rest.stop()
        hit = self.current()
        if hit is not None:
            self.entered.emit(hit)
        elif self._keeper.kept() is None and self._panel.field.text().strip():
            self._enter_pending = True
        else:
            announce(self._panel.field, self._panel.nothing_sentence() or _("Type first who is calling."))

    @Slot(int)
    def step(self, by: int) -> None:
        """Walk up or down; the ends hold."""
        last = self._panel.results.count() - 1
        if last >= 0 and self._panel.mode() is not Mode.FORM:
            place = max(0, min(last, self._panel.results.current() + by))
            self.stepping.emit()
            self._choose(place)

    def refresh_context(self) -> None:
        """Read the current customer again."""
        hit = self._told = self.current()
        details = None
        if hit is not None:
            try:
                details = hit_reading.read_details(self._surroundings.desk, hit, self._moving)
            except DeskError as error:
                self._told = None  # The next letter tries again.
                self._on_keeper_failed(error)
        self._panel.show_details(details)
        both = reading.enter_words(hit, self._moving), reading.connect_words(hit, self._moving)
        self._panel.list_bar.set_enter(*both)
        if self._panel.mode() is not Mode.FORM:
            name, address = (hit.customer.name, hit.customer.email_report) if hit else ("", "")
            self._guide.set_caller(name, address)

    def _follow_current(self) -> None:
        """Read the current customer if it has become another one; most letters leave it where it was."""
        hit, told = self.current(), self._told
        stays = hit is not None and told is not None and hit.is_same_as(told)
        if not stays:
            self.refresh_context()

    def _show(self, found: Found, keep: int | None = None) -> None:
        self._hits = found.hits
        results = [reading.result_of(hit, self._moving) for hit in found.hits]
        self._panel.show_results(results, reading.more_words(found))
        machines = [hit.workstation.id if hit.workstation else None for hit in found.hits]
        if keep is not None and keep in machines:
            self._panel.results.set_current(machines.index(keep))
        typed = self._panel.field.text().strip()
        self._panel.field.set_trailing(reading.count_words(found) if typed else "")
        self._panel.show_nothing("" if found.hits else self._nothing_found(typed))
        self._follow_current()

    def _nothing_found(self, typed: str) -> str:
        """Return what is said where there is no hit; empty while nothing is typed that could have one."""
        if typed:
            return _("No hit for ‘%(words)s’.") % {"words": typed}
        finder = self._keeper.kept()
        return _("No customer yet.") if finder is not None and finder.is_empty else ""

    def _choose(self, place: int) -> None:
        self._rest.stop()
        self._panel.results.set_current(place)
        self._panel.show_problem("")
        self.refresh_context()
        self._say_current()

    def _say_current(self) -> None:
        announce(self._panel.field, self._panel.results.row(self._panel.results.current()).accessibleName())

    @Slot(str)
    def _on_field_text_changed(self, _words: str) -> None:
        self._enter_pending, self._callers = False, None
        self._panel.show_problem("")
        self.typed.emit()
        self.search()
        self._rest.start()
        self.rehearsal.put_off()

    @Slot()
    def _on_rest_timeout(self) -> None:
        if self.current() is not None and self._panel.field.hasFocus():
            self._say_current()

    @Slot(int)
    def _on_results_chosen(self, place: int) -> None:
        if place != self._panel.results.current():
            self.stepping.emit()
            self._choose(place)
        if self._panel.mode() is Mode.LIST:
            self._panel.field.setFocus(Qt.FocusReason.MouseFocusReason)

    @Slot(int)
    def _on_results_activated(self, place: int) -> None:
        self._on_results_chosen(place)
        self.enter()

    @Slot()
    def _on_loading_slow(self) -> None:
        if self._keeper.kept() is None and self._panel.field.text().strip():
            self._panel.field.set_trailing(_("Loading …"))

    @Slot()
    def _on_keeper_loaded(self) -> None:
        if self._unread:
            self._unread = False
            self._panel.show_problem("")
        self.finder_loaded.emit()
        finder = self._keeper.kept()
        if finder is not None:
            self.rehearsal.begin(finder)
        if self._panel.mode() is not Mode.LIST:
            return
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            self.search_again()
        else:
            self.search(wanted)
        if self._enter_pending:
            self._enter_pending = False
            self.enter()

    @Slot()
    def _on_keeper_went_stale(self) -> None:
        if self._panel.isVisible():
            self._keeper.want()

    @Slot(object)
    def _on_keeper_failed(self, error: DeskError) -> None:
        self._unread = True
        self._panel.show_problem(explain(error))
