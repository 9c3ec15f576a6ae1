"""Leads through the first start, one step at a time; what was answered is kept before the next one comes."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done
from laverma_desk.services.setup import house as services
from laverma_desk.services.setup.house import House
from laverma_desk.ui import reading_order
from laverma_desk.ui.assistant.panel import AssistantPanel
from laverma_desk.ui.assistant.step_rail import StepWords
from laverma_desk.ui.assistant.steps import make_steps
from laverma_desk.ui.assistant.system_user import system_user
from laverma_desk.ui.background import Lane
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.settings.mail_section import MailSection
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.text_field import TextField


class AssistantController(QObject):
    """The page of the first start. Emits `finished` once, and `demo_wanted`.

    Next saves a step whose answers are right; Later saves those answers that are, and asks no more.
    """

    finished = Signal()
    demo_wanted = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Make the steps; nothing is written before somebody goes on."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._login = system_user() or _("Supporter")
        self._steps = make_steps(surroundings, self._login, self)
        self._panel = AssistantPanel([step.frame for step in self._steps])
        for step in self._steps:
            step.section.setParent(self._panel)  # a late answer of the keyring finds neither or both
        self._place = 0
        self._answered: set[int] = set()
        self._saving = False
        self._whole = True
        self._panel.bar.back_requested.connect(self.go_back)
        self._panel.bar.later_requested.connect(self.leave_for_later)
        self._panel.bar.next_requested.connect(self.go_on)
        self._panel.rail.demo_requested.connect(self.demo_wanted)
        self._show_step(0)

    @property
    def panel(self) -> QWidget:
        """Return the widget."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do here. Escape does nothing: there is nothing to go back to."""
        return {
            "Ctrl+Return": self.go_on,
            "F6": self._focus_next_area,
            "Shift+F6": self._focus_previous_area,
        }

    def activate(self) -> None:
        """Put the focus where typing begins."""
        self._focus()

    def leave(self) -> None:
        """Keep what is typed in the forms: earlier steps are saved, and this one comes again."""

    def areas(self) -> list[QWidget]:
        """Return what F6 steps through."""
        return [self._panel.stack, self._panel.bar, self._panel.rail]

    def _focus_next_area(self) -> None:
        reading_order.step_areas(self.areas(), 1)

    def _focus_previous_area(self) -> None:
        reading_order.step_areas(self.areas(), -1)

    @property
    def place(self) -> int:
        """Return which step is shown, counted from 0."""
        return self._place

    @Slot()
    def go_on(self) -> None:
        """Save the step and show the next one; where something is wrong, stay and show it."""
        if self._saving:
            return
        self._panel.bar.show_problem("")
        prepared = self._section.prepared()
        if prepared is not None:
            self._write(prepared, whole=True)

    @Slot()
    def leave_for_later(self) -> None:
        """Keep the answers that are right and show the next step; what cannot be kept holds nobody up."""
        if self._saving:
            return
        prepared = None if self._panel.bar.problem() else self._what_is_right()
        if prepared is None:
            self._advance()
        else:
            self._write(prepared, whole=False)

    @Slot()
    def go_back(self) -> None:
        """Show the step before; what was typed here stays."""
        if self._place and not self._saving:
            self._show_step(self._place - 1)
            self._focus()

    # --- saving

    @property
    def _section(self) -> Section:
        return self._steps[self._place].section

    def _write(self, prepared: Any, *, whole: bool) -> None:
        section = self._section
        self._whole = whole
        if not section.slow:
            try:
                written = section.write(prepared)
            except DeskError as error:
                self._on_refused(error)
            else:
                self._on_written(written)
            return
        if isinstance(section, MailSection) and section.trial.running:
            section.trial.cancel()
        self._saving = True
        self._panel.bar.set_busy(True)
        self._surroundings.background.run(
            self, partial(section.write, prepared), self._on_written, self._on_refused, Lane.NETWORK
        )

    def _on_written(self, written: Done[Any]) -> None:
        self._rest()
        section = self._section
        self._surroundings.bus.publish(written)
        if self._whole:
            section.mark_saved(section.form.values())
            self._answered.add(self._place)
        else:
            section.show_house(services.read_house(self._surroundings.desk))
        self._advance()

    def _on_refused(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, DeskError):
            raise error
        section = self._section
        if error.field in section.form.names():
            section.refuse(error)
        else:
            self._panel.bar.show_problem(explain(error))

    def _rest(self) -> None:
        if self._saving:
            self._saving = False
            self._panel.bar.set_busy(False)

    def _what_is_right(self) -> Any | None:
        """Return what can be kept: what is typed where it is right, what is kept where it is not."""
        section = self._section
        if not section.changes():
            return None
        values = dict(section.stored(services.read_house(self._surroundings.desk)))
        for name, typed in section.form.values().items():
            try:
                values[name] = section.checked(name, typed)
            except DeskError:
                continue
        try:
            return section.together(values)
        except DeskError:
            return None  # Nothing of it can stand alone; it is still in the form.

    # --- going from step to step

    def _advance(self) -> None:
        if self._place + 1 < len(self._steps):
            self._show_step(self._place + 1)
            self._focus()
        else:
            self._finish()

    def _finish(self) -> None:
        desk, bus = self._surroundings.desk, self._surroundings.bus
        try:
            if services.read_house(desk).supporter is None:
                # No session without somebody who took it.
                bus.publish(services.save_supporter(desk, self._login, ""))
            bus.publish(services.finish_setup(desk))
        except DeskError as error:
            self._panel.bar.show_problem(explain(error))
            return
        self.finished.emit()

    def _show_step(self, place: int) -> None:
        self._place = place
        house = services.read_house(self._surroundings.desk)
        self._steps[place].section.show_house(house)
        self._propose(house)
        words = []
        for number, step in enumerate(self._steps):
            answer = step.answer(house, number in self._answered)
            words.append(StepWords(step.name, answer or step.asks, done=bool(answer)))
        self._panel.rail.show_steps(words, place)
        self._panel.show_step(place)

    def _propose(self, house: House) -> None:
        section = self._section
        if not section.changes():
            empty = {
                name: words
                for name, words in self._steps[self._place].proposal(house).items()
                if words and not section.form.text(name)
            }
            section.form.show_values(empty)
            section.follow()

    def _focus(self) -> None:
        form = self._section.form
        name = form.names()[0]
        form.focus_field(name)
        field = form.field(name)
        if isinstance(field, TextField):
            field.selectAll()  # typing replaces what is proposed
