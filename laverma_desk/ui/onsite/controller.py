"""The visit at work: filled from the record, changed, and saved where a calendar can take it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from laverma_desk import file_names, text
from laverma_desk.domain.appointment import Appointment
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.appointments import checked_visit, proposed_visit, write_visit
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.history.entry.moments import read_moment
from laverma_desk.ui.onsite.panel import BEGIN, VisitPanel
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.visit_wish import VisitWish


class VisitController(QObject):
    """A page (`ui.page.Page`) for one visit at a time. Emits `left` on the way back."""

    left = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build the form; `show_visit` fills it."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = VisitPanel()
        self.files = FileChoice(self._panel, self)
        self._wish: VisitWish | None = None
        self._visit: Appointment | None = None
        self._wanted: Appointment | None = None
        self._file: Path | None = None
        self._typed = False
        self._panel.form.edited.connect(self._on_form_edited)
        self._panel.form.begin.edited.connect(self._on_form_edited)
        self._panel.stepped.connect(self.save)
        self._panel.left.connect(self.left)
        self._panel.open_wanted.connect(self._on_open_wanted)
        self.files.chosen.connect(self._on_file_chosen)

    @property
    def panel(self) -> QWidget:
        """Return the form."""
        return self._panel

    @property
    def typed(self) -> bool:
        """Return whether something is typed that is in no file yet."""
        return self._typed

    def keys(self) -> KeyMap:
        """Return what keys do while the form is in front."""
        return {"Ctrl+Return": self.save, "Ctrl+S": self.save, "Escape": self.left.emit}

    def activate(self) -> None:
        """Begin with the day."""
        self._panel.form.begin.setFocus()

    def leave(self) -> None:
        """Keep what is typed: the same visit is shown again where it was left."""

    def areas(self) -> list[QWidget]:
        """Return the form."""
        return [self._panel]

    def show_visit(self, wish: VisitWish) -> None:
        """Propose a visit; one that was begun and not saved stays as it was typed.

        Raises RuleBroken CUSTOMER_UNKNOWN, CUSTOMER_RESTRICTED, SESSION_UNKNOWN.
        """
        if wish == self._wish and self._typed:
            return
        self._visit = one = proposed_visit(
            self._desk, wish.customer_id, workstation_id=wish.workstation_id, session_id=wish.session_id
        )
        self._wish, self._file, self._typed = wish, None, False
        about = " – ".join(part for part in (one.customer_name, one.workstation_name) if part)
        self._panel.show_heading(_("On-site appointment"), about)
        self._panel.form.show_visit(one)
        self._panel.open.hide()
        missing = "" if one.place else _("The customer's record has no address yet.")
        self._panel.tell(missing, "muted")
        self._panel.scroll_up()

    @Slot()
    def save(self) -> None:
        """Ask where the calendar file shall lie, if nothing is wrong; else go to what is."""
        visit, form = self._visit, self._panel.form
        begin = read_moment(form.begin, BEGIN, strict=True)
        if visit is None or self.files.dialog is not None:
            return
        if begin is None:
            form.begin.focus_faulty()
            return
        typed = replace(
            visit,
            begin=begin,
            minutes=int(form.minutes.currentData()),
            place=form.place.text(),
            contact=form.contact.text(),
            phone=form.phone.text(),
            reason=form.reason.text(),
        )
        form.clear_errors()
        self._panel.tell("")
        try:
            self._wanted = checked_visit(self._desk, typed)
        except RuleBroken as error:
            form.show_wrong(error.field or BEGIN, explain(error))
            return
        day = text.date(local_day(begin))
        title = _("On site %(customer)s %(date)s") % {"customer": visit.customer_name, "date": day}
        name = f"{file_names.safe_name(title, 'Termin')}.ics"
        self.files.ask_to_write(_("Save appointment"), [_("Calendar file (*.ics)")], name)

    def _on_form_edited(self, _field: str = "") -> None:
        self._typed = True

    def _on_file_chosen(self, file: Path) -> None:
        if self._wanted is not None:
            work = partial(write_visit, self._desk, self._wanted, file)
            self._surroundings.background.run(self, work, self._on_written, self._on_failed)

    def _on_written(self, file: Path) -> None:
        self._file, self._typed = file, False
        if self._visit is not None:
            # Saved once more it is the same visit, changed: calendars go by this number.
            self._visit = replace(self._visit, revision=self._visit.revision + 1)
        self._panel.tell(_("Saved as %(file)s.") % {"file": file.name}, "green")
        self._panel.open.show()
        self._panel.open.setFocus()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._panel.tell(explain(error))

    def _on_open_wanted(self) -> None:
        opened = self._file is not None and QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))
        if not opened:
            self._panel.tell(_("No program on this computer opens calendar files."), "amber")
