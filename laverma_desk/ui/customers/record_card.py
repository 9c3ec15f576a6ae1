"""A card of the record: its title, what it shows, and the form that takes its place while it is edited."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.mark import Dot

SIDE = 17
HEAD = 40


class RecordCard(Card):
    """A card whose pencil, or plus, opens its form. Emits `edit_requested`.

    Put what it shows into `content`. An amber dot beside the title says that something typed is not saved.
    """

    edit_requested = Signal()

    def __init__(
        self, title: str, form: CardForm, parent: QWidget | None = None, *, foot: int = 16, side: int = SIDE
    ) -> None:
        super().__init__(parent)
        self.form = form
        self._title = Label(title, self, weight=600, line=24)
        self._dot = Dot(self, tone="amber_line")
        self._dot.setToolTip(_("Not saved yet"))
        self._dot.setAccessibleName(_("Not saved yet"))
        self._dot.hide()
        self._head = QHBoxLayout()
        self._head.setContentsMargins(SIDE, 0, 10, 0)
        self._head.setSpacing(8)
        self._head.addWidget(self._title)
        self._head.addWidget(self._dot)
        self._head.addStretch(1)
        head = QWidget(self)
        head.setFixedHeight(HEAD - 1)
        head.setLayout(self._head)
        self._shown = QWidget(self)
        self.content = QVBoxLayout(self._shown)
        self.content.setContentsMargins(side, 0, side, foot)
        self.content.setSpacing(0)
        self._editing = QWidget(self)
        inside = QVBoxLayout(self._editing)
        inside.setContentsMargins(SIDE, 0, SIDE, SIDE)
        inside.addWidget(form)
        self.body.setContentsMargins(0, 1, 0, 0)
        self.body.addWidget(head)
        self.body.addWidget(self._shown)
        self.body.addWidget(self._editing)
        self.body.addStretch(1)
        self._editing.hide()
        self.action: Button | None = None

    def set_action(self, icon: str, name: str, *, words: str = "") -> Button:
        """Put the button that opens the form at the right end of the title; `words` stand beside its icon."""
        if words:
            self.action = Button(words, "ghost", icon, small=True, parent=self)
            self.action.setAccessibleName(name)
        else:
            self.action = Button(name, "icon", icon, small=True, parent=self)
        self.action.clicked.connect(self.edit_requested)
        self._head.addWidget(self.action)
        return self.action

    def show_form(self, *, editing: bool) -> None:
        """Let the form take the place of what is shown, or the other way round."""
        if editing == self.is_editing():
            return
        had_focus = self._editing.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._editing.setVisible(editing)
        self._shown.setVisible(not editing)
        if self.action is not None:
            self.action.setVisible(not editing)
            if not editing and had_focus:
                self.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_editing(self) -> bool:
        """Tell whether the form is open."""
        return not self._editing.isHidden()

    def set_unsaved(self, unsaved: bool) -> None:
        """Show or take back the amber dot."""
        self._dot.setVisible(unsaved)

    def is_unsaved(self) -> bool:
        """Tell whether the amber dot is shown."""
        return not self._dot.isHidden()

    def set_editable(self, editable: bool) -> None:
        """Let the record be edited, or only be read."""
        if self.action is not None:
            self.action.setEnabled(editable)
