"""The small form at work: what was typed so far, what resembles it, and the one step that creates it."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.tariff import tariff_on
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.customers import callers
from laverma_desk.services.customers.callers import CustomerDuringCall, NewCustomer, Place
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import read_house
from laverma_desk.ui.search.attachment import Attachment
from laverma_desk.ui.search.newcomer_check import field_problem, problems
from laverma_desk.ui.search.newcomer_reading import practice_of, similar_of, term_rows
from laverma_desk.ui.search.panel import SearchPanel
from laverma_desk.ui.search.seed import fitting_field
from laverma_desk.ui.search.typed_customer import FIELDS, PRACTICE_FIELDS, TypedCustomer
from laverma_desk.ui.surroundings import Surroundings

COMPARE_MILLISECONDS = 200
Key = tuple[str, str, str]


class Created(NamedTuple):
    """A place that was just written, and the exception under which its session begins, if any."""

    place: Place
    exception_reason: str | None
    exception_by: str


class NewcomerController(QObject):
    """Fills and checks the form. Emits `created(Created)` and `caller_named(str, str)` (name, address)."""

    created = Signal(object)
    caller_named = Signal(str, str)

    def __init__(self, surroundings: Surroundings, panel: SearchPanel, parent: QObject) -> None:
        """Connect the form, its panel and its bar."""
        super().__init__(parent)
        self._surroundings, self._panel = surroundings, panel
        self._begun = self._moving = False
        self._practice: CustomerDuringCall | None = None
        self._given_back: dict[str, str] | None = None
        self._attachment = Attachment(surroundings.background, panel.form.agreement, panel, self)
        self._compare = QTimer(self)
        self._compare.setSingleShot(True)
        self._compare.setInterval(COMPARE_MILLISECONDS)
        self._compare.timeout.connect(self._on_compare_timeout)
        form = panel.form
        form.edited.connect(self._compare.start)
        form.left.connect(self._on_form_left)
        form.anew_requested.connect(self._on_form_anew_requested)
        form.agreement.left.connect(self._on_form_left)
        form.agreement.changed.connect(self._on_agreement_changed)
        panel.form_context.similar_taken.connect(self._on_similar_taken)
        panel.form_bar.confirmed.connect(self.commit)

    @property
    def _desk(self) -> Desk:
        return self._surroundings.desk

    def begin(self, seed: str, *, moving: bool) -> None:
        """Open the form for a new practice; the search text goes where it fits.

        What was typed before for the same call is still there, and is not overwritten.
        """
        if self._practice is not None:
            self._give_back()
        self._open(moving=moving)
        key = fitting_field(seed)
        typed = self._panel.form.typed()
        if seed.strip() and not getattr(typed, key):
            self._panel.form.set_text(key, seed.strip())
            if key == "phone":
                self._panel.form.set_hint(key, _("taken from the call"))
        self._on_compare_timeout()

    def begin_for(self, customer_id: int, *, moving: bool) -> None:
        """Open the form for another machine of a practice. Raises RuleBroken CUSTOMER_UNKNOWN."""
        self.reset()
        self._open(moving=moving)
        self._take(customer_id)

    def reset(self) -> None:
        """Forget everything: another call begins."""
        self.leave()
        if self._begun:
            self._panel.form.clear()
        self._begun = False
        self._practice = self._given_back = None
        self._attachment.forget()

    def leave(self) -> None:
        """Stop comparing."""
        self._compare.stop()

    def focus(self) -> None:
        """Put the focus where typing goes on."""
        self._panel.bring_into_view(self._panel.form.focus(self._panel.form.first_empty()))

    def _open(self, *, moving: bool) -> None:
        self._moving = moving
        if not self._begun:
            self._panel.form.clear()
            self._begun = True
        self._prepare()

    def _prepare(self) -> None:
        house = read_house(self._desk)
        known = self._practice
        ended = known is not None and not known.card.agreement.allows_exception
        why_not = explain(RuleBroken(Rule.EXCEPTION_NOT_ALLOWED)) if ended else ""
        if self._moving:
            why_not = _("An exception is only possible at the start of a session.")
        self._panel.form.begin(
            [one.name for one in house.supporters],
            house.supporter_name,
            "" if known else _("Workstation 1"),
            exception_allowed=not why_not,
            why_not=why_not,
        )
        today = local_day(self._desk.clock.now())
        self._panel.form_context.show_terms(
            term_rows(known.tariff if known else tariff_on(today, house.tariffs, vat=house.vat_rates))
        )
        self._show_step()

    def _show_step(self) -> None:
        needed = _("Practice, phone and DPA are required.")
        if self._practice:
            needed = _("Workstation and DPA are required.")
            if self._gate_open():
                needed = _("The workstation is required.")
        step = _("Create and assign session") if self._moving else _("Create and start session")
        exception = not self._gate_open() and not self._panel.form.typed().agreement.signed
        self._panel.form_bar.show_step(needed, step, exception=exception)

    def _gate_open(self) -> bool:
        return self._practice is not None and self._practice.card.agreement.allows_session

    # --- creating

    @Slot()
    def commit(self) -> None:
        """Go to the first wrong field, or create what was typed."""
        form, typed = self._panel.form, self._panel.form.typed()
        today = local_day(self._desk.clock.now())
        known, gate_open = self._practice is not None, self._gate_open()
        found = list(problems(typed, today, known=known, gate_open=gate_open))
        for field, sentence in found:
            form.show_error(field, sentence)
        if found:
            self._panel.bring_into_view(form.focus(found[0][0]))
        elif self._attachment.reading:
            self._panel.form_bar.show_problem(_("The file is still being read."))
        else:
            self._create(typed)

    def _create(self, typed: TypedCustomer) -> None:
        try:
            result = callers.create_customer(self._desk, self._new_customer(typed))
        except DeskError as error:
            field = error.field or ""
            if field in (*FIELDS, "agreement_until"):
                self._panel.form.show_error(field, explain(error))
                self._panel.form.focus(field)
            else:
                self._panel.form_bar.show_problem(explain(error))
            return
        excepted = not typed.agreement.signed and not self._gate_open()
        self.reset()
        place = self._surroundings.bus.publish(result)
        self.created.emit(
            Created(place, typed.agreement.reason if excepted else None, typed.agreement.decided_by)
        )

    def _new_customer(self, typed: TypedCustomer) -> NewCustomer:
        known = self._practice.card.customer if self._practice else None
        signed = typed.agreement.signed and not self._gate_open()
        file = self._attachment.file if signed else None
        return NewCustomer(
            name=known.name if known else typed.name,
            city="" if known else typed.city,
            phone="" if known else typed.phone,
            email_report="" if known else typed.email_report,
            workstation=typed.workstation or _("Workstation 1"),
            partner_id=typed.partner_id,
            has_agreement=signed,
            agreement_until=None if typed.agreement.open_ended or not signed else typed.agreement.until,
            agreement_file=file.name if file else "",
            agreement_content=file.content if file else b"",
            customer_id=known.id if known else None,
        )

    # --- while it is typed

    @Slot(str)
    def _on_form_left(self, field: str) -> None:
        typed = self._panel.form.typed()
        sentence = field_problem(field, typed, local_day(self._desk.clock.now()))
        if sentence:
            self._panel.form.show_error(field, sentence)
        elif field in PRACTICE_FIELDS:
            self.caller_named.emit(typed.name, typed.email_report)

    @Slot()
    def _on_agreement_changed(self) -> None:
        self._show_step()
        if not self._panel.form.typed().agreement.signed:
            self._panel.bring_into_view(self._panel.form.agreement)

    def _key(self) -> Key:
        typed = self._panel.form.typed()
        return typed.name, typed.phone, typed.partner_id

    @Slot()
    def _on_compare_timeout(self) -> None:
        if self._practice is None and self._begun:
            work = partial(_similar, self._desk, self._key())
            self._surroundings.background.run(self, work, self._on_similar_found, _raise)

    @Slot(object)
    def _on_similar_found(self, answer: tuple[Key, list[Customer]]) -> None:
        key, found = answer
        if key == self._key() and self._practice is None:
            self._panel.form_context.show_similar([similar_of(one) for one in found], compared=any(key))

    @Slot(int)
    def _on_similar_taken(self, customer_id: int) -> None:
        typed = self._panel.form.typed()
        self._given_back = {key: getattr(typed, key) for key in PRACTICE_FIELDS}
        self._take(customer_id)
        self.focus()

    def _take(self, customer_id: int) -> None:
        self._practice = callers.customer_card(self._desk, customer_id)
        known = practice_of(self._practice)
        self._panel.form.show_practice(known)
        self._panel.form_context.show_taken()
        self.caller_named.emit(known.name, known.email_report)
        self._prepare()

    @Slot()
    def _on_form_anew_requested(self) -> None:
        self._give_back()
        self._prepare()
        self._on_compare_timeout()
        self.focus()

    def _give_back(self) -> None:
        self._practice = None
        self._panel.form.show_practice(None)
        for key in PRACTICE_FIELDS:
            self._panel.form.set_text(key, (self._given_back or {}).get(key, ""))
        self._given_back = None


def _similar(desk: Desk, key: Key) -> tuple[Key, list[Customer]]:
    return key, callers.similar_customers(desk, *key)


def _raise(error: Exception) -> None:
    raise error
