"""What is known of the chosen mail, and the four things that can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.outbox.attempts_list import AttemptsList
from laverma_desk.ui.outbox.choosing import Action
from laverma_desk.ui.outbox.facts import FactsColumn
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

HEIGHT = 240
_BUTTONS, _NARROW_BUTTONS = 200, 168
_NARROW = 1080


class MessageDetail(QWidget):
    """Facts, attempts and buttons, 240 px high. Emits `action_wanted(Action)` and `undo_wanted`."""

    action_wanted = Signal(object)
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.facts = FactsColumn(self)
        self._attempts_title = Label(_("Attempts"), self, weight=600, line=24)
        self.attempts = AttemptsList(self)
        self.attempts.setAccessibleName(_("Attempts"))
        self._buttons = {
            Action.SEND: self._button(_("Send now"), "send"),
            Action.READDRESS: self._button(_("Change address"), "pencil"),
            Action.DRAFT: self._button(_("Open as draft"), "mail"),
            Action.DISCARD: self._button(_("Discard"), "close"),
        }
        self._buttons[Action.SEND].clicked.connect(self._on_send_clicked)
        self._buttons[Action.READDRESS].clicked.connect(self._on_readdress_clicked)
        self._buttons[Action.DRAFT].clicked.connect(self._on_draft_clicked)
        self._buttons[Action.DISCARD].clicked.connect(self._on_discard_clicked)
        self._told = Label("", self, px=13, tone="red", wrap=True)
        self._told.set_live()
        self._undo = Link(_("Bring back"), self, px=13, shortcut_text="F8")
        self._undo.clicked.connect(self.undo_wanted)
        self._lay_out()
        self.tell("")
        self.offer_undo("")

    def _button(self, words: str, icon: str) -> Button:
        button = Button(words, icon=icon, small=True, spread=True, parent=self)
        button.setFixedWidth(_BUTTONS)
        return button

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._attempts_title)
        middle.addSpacing(8)
        middle.addWidget(self.attempts, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        for button in self._buttons.values():
            right.addWidget(button)
        right.addWidget(self._undo)
        right.addWidget(self._told)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 8)
        row.setSpacing(16)
        row.addWidget(self.facts, 408)
        row.addLayout(middle, 416)
        row.addLayout(right)
        self._row = row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the attempts more of a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._row.setStretch(0, 320 if narrow else 408)
        self._row.setStretch(1, 370 if narrow else 416)
        for button in self._buttons.values():
            button.setFixedWidth(_NARROW_BUTTONS if narrow else _BUTTONS)

    def show_attempts(self, entries: Sequence[tuple[str, str, str]]) -> None:
        """Show what was tried."""
        self._attempts_title.setVisible(bool(entries))
        self.attempts.setVisible(bool(entries))
        self.attempts.show_entries(entries)

    def show_actions(self, filled: Action | None, blocked: Mapping[Action, str], *, send_label: str) -> None:
        """Fill one button, and say of those that cannot be used why."""
        self._buttons[Action.SEND].set_label(send_label)
        for action, button in self._buttons.items():
            reason = blocked.get(action)
            plain = "danger" if action is Action.DISCARD else "secondary"
            button.set_kind("primary" if action is filled and reason is None else plain)  # type: ignore[arg-type]
            button.set_blocked(reason)

    def button(self, action: Action) -> Button:
        """Return a button."""
        return self._buttons[action]

    def tell(self, sentence: str) -> None:
        """Say what did not work; an empty sentence takes it away."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def told(self) -> str:
        """Return what is said."""
        return self._told.text()

    def offer_undo(self, sentence: str) -> None:
        """Offer to bring a discarded mail back; an empty sentence ends the offer."""
        self._undo.setVisible(bool(sentence))
        self._undo.setToolTip(sentence)

    def offers_undo(self) -> bool:
        """Return whether a discarded mail can be brought back."""
        return not self._undo.isHidden()

    def show_empty(self, empty: bool) -> None:
        """Show no mail, only what can be brought back."""
        self.facts.setVisible(not empty)
        for button in self._buttons.values():
            button.setVisible(not empty)
        if empty:
            self.show_attempts(())

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the first button (F6)."""
        self._buttons[Action.SEND].setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.palette().surface)
        paint.rule(painter, 0, 0, self.width(), theme.palette().border)
        painter.end()

    def _on_send_clicked(self) -> None:
        self.action_wanted.emit(Action.SEND)

    def _on_readdress_clicked(self) -> None:
        self.action_wanted.emit(Action.READDRESS)

    def _on_draft_clicked(self) -> None:
        self.action_wanted.emit(Action.DRAFT)

    def _on_discard_clicked(self) -> None:
        self.action_wanted.emit(Action.DISCARD)
