"""The page of a shared desk as it is seen: what stands there now, and the way to a server or back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.password_field import PasswordField
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.mark import IconMark
from laverma_desk.ui.widgets.text_field import TextField

ADDRESS, PASSWORD = "database", "password"


class ServerForm(Form):
    """The fields `database` and `password` where the desk is a file, else rows that say how it stands.

    Emits `connect_requested(address, password)`, `alone_requested`, `check_requested`, `restart_requested`.
    """

    connect_requested = Signal(str, str)
    alone_requested = Signal()
    check_requested = Signal()
    restart_requested = Signal()

    def __init__(self, *, shared: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QWidget(self)
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        self.column.addWidget(self._rows)
        self.address = TextField(self)
        self.password = PasswordField(self)
        self.connect_ = Button(_("Connect …"), "primary", icon="server", parent=self)
        self.check = Button(_("Check the connection"), icon="reload", parent=self)
        self.alone = Button(_("Work alone again"), icon="undo", parent=self)
        self._note = QWidget(self)
        self._mark = IconMark("info", self._note, size=20)
        self._said = Prose("", self._note)
        self.restart = Button(_("Start anew"), icon="reload", parent=self._note)
        self._add_ways(shared=shared)
        self._add_note()
        self.connect_.clicked.connect(self._on_connect_clicked)
        self.password.returnPressed.connect(self._on_connect_clicked)
        self.check.clicked.connect(self._on_check_clicked)
        self.alone.clicked.connect(self._on_alone_clicked)
        self.restart.clicked.connect(self.restart_requested)
        self.say("", "info", "muted")

    def _add_ways(self, *, shared: bool) -> None:
        for part in (self.check, self.alone):
            part.setVisible(shared)
        for one in (self.address, self.password, self.connect_):
            one.setVisible(not shared)
        if shared:
            self.column.addSpacing(24)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(self.check)
            row.addWidget(self.alone)
            row.addStretch(1)
            self.column.addLayout(row)
            self.column.addSpacing(12)
            self.column.addWidget(
                Prose(
                    _(
                        "Alone, the window opens the desk of this machine. "
                        "What lies on the server stays there."
                    ),
                    self,
                    px=13,
                    tone="muted",
                )
            )
            self.setFocusProxy(self.check)
            return
        self.add_heading(_("Share a desk"))
        self.column.addSpacing(4)
        self.column.addWidget(
            Prose(
                _(
                    "Several technicians work at one desk on a PostgreSQL server. "
                    "Whoever looks after it says its address. "
                    "This desk stays where it is; “laverma-desk move” takes it along."
                ),
                self,
                tone="muted",
            )
        )
        hint = _("For example %(url)s") % {"url": "postgresql+psycopg://klaus@server.example/laverma"}
        self.add_row((self.labeled(ADDRESS, _("Address of the server"), self.address, hint), 1), above=12)
        kept = _("Kept in the keyring of this machine, never in a file")
        self.add_row((self.labeled(PASSWORD, _("Password"), self.password, kept), 1))
        self.column.addSpacing(16)
        self.column.addWidget(self.connect_, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_note(self) -> None:
        row = QHBoxLayout(self._note)
        row.setContentsMargins(0, 24, 0, 0)
        row.setSpacing(12)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._mark, 0, middle)
        row.addWidget(self._said, 1, middle)
        row.addWidget(self.restart, 0, middle)
        self.column.addWidget(self._note)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show how it stands, as pairs of a name and what there is."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for place, (name, said) in enumerate(rows):
            label = Label(name, self._rows, px=13, weight=500, tone="muted", line=20)
            self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Prose(said, self._rows, line=20), place, 1)

    def rows(self) -> list[str]:
        """Return what is said of each."""
        items = (self._grid.itemAtPosition(row, 1) for row in range(self._grid.rowCount()))
        widgets = (one.widget() for one in items if one is not None)
        return [one.text() for one in widgets if isinstance(one, Prose)]

    def say(self, sentence: str, icon: str, tone: str, *, restart: bool = False) -> None:
        """Say what came of it; `restart` offers the start that it takes."""
        self._said.setText(sentence)
        self._said.set_tone("red" if tone == "red" else "text")
        self._said.updateGeometry()
        self._mark.show_icon(icon, tone)
        self.restart.setVisible(restart)
        self._note.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, urgent=tone == "red")

    def sentence(self) -> str:
        """Return what is said, "" for nothing."""
        return "" if self._note.isHidden() else self._said.text()

    def show_busy(self, busy: bool) -> None:
        """Show that the server is being asked."""
        self.connect_.set_busy(_("Connecting …") if busy else None)
        self.check.set_busy(_("Asking …") if busy else None)

    def _on_connect_clicked(self) -> None:
        if not self.connect_.is_blocked():
            self.password.hide_letters()
            self.connect_requested.emit(self.address.text(), self.password.text())

    def _on_check_clicked(self) -> None:
        if not self.check.is_blocked():
            self.check_requested.emit()

    def _on_alone_clicked(self) -> None:
        if not self.alone.is_blocked():
            self.alone_requested.emit()
