"""Where the remote tools lie on this machine, and what the house makes of their connections."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.customer import Tool
from laverma_desk.i18n import _
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.text_field import TextField

LOG = "watched_log"


class RemoteForm(Form):
    """The field of each tool under its name, `reconnect_minutes`, `long_session_hours` and `watched_log`.

    Emits `file_wanted(str)` with the field whose folder was pressed; `ask_for` opens the chooser, and
    `file_chosen(str, Path)` tells what was chosen.
    """

    file_wanted = Signal(str)
    file_chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = ""
        self._files = FileChoice(self, self)
        self._files.chosen.connect(self._on_file_chosen)
        self.add_heading(_("Programs"), above=0)
        for tool in Tool:
            self.add_row(
                (self._file_field(tool.value, _tool_label(tool)), 1),
                above=8 if tool is Tool.TEAMVIEWER else 16,
            )
        self.column.addSpacing(8)
        self.column.addWidget(
            Prose(
                _(
                    "Empty: the program is looked for. A command of your own can stand instead, with {id} "
                    "for the partner ID. It is started without a shell, and no password belongs into it: "
                    "whoever works on this machine could read it."
                ),
                self,
                px=13,
                tone="muted",
            )
        )
        self.add_heading(_("Connections"))
        self.add_row(
            (self.labeled("reconnect_minutes", _("Join with a pause under (minutes)"), TextField(self)), 320),
            (self.labeled("long_session_hours", _("Remind of a session from (hours)"), TextField(self)), 320),
            above=8,
        )
        self.add_heading(_("Log file"))
        self.add_row((self._file_field(LOG, _("Watch log file")), 1), above=8)

    @property
    def files(self) -> FileChoice:
        """Return what asks for a file."""
        return self._files

    def ask_for(self, name: str, folder: str) -> None:
        """Ask for the file of a field, beginning in a folder."""
        self._asked = name
        label = self.labeled_field(name).label.text()
        self._files.ask_to_read(label, (_("All files (*)"),), folder)

    def show_state(self, name: str, words: str) -> None:
        """Say below a field what is there."""
        self.labeled_field(name).set_hint(words)

    def state(self, name: str) -> str:
        """Return what is said below a field."""
        return self.labeled_field(name).hint()

    def _file_field(self, name: str, label: str) -> QWidget:
        field = TextField(self)
        action = field.set_action("folder", _("Choose a file"))
        action.setProperty("field", name)
        action.clicked.connect(self._on_folder_clicked)
        return self.labeled(name, label, field)

    def _on_folder_clicked(self) -> None:
        self.file_wanted.emit(str(self.sender().property("field")))

    def _on_file_chosen(self, chosen: Path) -> None:
        self.file_chosen.emit(self._asked, chosen)


def _tool_label(tool: Tool) -> str:
    return _("Other program") if tool is Tool.OTHER else text.tool(tool)
