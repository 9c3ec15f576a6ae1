"""The handover to the tax adviser: looked at, mended where something stands in the way, written."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from laverma_desk.domain.bookkeeping import BookkeepingSettings
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import DeskError, Rule
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done
from laverma_desk.services.datev.debtors import assign_debtor_accounts
from laverma_desk.services.datev.exporting import DatevPreview, DatevResult, DatevWish, export_datev, preview
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, JobCancelled
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.background import Lane
from laverma_desk.ui.handover.datev_card import DatevCard
from laverma_desk.ui.handover.datev_words import assigned_sentence, preview_reading, written_sentence
from laverma_desk.ui.handover.export_run import ExportRun, FolderWish
from laverma_desk.ui.handover.reading import Place, Way
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.surroundings import Surroundings


class DatevController(QObject):
    """Emits `settings_wanted(page)`, `customer_wanted(id)`, `invoice_wanted(number)`: ways to a mending."""

    settings_wanted = Signal(str)
    customer_wanted = Signal(int)
    invoice_wanted = Signal(str)

    def __init__(self, surroundings: Surroundings, card: DatevCard, parent: QObject) -> None:
        """Be ready; nothing is read yet."""
        super().__init__(parent)
        self._surroundings, self._desk, self._card = surroundings, surroundings.desk, card
        self._stop = threading.Event()
        self._payments_kept: bool | None = None
        self._found: DatevPreview | None = None
        self._failed = self._asked = False
        self._read = LatestRead(surroundings, self, Lane.LONG)
        self.exports = ExportRun(surroundings, card, card.foot, self)
        self._read.loaded.connect(self._on_read_loaded)
        self._read.failed.connect(self._on_failed)
        self._read.slow.connect(card.preview.show_loading)
        card.wish_changed.connect(self._on_wish_changed)
        card.preview.way_chosen.connect(self.follow)
        card.foot.export_wanted.connect(self.export)
        self.exports.refused.connect(self._on_refused)
        surroundings.background.closing.connect(self._stop_reading)

    def show_settings(self, settings: BookkeepingSettings) -> None:
        """Let payments go along where the settings say so, as long as they say the same."""
        if settings.payments != self._payments_kept:
            self._payments_kept = settings.payments
            self._card.payments.setChecked(settings.payments)

    def wish(self) -> DatevWish:
        """Return what is to be handed over."""
        first, last = self._card.days()
        payments, masters = self._card.payments.isChecked(), self._card.masters.isChecked()
        return DatevWish(first, last, payments=payments, masters=masters)

    def reload(self) -> None:
        """Look again at what an export would write; what was shown stays until then."""
        self._stop_reading()
        self._stop = threading.Event()
        self._read.start(partial(_load, self._desk, self.wish(), self._stop.is_set))

    def stop(self) -> None:
        """Wait no longer for a preview."""
        self._stop_reading()
        self._read.stop()

    @Slot()
    def export(self) -> None:
        """Ask for a folder; where something stands in the way, go there, and look whether it still does."""
        if self._found is not None and self._found.obstacles:
            self._card.preview.focus_first()
            self.reload()
            return
        self.exports.ask(
            FolderWish(
                title=_("Folder for the tax adviser's files"),
                doing=_("Postings are exported …"),
                write=partial(export_datev, self._desk, self.wish()),
                written=written_sentence,
                folder=_folder,
            )
        )

    @Slot(object)
    def follow(self, way: Way) -> None:
        """Lead to where an obstacle is mended, or mend it."""
        if way.place is Place.ACCOUNTS:
            work = partial(assign_debtor_accounts, self._desk, way.ids)
            self._surroundings.background.run(self, work, self._on_assigned, self._on_failed)
        elif way.place is Place.CUSTOMER:
            self.customer_wanted.emit(way.ids[0])
        elif way.place is Place.INVOICE:
            self.invoice_wanted.emit(way.key)
        elif way.place is Place.SETTINGS:
            self.settings_wanted.emit(way.key)
        else:
            self._card.period.open_popup()

    def assign(self) -> None:
        """Give every customer of the preview an account that has none."""
        ways = [one.way for one in self._card.preview.reading.obstacles]
        for way in (one for one in ways if one.place is Place.ACCOUNTS):
            self.follow(way)

    def _stop_reading(self) -> None:
        self._stop.set()

    def _on_wish_changed(self) -> None:
        self._asked = True
        self._card.foot.outcome.tell("")
        self.reload()

    def _on_read_loaded(self, found: DatevPreview | None) -> None:
        if found is None:
            return
        if self._failed:
            self._failed = False
            self._card.foot.outcome.tell("")
        self._found = found
        if not self.exports.running:
            blocked = _("First what stands above has to be mended.") if found.obstacles else None
            self._card.foot.button.set_blocked(blocked)
        if self._card.preview.show_reading(preview_reading(found)):
            self._card.foot.button.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._asked:
            # Somebody has just asked for it: what comes of it is said as well.
            self._asked = False
            announce(self._card, " ".join(self._card.preview.words()))

    def _on_assigned(self, done: Done[tuple[Customer, ...]]) -> None:
        self._card.foot.outcome.tell(assigned_sentence(len(done.value)), tone="green")
        self._surroundings.bus.publish(done)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._failed = True
        self._card.preview.end_loading()
        self._card.foot.outcome.tell(explain(error), tone="red")

    def _on_refused(self, error: DeskError) -> None:
        if error.code is Rule.DATEV_OBSTACLES:
            self.reload()


def _load(desk: Desk, wish: DatevWish, cancelled: Cancelled) -> DatevPreview | None:
    try:
        return preview(desk, wish, cancelled=cancelled)
    except JobCancelled:
        return None


def _folder(result: DatevResult) -> Path:
    return result.folder
