"""The row with the partner ID: the number, the way there, which program, and whose number it is."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.domain.customer import Tool
from laverma_desk.i18n import _
from laverma_desk.ui.call.tool_link import ToolLink
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import IconMark
from laverma_desk.ui.widgets.partner_id_field import PartnerIdField


class Connection(NamedTuple):
    """What a session is connected by: `digits` is the partner ID without blanks, or a name."""

    tool: Tool
    digits: str


class Owner(NamedTuple):
    """The other machine that has the ID typed here, or had it (`former`); `words` is practice – machine."""

    workstation_id: int
    words: str
    former: bool
    practice: str


class ConnectionRow(QWidget):
    """Partner ID and program of a session.

    Emits `connection_changed(Connection)` when a person has changed either and left the field,
    `digits_edited` while one types, `keep_pressed` when the workstation shall keep them, `connect_pressed`,
    `move_pressed` where the machine that has the ID shall get the session, `entered` for Enter in the field,
    and `remedy_pressed` for the link beside a problem.
    """

    connection_changed = Signal(object)
    digits_edited = Signal()
    keep_pressed = Signal()
    connect_pressed = Signal()
    move_pressed = Signal()
    remedy_pressed = Signal()
    entered = Signal()
    popup_closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored: Connection | None = None
        self._shown = Connection(Tool.TEAMVIEWER, "")
        self._owner: Owner | None = None
        self._workstation, self._at_field = "", False
        label = Label(_("Partner ID"), self, weight=500)
        label.setFixedWidth(max(80, label.sizeHint().width()))
        self._field = PartnerIdField(self, copying=True, px=16, weight=500)
        self._field.setFixedWidth(200)
        label.setBuddy(self._field)
        self.connect_button = Button(_("Connect"), "tonal", "connect", parent=self)
        self.connect_button.setToolTip(key_name("Ctrl+T"))
        self._tool = ToolLink(self)
        self._words = Label("", self, px=13, tone="muted")
        self._keep = Link("", self, px=13)
        self._move = Link(_("Change to it"), self, px=13)
        self._mark = IconMark("warning", self, tone="red")
        self._error = Label("", self, px=13, weight=500, tone="red", wrap=True)
        self._error.set_live()
        self._remedy = Link("", self, px=13)
        self._arrange(label)
        self._connect()
        self._settle()

    def _arrange(self, label: Label) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        for widget in (label, self._field, self.connect_button):
            row.addWidget(widget)
        row.addSpacing(8)
        beside = QWidget(self)
        beside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        said = QVBoxLayout(beside)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(0)
        said.addStretch(1)
        said.addLayout(_line(self._tool, self._words, gap=0))
        said.addWidget(self._error)
        said.addLayout(_line(self._move, self._keep, self._remedy, gap=16))
        said.addStretch(1)
        row.addWidget(self._mark)
        row.addWidget(beside, 1)

    def _connect(self) -> None:
        self._field.digits_edited.connect(self._on_digits_edited)
        self._field.left.connect(self._on_changed)
        self._field.returnPressed.connect(self._on_field_entered)
        self._tool.tool_chosen.connect(self._on_tool_chosen)
        self._tool.menu_closed.connect(self.popup_closed)
        self._keep.clicked.connect(self.keep_pressed)
        self._move.clicked.connect(self.move_pressed)
        self._remedy.clicked.connect(self.remedy_pressed)
        self.connect_button.clicked.connect(self.connect_pressed)

    def show_connection(self, shown: Connection, stored: Connection, workstation: str) -> None:
        """Show what the session has, and compare it with what its workstation keeps."""
        other = (shown, stored, workstation) != (self._shown, self._stored, self._workstation)
        self._shown, self._stored, self._workstation = shown, stored, workstation
        self._tool.show_tool(shown.tool)
        self._field.set_tool(shown.tool)
        self._field.set_digits(shown.digits)
        if other or self._at_field:
            self.show_error("")
        self._settle()

    def current(self) -> Connection:
        """Return what stands in the fields."""
        return Connection(self._tool.tool(), self._field.digits())

    def is_changed(self) -> bool:
        """Tell whether the fields hold something else than was shown."""
        return self.current() != self._shown

    def show_owner(self, owner: Owner | None) -> None:
        """Point out whose ID stands in the field; None takes it back."""
        self._owner = owner
        self._settle()

    def owner(self) -> Owner | None:
        """Return the machine that is pointed out."""
        return self._owner

    def show_busy(self, *, busy: bool) -> None:
        """Show that the tool is being started, or that it is not any more."""
        self.connect_button.set_busy(_("Starting …") if busy else None)
        if not busy:
            self.connect_button.setToolTip(key_name("Ctrl+T"))

    def show_error(self, sentence: str) -> None:
        """Show what is wrong with the partner ID; an empty sentence takes this or a problem back."""
        self._say(sentence, "", at_field=bool(sentence))

    def show_problem(self, sentence: str, remedy: str = "", *, tone: str = "red") -> None:
        """Show why nothing was started, with the words of the link that helps; the ID is right.

        `tone`: "muted" where nothing is wrong.
        """
        self._say(sentence, remedy, at_field=False, tone=tone)

    def _say(self, sentence: str, remedy: str, *, at_field: bool, tone: str = "red") -> None:
        self._at_field = at_field
        self._mark.show_icon("warning" if tone == "red" else "info", tone)
        self._error.set_tone(tone)
        self._error.setText(sentence)
        self._remedy.set_words(remedy)
        self._field.set_invalid(at_field)
        self._field.setAccessibleDescription(sentence if at_field else "")
        self._settle()

    def error(self) -> str:
        """Return what is shown to be wrong with the partner ID."""
        return self._error.text() if self._at_field else ""

    def problem(self) -> str:
        """Return why nothing was started."""
        return self._error.text() if not self._at_field else ""

    def words(self) -> str:
        """Return what is said about the program and whose number it is."""
        rest = self._words.text() if not self._words.isHidden() else ""
        return rest if self._tool.isHidden() else self._tool.text() + rest

    def tool_link(self) -> ToolLink:
        """Return the name of the program, which is pressed to change it."""
        return self._tool

    def field(self) -> PartnerIdField:
        """Return the field."""
        return self._field

    def offers_to_keep(self) -> bool:
        """Tell whether the link is shown by which the workstation keeps what stands here."""
        return not self._keep.isHidden()

    def offers_to_move(self) -> bool:
        """Tell whether the link is shown by which the session goes to the machine that has the ID."""
        return not self._move.isHidden()

    def remedy(self) -> Link:
        """Return the link that helps out of the error."""
        return self._remedy

    def focus_partner_id(self) -> None:
        """Put the caret into the partner ID, all of it selected."""
        self._field.setFocus()
        self._field.selectAll()

    def _settle(self) -> None:
        wrong = bool(self._error.text())
        current = self.current()
        differs = self._stored is not None and current != self._stored and bool(current.digits)
        known = self._stored is not None and current == self._stored and bool(current.digits)
        owner = self._owner if differs else None
        self._mark.setVisible(wrong)
        self._error.setVisible(wrong)
        self._remedy.setVisible(wrong and bool(self._remedy.text()))
        self._tool.setVisible(not wrong and owner is None)
        self._words.setVisible(not wrong and (differs or known))
        self._move.setVisible(not wrong and owner is not None)
        self._keep.setVisible(not wrong and differs)
        place = {"workstation": self._workstation}
        if owner is not None:
            belongs = _("Was at %(place)s") if owner.former else _("Belongs to %(place)s")
            self._words.setText(belongs % {"place": owner.words})
            self._keep.set_words(_("Keep it here"))
        elif differs:
            self._words.setText(_(", changes often;"))
            self._keep.set_words(_("keep it at %(workstation)s") % place)
        elif known:
            self._words.setText(_(", kept at %(workstation)s") % place)

    def _on_digits_edited(self, _digits: str) -> None:
        if self._error.text():
            self.show_error("")
        self._settle()
        self.digits_edited.emit()

    def _on_tool_chosen(self) -> None:
        self._field.set_tool(self._tool.tool())
        if self._error.text():
            self.show_error("")
        self.digits_edited.emit()
        self._on_changed()

    def _on_field_entered(self) -> None:
        self._on_changed()
        self.entered.emit()

    def _on_changed(self) -> None:
        self._settle()
        if self.is_changed():
            self.connection_changed.emit(self.current())


def _line(*parts: QWidget, gap: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
