"""From the partner ID to the caller's screen: starts the tool, and helps where it is not there."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from laverma_desk import settings, text
from laverma_desk.domain.connecting import is_id
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import DeskError, OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services import remote_tools
from laverma_desk.services.remote_tools import Started
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.call.call_panel import CallPanel
from laverma_desk.ui.call.connection_row import Owner
from laverma_desk.ui.call.fields_controller import FieldsController
from laverma_desk.ui.call.open_call import OpenCall
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.ui.file_choice import FileChoice

FIRST_MOMENT = 900
"""Milliseconds in which a tool that cannot run mostly ends."""

_MENDED_BY_PLACE = frozenset(
    (
        Rule.TOOL_COMMAND_FOREIGN,
        Rule.TOOL_COMMAND_INVALID,
        Rule.TOOL_COMMAND_SECRET,
        Rule.TOOL_NOT_FOUND,
        Rule.TOOL_PATH_WRONG,
        Trouble.TOOL_DID_NOT_START,
    )
)


class Connecting(QObject):
    """Starts the tool of the session shown. Emits `settings_wanted(str)` with page and field.

    `machine_file` is where this machine keeps the paths, None its own place.
    """

    settings_wanted = Signal(str)

    def __init__(
        self,
        surroundings: Surroundings,
        call: OpenCall,
        panel: CallPanel,
        fields: FieldsController,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._surroundings, self._call, self._fields = surroundings, call, fields
        self._panel, self._row = panel, panel.column.timer.connection
        self.machine_file: Path | None = None
        self._shown_id: int | None = None
        self._waiting_for_id = False
        self._busy, self._next = False, False
        self._session_id, self._tool = 0, Tool.TEAMVIEWER
        self._started: Started | None = None
        self._path_helps, self._keeping_helps = False, False
        self._programs: FileChoice | None = None
        self._row.connect_pressed.connect(self.connect_now)
        self._row.digits_edited.connect(self._show_owner)
        self._row.entered.connect(self._on_row_entered)
        self._row.move_pressed.connect(self._on_move_pressed)
        self._row.remedy_pressed.connect(self._on_remedy_pressed)
        call.changed.connect(self._on_call_changed)
        surroundings.background.closing.connect(self._on_background_closing)

    @property
    def programs(self) -> FileChoice:
        """Return what asks for the path of a program, made when it is first asked for."""
        if self._programs is None:
            from laverma_desk.ui.file_choice import FileChoice  # noqa: PLC0415

            self._programs = FileChoice(self._panel, self)
            self._programs.chosen.connect(self._on_program_chosen)
        return self._programs

    @Slot()
    def connect_after_start(self) -> None:
        """Start the tool for a call that has just begun; without an ID the notes keep the caret.

        Whoever types the ID then connects with Enter.
        """
        current = self._row.current()
        if is_id(current.tool, current.digits):
            self.connect_now()
        else:
            self._waiting_for_id = True

    @Slot()
    def connect_now(self) -> None:
        """Start the tool; without a partner ID the caret goes there, and Enter behind it connects."""
        shown = self._call.shown
        if shown is None:
            return
        if self._busy:
            self._next = shown.session.id != self._session_id
            return
        current = self._row.current()
        if not is_id(current.tool, current.digits):
            self._waiting_for_id = True
            error = RuleBroken(Rule.PARTNER_ID_INVALID, field="partner_id", tool=current.tool)
            self._row.show_error(explain(error))
            self._row.focus_partner_id()
        elif self._fields.commit_connection() and not self._row.is_changed():
            self._waiting_for_id = False
            self._start(shown.session.id, current.tool)

    def _start(self, session_id: int, tool: Tool) -> None:
        self._busy, self._tool, self._session_id = True, tool, session_id
        self._row.show_error("")
        self._row.show_busy(busy=True)
        machine = settings.load(self.machine_file)
        work = partial(
            remote_tools.start,
            self._surroundings.desk,
            session_id,
            machine.tool_paths,
            machine.tool_templates,
        )
        self._surroundings.background.run(self, work, self._on_started, self._on_refused)

    def _on_started(self, started: Started) -> None:
        self._started = started
        QTimer.singleShot(FIRST_MOMENT, self, self._on_first_moment_over)

    @Slot()
    def _on_first_moment_over(self) -> None:
        started, self._started = self._started, None
        if started is None:
            return
        try:
            result = remote_tools.confirm(self._surroundings.desk, started)
        except DeskError as error:
            self._on_refused(error)
            return
        self._rest()
        self._surroundings.bus.publish(result)
        values = {"tool": text.tool(started.tool), "id": text.partner_id(started.partner_id)}
        announce(self._row.connect_button, _("%(tool)s was started with %(id)s.") % values)

    @Slot()
    def _on_background_closing(self) -> None:
        """Note what was just started before the desk is closed; nobody watches its first moment any more."""
        started, self._started = self._started, None
        if started is not None:
            with suppress(DeskError):
                remote_tools.confirm(self._surroundings.desk, started)

    def _on_refused(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, DeskError):
            raise error
        if self._session_id != self._call.session_id:
            self._call.troubled.emit(explain(error))
        elif error.field == "partner_id":
            self._row.show_error(explain(error))
        else:
            self._show_problem(error)

    def _rest(self) -> None:
        self._busy = False
        self._row.show_busy(busy=False)
        if self._next:
            self._next = False
            QTimer.singleShot(0, self, self.connect_now)

    def _show_problem(self, error: DeskError) -> None:
        """Say why nothing was started. A path helps for a program; a command is written in the settings."""
        owner = self._row.owner()
        self._keeping_helps = error.code is Rule.AGREEMENT_MISSING and owner is not None
        if owner is not None and self._keeping_helps:
            said = _("No valid DPA: %(name)s") % {"name": owner.practice}
            self._row.show_problem(said, _("Keep it here"))
            return
        by_command = self._tool.value in settings.load(self.machine_file).tool_templates
        self._path_helps = not by_command and self._tool is not Tool.OTHER
        words = _("Choose path") if self._path_helps else _("Settings")
        self._row.show_problem(
            explain(error),
            words if error.code in _MENDED_BY_PLACE else "",
            tone="muted" if error.code is Rule.TOOL_REACHES_NOBODY else "red",
        )

    @Slot()
    def _on_remedy_pressed(self) -> None:
        if self._keeping_helps:
            self._row.show_error("")
            self._row.keep_pressed.emit()
            return
        if not self._path_helps:
            self.settings_wanted.emit(f"remote/{self._tool.value}")
            return
        title = _("Choose the program of %(tool)s") % {"tool": text.tool(self._tool)}
        self.programs.ask_to_read(title, (_("All files (*)"),), remote_tools.programs_folder())

    @Slot(object)
    def _on_program_chosen(self, chosen: Path) -> None:
        try:
            path = remote_tools.check_place(str(chosen), "tool")
        except RuleBroken as error:
            self._show_problem(error)
            return
        known = settings.load(self.machine_file).tool_paths
        settings.change(self.machine_file, tool_paths={**known, self._tool.value: path})
        self.connect_now()

    # --- whose ID it is

    @Slot()
    def _on_row_entered(self) -> None:
        if self._waiting_for_id and not self._row.error():
            self.connect_now()

    @Slot()
    def _on_call_changed(self) -> None:
        if self._shown_id != self._call.session_id:
            self._shown_id, self._waiting_for_id = self._call.session_id, False
            self._row.show_error("")
        self._show_owner()

    @Slot()
    def _show_owner(self) -> None:
        shown, typed = self._call.shown, self._row.current()
        if shown is None:
            return
        try:
            found = remote_tools.owner_elsewhere(
                self._surroundings.desk, shown.session, typed.tool, typed.digits
            )
        except OutsideTrouble:
            found = None  # Said by whatever is written next.
        owner = None
        if found is not None:
            words = f"{found.customer_name} – {found.workstation_name}"
            owner = Owner(found.workstation_id, words, found.former, found.customer_name)
        self._row.show_owner(owner)

    @Slot()
    def _on_move_pressed(self) -> None:
        owner, shown, typed = self._row.owner(), self._call.shown, self._row.current()
        if owner is None or shown is None:
            return
        work = partial(
            remote_tools.move_to_owner,
            self._surroundings.desk,
            shown.session.id,
            owner.workstation_id,
            typed.tool,
            typed.digits,
        )
        try:
            moved = self._call.write(work, self._on_move_pressed)
        except RuleBroken as error:
            self._call.reload()
            # First the caret: leaving the field keeps the ID, and shows the row anew.
            self._panel.column.notes.focus_notes()
            self._tool = typed.tool
            self._show_problem(error)
            return
        if moved is not None:
            self._call.reload()
            self._panel.column.notes.focus_notes()
            announce(self._row, moved.partner)
