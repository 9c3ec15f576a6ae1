"""The row with the partner ID: which program, which number, and whether the workstation knows it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.domain.customer import Tool
from laverma_desk.i18n import _
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import IconMark
from laverma_desk.ui.widgets.partner_id_field import PartnerIdField


@dataclass(frozen=True)
class Connection:
    """What a session is connected by: `digits` is the partner ID without blanks."""

    tool: Tool
    digits: str


class ConnectionRow(QWidget):
    """Partner ID and program of a session.

    Emits `connection_changed(Connection)` when a person has changed either and left the field, and
    `keep_pressed` when the workstation shall keep them.
    """

    connection_changed = Signal(object)
    keep_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored: Connection | None = None
        self._shown = Connection(Tool.TEAMVIEWER, "")
        self._workstation = ""
        label = Label(_("Partner ID"), self, weight=500)
        label.setFixedWidth(max(80, label.sizeHint().width()))
        self._field = PartnerIdField(self, copying=True, px=16, weight=500)
        self._field.setFixedWidth(200)
        label.setBuddy(self._field)
        self._tool = ComboBox(self, name=_("Program"))
        self._tool.setFixedWidth(136)
        for tool in Tool:
            self._tool.addItem(text.tool(tool), tool)
        self._words = Label("", self, px=13, tone="muted", wrap=True)
        self._keep = Link(_("Keep at the workstation"), self, px=13)
        self._mark = IconMark("warning", self, tone="red")
        self._error = Label("", self, px=13, weight=500, tone="red", wrap=True)
        self._error.set_live()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        for widget in (label, self._field, self._tool):
            row.addWidget(widget)
        row.addSpacing(8)
        beside = QWidget(self)
        beside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        said = QVBoxLayout(beside)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(0)
        said.addStretch(1)
        said.addWidget(self._words)
        said.addWidget(self._keep)
        said.addWidget(self._error)
        said.addStretch(1)
        row.addWidget(self._mark)
        row.addWidget(beside, 1)
        self._field.digits_edited.connect(self._on_digits_edited)
        self._field.left.connect(self._on_changed)
        self._field.returnPressed.connect(self._on_changed)
        self._tool.activated.connect(self._on_changed)
        self._keep.clicked.connect(self._on_keep_clicked)
        self._settle()

    def show_connection(self, shown: Connection, stored: Connection, workstation: str) -> None:
        """Show what the session has, and compare it with what its workstation keeps."""
        self._shown, self._stored, self._workstation = shown, stored, workstation
        self._field.set_digits(shown.digits)
        self._tool.choose(shown.tool)
        self.show_error("")

    def current(self) -> Connection:
        """Return what stands in the fields."""
        tool = self._tool.currentData()
        return Connection(tool if isinstance(tool, Tool) else Tool(str(tool)), self._field.digits())

    def is_changed(self) -> bool:
        """Tell whether the fields hold something else than was shown."""
        return self.current() != self._shown

    def show_error(self, sentence: str) -> None:
        """Show what is wrong with the partner ID; empty: nothing."""
        self._error.setText(sentence)
        self._field.set_invalid(bool(sentence))
        self._field.setAccessibleDescription(sentence)
        self._settle()

    def error(self) -> str:
        """Return the error shown."""
        return self._error.text()

    def words(self) -> str:
        """Return what is said about the workstation."""
        return self._words.text() if not self._words.isHidden() else ""

    def offers_to_keep(self) -> bool:
        """Tell whether the link is shown by which the workstation keeps what stands here."""
        return not self._keep.isHidden()

    def focus_partner_id(self) -> None:
        """Put the caret into the partner ID, all of it selected."""
        self._field.setFocus()
        self._field.selectAll()

    def _settle(self) -> None:
        wrong = bool(self._error.text())
        current = self.current()
        differs = self._stored is not None and current != self._stored and bool(current.digits)
        known = self._stored is not None and current == self._stored and bool(current.digits)
        self._mark.setVisible(wrong)
        self._error.setVisible(wrong)
        self._words.setVisible(not wrong and (differs or known))
        self._keep.setVisible(not wrong and differs)
        if differs:
            self._words.setText(_("Changes often;"))
            self._keep.set_words(_("keep it at %(workstation)s") % {"workstation": self._workstation})
        elif known:
            self._words.setText(
                _("%(tool)s, kept at %(workstation)s")
                % {"tool": text.tool(current.tool), "workstation": self._workstation}
            )

    def _on_digits_edited(self, _digits: str) -> None:
        if self._error.text():
            self.show_error("")
        self._settle()

    def _on_changed(self, _row: int = 0) -> None:
        self._settle()
        if self.is_changed():
            self.connection_changed.emit(self.current())

    def _on_keep_clicked(self) -> None:
        self.keep_pressed.emit()
