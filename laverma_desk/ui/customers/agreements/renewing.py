"""The forms that write: a new agreement with its file, and the end of one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.agreements.agreement_file import AgreementFile, FileProblem, read_agreement_file
from laverma_desk.services.agreements.reading import AgreementSheet, agreement_sheet
from laverma_desk.services.agreements.writing import (
    LONGEST_REMINDER,
    AgreementDraft,
    append_agreement,
    end_agreement,
)
from laverma_desk.services.changes import Done
from laverma_desk.ui.customers.agreements.card_view import CardView
from laverma_desk.ui.customers.agreements.words import days_of
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.file_problem import file_problem_sentence
from laverma_desk.ui.surroundings import Surroundings

_DAYS = ("valid_from", "valid_until", "signed_on", "signed_on_house", "secrecy_on")


class Renewing(QObject):
    """Opens the forms, checks them by the services' rules, writes. Emits `written` once something is."""

    written = Signal()

    def __init__(self, surroundings: Surroundings, view: CardView, parent: QObject) -> None:
        """Connect the forms of a card."""
        super().__init__(parent)
        self._surroundings, self._view = surroundings, view
        self._sheet: AgreementSheet | None = None
        self._file: AgreementFile | None = None
        self._busy = False
        self._writing_for = 0
        self._put_away: dict[int, tuple[dict[str, object], AgreementFile | None]] = {}
        self._files = FileChoice(view, self)
        self._files.chosen.connect(self.attach)
        view.renewal.attach_requested.connect(self._on_attach_requested)
        view.renewal.detach_requested.connect(self._on_detach_requested)
        view.renewal.save_requested.connect(self.enter)
        view.ending.save_requested.connect(self.end)

    def begin_renewal(self, sheet: AgreementSheet) -> None:
        """Ask for a new agreement; it begins where the last one ends, signed by us today."""
        self._sheet, self._file = sheet, None
        today = local_day(self._surroundings.desk.clock.now())
        until = sheet.status.until if sheet.status.allows_session else None
        last = sheet.status.agreement
        self._view.renewal.begin(
            {
                "valid_from": until + timedelta(days=1) if until else today,
                "valid_until": None,
                "open_ended": last is not None and last.valid_until is None,
                "signed_by_customer": last.signed_by_customer
                if last and last.signed_by_customer
                else sheet.signer,
                "signed_on": None,
                "signed_by_house": sheet.supporter,
                "signed_on_house": today,
                "secrecy_on": last.secrecy_on if last else None,
                "version": "",
                "reminder_days": str(last.reminder_days if last else 60),
            }
        )
        self._open(self._view.renewal, "valid_from")

    def put_away(self) -> None:
        """Keep what is typed while another customer is looked at."""
        if self._sheet is not None and self._view.form() is self._view.renewal and not self._busy:
            self._put_away[self._sheet.customer_id] = (self._view.renewal.values(), self._file)

    def bring_back(self, sheet: AgreementSheet) -> None:
        """Show again what was typed for a customer before, if anything was."""
        kept = self._put_away.pop(sheet.customer_id, None)
        if kept is not None and sheet.editable:
            self._sheet, (values, self._file) = sheet, kept
            self._view.renewal.begin(values)
            self._view.renewal.show_file(self._file.name if self._file else "")
            self._view.show_form(self._view.renewal)

    def begin_ending(self, sheet: AgreementSheet) -> None:
        """Ask when and why the agreement that counts ends."""
        self._sheet = sheet
        if sheet.status.agreement is not None:
            today = local_day(self._surroundings.desk.clock.now())
            self._view.ending.begin(days_of(sheet.status.agreement), today)
            self._open(self._view.ending, "reason")

    def _open(self, form: CardForm, field: str) -> None:
        self._view.show_form(form)
        form.focus_field(field)

    @Slot()
    def enter(self) -> None:
        """Write the new agreement, off the window's thread where a file comes with it."""
        if self._sheet is None or self._busy:
            return
        form = self._view.renewal
        form.clear_errors()
        form.show_problem("")
        try:
            draft = self._draft(self._sheet.customer_id)
        except RuleBroken as error:
            self._refuse(form, error)
            return
        self._busy, self._writing_for = True, draft.customer_id
        form.save.set_busy(_("Saving …"))
        known = _known(self._sheet)
        work = partial(append_agreement, self._surroundings.desk, draft, known=known)
        self._surroundings.background.run(self, work, self._on_written, self._on_not_written)

    def _draft(self, customer_id: int) -> AgreementDraft:
        form = self._view.renewal
        values = form.values()
        days = {name: _day(values[name], name) for name in _DAYS}
        if values["open_ended"]:
            days["valid_until"] = None
        elif days["valid_until"] is None:
            raise RuleBroken(Rule.TEXT_MISSING, field="valid_until")
        reminder = form.text("reminder_days").strip()
        if not reminder.isascii() or not reminder.isdigit() or len(reminder) > 6:
            raise RuleBroken(Rule.NUMBER_INVALID, field="reminder_days", lowest=0, highest=LONGEST_REMINDER)
        return AgreementDraft(
            customer_id,
            days["valid_from"],
            days["valid_until"],
            version=form.text("version"),
            signed_by_customer=form.text("signed_by_customer"),
            signed_on=days["signed_on"],
            signed_by_house=form.text("signed_by_house"),
            signed_on_house=days["signed_on_house"],
            secrecy_on=days["secrecy_on"],
            reminder_days=int(reminder),
            file=self._file,
        )

    @Slot()
    def end(self) -> None:
        """End the agreement that counts."""
        form = self._view.ending
        if self._sheet is None or self._sheet.status.agreement is None:
            return
        form.clear_errors()
        form.show_problem("")
        try:
            day = _day(form.value("ended_on"), "ended_on")
            number = self._sheet.status.agreement.id
            done = end_agreement(self._surroundings.desk, number, day, form.text("reason"))
        except DeskError as error:
            self._refuse(form, error)
            return
        self._view.show_form(None)
        self._surroundings.bus.publish(done)
        self.written.emit()

    def _on_written(self, done: Done[int]) -> None:
        self._rest()
        if self._sheet is not None and self._sheet.customer_id == self._writing_for:
            self._file = None
            self._view.show_form(None)
        self._surroundings.bus.publish(done)
        self.written.emit()

    def _on_not_written(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, DeskError):
            raise error
        if error.code is Rule.RECORD_CHANGED:
            self._tell_of_others()
        else:
            self._refuse(self._view.renewal, error)

    def _tell_of_others(self) -> None:
        """Say which agreements somebody else has entered meanwhile; what is typed waits for a second look."""
        if self._sheet is None or self._sheet.customer_id != self._writing_for:
            return
        before, self._sheet = self._sheet, agreement_sheet(self._surroundings.desk, self._writing_for)
        known = _known(before)
        added = [one.agreement for one in self._sheet.entries if one.agreement.id not in known]
        days = text.list_sentence([days_of(one) for one in added])
        sentence = _("Meanwhile another DPA was entered: %(days)s. Save once more to put this one beside it.")
        self._view.renewal.show_problem(sentence % {"days": days})

    def _rest(self) -> None:
        self._busy = False
        self._view.renewal.save.set_busy(None)

    def _refuse(self, form: CardForm, error: DeskError) -> None:
        if error.field in form.names():
            form.show_error(str(error.field), explain(error))
            form.focus_field(str(error.field))
        else:
            form.show_problem(explain(error))

    # --- the file

    @Slot()
    def _on_attach_requested(self) -> None:
        self._files.ask_to_read(_("Attach signed PDF"), (_("PDF files (*.pdf)"),), "")

    @Slot(object)
    def attach(self, file: Path) -> None:
        """Read a chosen file beside the window's work."""
        work = partial(read_agreement_file, file)
        self._surroundings.background.run(self, work, self._on_file_read, self._on_file_failed)

    @Slot()
    def _on_detach_requested(self) -> None:
        self._file = None
        self._view.renewal.show_file("")

    def _on_file_read(self, answer: AgreementFile | FileProblem) -> None:
        if isinstance(answer, FileProblem):
            self._view.renewal.show_problem(file_problem_sentence(answer))
            return
        self._file = answer
        self._view.renewal.show_problem("")
        self._view.renewal.show_file(answer.name)

    def _on_file_failed(self, error: Exception) -> None:
        raise error


def _day(value: object, field: str) -> date | None:
    """Return the day of a field. Raises RuleBroken DATE_INVALID for what is none."""
    if isinstance(value, str) and value:
        raise RuleBroken(Rule.DATE_INVALID, field=field, value=value)
    return cast("date | None", value or None)


def _known(sheet: AgreementSheet) -> frozenset[int]:
    """Return the agreements that a sheet shows."""
    return frozenset(one.agreement.id for one in sheet.entries)
