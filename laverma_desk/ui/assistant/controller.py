"""Leads through the first start, one step at a time; what was answered is kept before the next one comes."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services import house as services
from laverma_desk.services.changes import Done
from laverma_desk.ui.assistant.panel import AssistantPanel
from laverma_desk.ui.assistant.step_rail import StepWords
from laverma_desk.ui.assistant.steps import Step, make_steps
from laverma_desk.ui.assistant.system_user import system_user
from laverma_desk.ui.background import Lane
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


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
        self._place = 0
        self._answered: set[int] = set()
        self._saving = False
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
        return {"Ctrl+Return": self.go_on}

    def activate(self) -> None:
        """Put the focus where typing begins."""
        self._focus()

    def leave(self) -> None:
        """Keep what is right of the step that is open."""
        self._keep_what_is_right()

    def areas(self) -> list[QWidget]:
        """Return what F6 steps through."""
        return [self._panel.stack, self._panel.bar, self._panel.rail]

    @property
    def place(self) -> int:
        """Return which step is shown, counted from 0."""
        return self._place

    @Slot()
    def go_on(self) -> None:
        """Save the step and show the next one; where something is wrong, stay and show it."""
        if self._saving:
            return
        step = self._steps[self._place]
        self._panel.bar.show_problem("")
        prepared = step.section.prepared()
        if prepared is None:
            return
        self._answered.add(self._place)
        if step.section.slow:
            self._saving = True
            self._panel.bar.set_busy(True)
            self._surroundings.background.run(
                self, partial(step.section.write, prepared), self._on_written, self._on_refused, Lane.NETWORK
            )
            return
        try:
            written = step.section.write(prepared)
        except DeskError as error:
            self._refuse(error)
            return
        self._on_written(written)

    @Slot()
    def leave_for_later(self) -> None:
        """Keep the answers that are right and show the next step."""
        if self._saving:
            return
        self._keep_what_is_right()
        self._advance()

    @Slot()
    def go_back(self) -> None:
        """Show the step before; what was typed here stays."""
        if self._place and not self._saving:
            self._show_step(self._place - 1)
            self._focus()

    # --- saving

    def _on_written(self, written: Done[Any]) -> None:
        self._saving = False
        self._panel.bar.set_busy(False)
        section = self._steps[self._place].section
        section.mark_saved(section.form.values())
        self._surroundings.bus.publish(written)
        self._advance()

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._refuse(error)

    def _refuse(self, error: DeskError) -> None:
        self._saving = False
        self._answered.discard(self._place)
        self._panel.bar.set_busy(False)
        section = self._steps[self._place].section
        if error.field in section.form.names():
            section.refuse(error)
        else:
            self._panel.bar.show_problem(explain(error))

    def _keep_what_is_right(self) -> None:
        step = self._steps[self._place]
        if not step.section.changes():
            return
        try:
            written = step.section.write(step.section.together(self._right_values(step)))
        except DeskError:
            return  # Nothing of it can stand alone; it is still in the form.
        self._surroundings.bus.publish(written)
        step.section.show_house(services.read_house(self._surroundings.desk))

    def _right_values(self, step: Step) -> dict[str, Any]:
        """Return what is typed where it is right, and what is kept where it is not."""
        values = dict(step.section.stored(services.read_house(self._surroundings.desk)))
        for name, typed in step.section.form.values().items():
            try:
                values[name] = step.section.checked(name, typed)
            except DeskError:
                continue
        return values

    # --- going from step to step

    def _advance(self) -> None:
        if self._place + 1 < len(self._steps):
            self._show_step(self._place + 1)
            self._focus()
        else:
            self._finish()

    def _finish(self) -> None:
        desk, bus = self._surroundings.desk, self._surroundings.bus
        if services.read_house(desk).supporter is None:
            # No session without somebody who took it.
            bus.publish(services.save_supporter(desk, self._login, ""))
        bus.publish(services.finish_setup(desk))
        self.finished.emit()

    def _show_step(self, place: int) -> None:
        self._place = place
        house = services.read_house(self._surroundings.desk)
        self._steps[place].section.show_house(house)
        words = []
        for number, step in enumerate(self._steps):
            answer = step.answer(house)
            done = bool(answer) or number in self._answered
            words.append(StepWords(step.name, answer or step.asks, done))
        self._panel.rail.show_steps(words, place)
        self._panel.show_step(place)

    def _focus(self) -> None:
        form = self._steps[self._place].section.form
        form.focus_field(form.names()[0])
