"""Finds the machine of an entry with the search that every call uses; agreements lock nothing here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.customer import Contact, Tool
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.customers import callers
from laverma_desk.services.customers.search import Hit, load_finder
from laverma_desk.ui.history.entry.place_field import PlaceField
from laverma_desk.ui.kept_fresh import KeptFresh
from laverma_desk.ui.search.reading import count_words, result_of
from laverma_desk.ui.search.result import Result
from laverma_desk.ui.surroundings import Surroundings


@dataclass(frozen=True)
class ChosenPlace:
    """A machine as the form needs it; `words` is customer and machine as one name."""

    customer_id: int
    workstation_id: int
    words: str
    tool: Tool = Tool.TEAMVIEWER
    partner_id: str = ""


class PlaceFinding(QObject):
    """Fills the place field. Emits `chosen(ChosenPlace)` and `emptied` when another one is being typed."""

    chosen = Signal(object)
    emptied = Signal()

    def __init__(self, surroundings: Surroundings, field: PlaceField, parent: QObject) -> None:
        """Read no customers before they are wanted."""
        super().__init__(parent)
        self._desk, self._field = surroundings.desk, field
        self._keeper = KeptFresh(surroundings, load_finder, self)
        self._hits: tuple[Hit, ...] = ()
        self._place: ChosenPlace | None = None
        self._sought = False
        field.typed.connect(self._on_field_typed)
        field.stepped.connect(field.step)
        field.entered.connect(self._on_field_entered)
        field.chosen.connect(self._on_field_chosen)
        self._keeper.loaded.connect(self._on_keeper_loaded)
        self._keeper.failed.connect(self._on_keeper_failed)

    @property
    def place(self) -> ChosenPlace | None:
        """Return what is chosen."""
        return self._place

    def want(self) -> None:
        """See to it that all customers are in memory."""
        self._keeper.want()

    def show_place(self, place: ChosenPlace | None) -> None:
        """Show a choice without a signal, or an empty field."""
        self._place = place
        self._hits = ()
        self._sought = False
        self._field.show_choice(place.words if place else "")

    def offer_customer(self, customer_id: int) -> None:
        """Choose a practice's only machine, or show all of them to choose from."""
        card = callers.customer_card(self._desk, customer_id)
        machines = [one for one in card.card.workstations if not one.archived]
        hits = tuple(Hit(card.card.customer, one, card.card.agreement) for one in machines)
        if len(hits) == 1:
            self._take(hits[0])
            return
        self._sought = False
        self._field.show_choice(card.card.customer.name)
        self._show(hits, "")

    def contacts(self) -> tuple[Contact, ...]:
        """Return the people of the chosen practice."""
        if self._place is None:
            return ()
        return callers.customer_card(self._desk, self._place.customer_id).card.contacts

    def take_current(self) -> None:
        """Choose the hit that is current, if the list is open."""
        row = self._field.results.current()
        if self._field.is_open() and 0 <= row < len(self._hits):
            self._take(self._hits[row])

    def _take(self, hit: Hit) -> None:
        if hit.workstation is None:
            self._field.labeled.set_error(_("This customer has no workstation yet."))
            return
        machine = hit.workstation
        words = f"{hit.customer.name} – {machine.name}"
        self._place = ChosenPlace(hit.customer.id, machine.id, words, machine.tool, machine.partner_id)
        self._field.show_choice(words)
        self.chosen.emit(self._place)

    def _search(self) -> None:
        finder = self._keeper.kept()
        typed = self._field.field.text()
        if finder is None:
            self._keeper.want()
            return
        found = finder.search(typed)
        self._show(found.hits, count_words(found) if typed.strip() else "")

    def _show(self, hits: tuple[Hit, ...], hint: str) -> None:
        self._hits = hits
        self._field.show_results([_row(hit) for hit in hits], hint)

    def _on_field_typed(self, _words: str) -> None:
        self._sought = True
        if self._place is not None:
            self._place = None
            self.emptied.emit()
        self._search()

    def _on_field_entered(self) -> None:
        self.take_current()

    def _on_field_chosen(self, row: int) -> None:
        self._take(self._hits[row])

    def _on_keeper_loaded(self) -> None:
        # The machines that a practice offers were not searched for: walking through them goes on.
        if not self._sought or self._place is not None or not self._field.field.hasFocus():
            return
        if self._field.field.text().strip():
            self._search()

    def _on_keeper_failed(self, error: DeskError) -> None:
        self._field.labeled.set_error(explain(error))


def _row(hit: Hit) -> Result:
    """Return a hit as a row that is never locked: an entry is flagged, not refused."""
    row = result_of(hit, None)
    return Result(row.name, row.name_marks, row.place, row.place_marks, row.phone, row.badge, row.tone)
