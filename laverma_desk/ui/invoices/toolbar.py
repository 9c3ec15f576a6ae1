"""The buttons above the paper: what can be done with it, and why something cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.customers.sure_button import SureButton
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.head_line import HeadLine

HEIGHT = 48


class Action(Enum):
    """The buttons, in their order."""

    ISSUE = auto()
    EDIT = auto()
    DISCARD = auto()
    SEND = auto()
    PAY = auto()
    EXPORT = auto()
    CANCEL = auto()
    PRINT = auto()


class _ToolButton(Button):
    """A button that gives up words where the line is narrow: first for shorter ones, then for its icon."""

    def __init__(self, words: str, short: str, icon: str, key: str, parent: QWidget) -> None:
        super().__init__(words, "secondary", icon, small=True, parent=parent)
        self._wordings = (words, short or words)
        self._name, self._key = words, key
        self._level = 0
        self._reason: str | None = None

    def set_words(self, words: str, short: str) -> None:
        """Call what the button does otherwise; `set_level` shows it."""
        self._wordings, self._name = (words, short), words

    def set_level(self, level: int) -> None:
        """Show all words (0), short ones (1) or the drawing alone (2)."""
        self._level = level
        self._padding = 7 if level > 1 else 12  # the drawing alone stands in the middle of its square
        self.set_label("" if level > 1 else self._wordings[level])
        self.setAccessibleName(self._name)
        self._tell()

    def set_reason(self, reason: str | None) -> None:
        """Block the button and say why; None lets it be pressed."""
        if self._forbidden is not None:
            reason = self._forbidden
        self._reason = reason
        self.set_blocked(reason)
        self.setAccessibleDescription(reason or "")
        self._tell()

    def sizeHint(self) -> QSize:
        """Return a square where only the drawing is left."""
        return QSize(32, 32) if self._level > 1 else super().sizeHint()

    def wide(self, level: int) -> int:
        """Return how wide the button is with so many words."""
        if level > 1:
            return 32
        before = self.label()
        self.set_label(self._wordings[level])
        kept, self._padding = self._padding, 12
        hint = Button.sizeHint(self).width()
        self._padding = kept
        self.set_label(before)
        return hint

    def _tell(self) -> None:
        known = f"{self._name} ({self._key})" if self._key else self._name
        tip = known if self._level or self._key else ""
        if self._reason:
            tip = f"{self._name}: {self._reason}" if self._level > 1 else self._reason
        self.setToolTip(tip)


class Toolbar(HeadLine):
    """48 px above the paper. Emits `wanted(Action)`.

    `focus_given_up` comes just before the button that has the focus goes.
    """

    wanted = Signal(object)
    focus_given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, parent)
        enter = key_name("Ctrl+Return")
        self._buttons: dict[Action, _ToolButton] = {
            Action.ISSUE: _ToolButton(_("Issue"), "", "check", enter, self),
            Action.EDIT: _ToolButton(_("Edit"), "", "pencil", "F2", self),
            Action.SEND: _ToolButton(_("Send"), "", "send", "", self),
            Action.PAY: _ToolButton(_("Book payment"), _("Book"), "bank", "", self),
            Action.EXPORT: _ToolButton(_("Export e-invoice"), _("E-invoice"), "export", "", self),
            Action.CANCEL: _ToolButton(_("Cancel invoice"), "", "cancel", "", self),
            Action.PRINT: _ToolButton(_("Print"), "", "print", key_name("Ctrl+P"), self),
        }
        self.discard = SureButton(_("Discard"), _("Discard for good"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 1)
        row.setSpacing(8)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for action, button in self._buttons.items():
            if action is Action.SEND:
                row.addWidget(self.discard)
            if action is Action.PRINT:
                row.addStretch(1)
            row.addWidget(button)
        self._connect()
        self.show_actions((Action.ISSUE, Action.PRINT), {}, tonal=None)

    def _connect(self) -> None:
        self._buttons[Action.ISSUE].clicked.connect(self._on_issue_clicked)
        self._buttons[Action.EDIT].clicked.connect(self._on_edit_clicked)
        self._buttons[Action.SEND].clicked.connect(self._on_send_clicked)
        self._buttons[Action.PAY].clicked.connect(self._on_pay_clicked)
        self._buttons[Action.EXPORT].clicked.connect(self._on_export_clicked)
        self._buttons[Action.CANCEL].clicked.connect(self._on_cancel_clicked)
        self._buttons[Action.PRINT].clicked.connect(self._on_print_clicked)
        self.discard.confirmed.connect(self._on_discard_confirmed)

    def show_actions(
        self,
        shown: Sequence[Action],
        blocked: Mapping[Action, str],
        *,
        tonal: Action | None,
        plain_pdf: bool = False,
    ) -> None:
        """Show these buttons, one of them as the next step, and say of the blocked ones why.

        `plain_pdf`: what is given out is no e-invoice.
        """
        if any(self.button(one).hasFocus() and one not in shown for one in Action):
            self.focus_given_up.emit()
        plain = Action.EXPORT in shown and plain_pdf
        words = (_("Save PDF"), _("PDF")) if plain else (_("Export e-invoice"), _("E-invoice"))
        self._buttons[Action.EXPORT].set_words(*words)
        self.discard.setVisible(Action.DISCARD in shown)
        self.discard.set_blocked(blocked.get(Action.DISCARD))
        for action, button in self._buttons.items():
            button.setVisible(action in shown)
            button.set_kind("tonal" if action is tonal else "secondary")
            button.set_reason(blocked.get(action))
        self._arrange()

    def forbid(self, reason: str | None) -> None:
        """Let nobody press what writes, for good; looking, printing and giving out stay."""
        for action in (Action.ISSUE, Action.EDIT, Action.SEND, Action.PAY, Action.CANCEL, Action.DISCARD):
            self.button(action).forbid(reason)

    def button(self, action: Action) -> Button:
        """Return a button."""
        return self.discard if action is Action.DISCARD else self._buttons[action]

    def may(self, action: Action) -> bool:
        """Return whether a button is there and takes a press."""
        button = self.button(action)
        return not button.isHidden() and not button.is_blocked()

    def take(self, action: Action) -> bool:
        """Return whether a key may do what its button does; where not, say aloud why: it sees no grey."""
        button = self.button(action)
        if button.is_blocked() and not button.isHidden():
            announce(button, button.accessibleDescription())
        return self.may(action)

    def minimumSizeHint(self) -> QSize:
        """Return little: the line gives up words by itself and must not keep the window wide."""
        return QSize(200, HEIGHT)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the first button (F6)."""
        for button in self._buttons.values():
            if not button.isHidden():
                button.setFocus()
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up words where the line has become narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        shown = {action: one for action, one in self._buttons.items() if not one.isHidden()}
        levels = dict.fromkeys(shown, 0)
        room = self.width() - 48 - 8 * (len(shown) - 1)
        room -= 0 if self.discard.isHidden() else self.discard.sizeHint().width() + 8
        # Whoever is farthest from the next step gives way first.
        steps = [(Action.EXPORT, 1), (Action.PAY, 1), (Action.PRINT, 2), (Action.CANCEL, 2)]
        steps += [(Action.EXPORT, 2), (Action.PAY, 2), (Action.EDIT, 2), (Action.SEND, 2)]
        for action, level in steps:
            if sum(shown[one].wide(levels[one]) for one in shown) <= room:
                break
            if action in levels:
                levels[action] = level
        for action, button in shown.items():
            button.set_level(levels[action])

    def _on_issue_clicked(self) -> None:
        self.wanted.emit(Action.ISSUE)

    def _on_edit_clicked(self) -> None:
        self.wanted.emit(Action.EDIT)

    def _on_discard_confirmed(self) -> None:
        self.wanted.emit(Action.DISCARD)

    def _on_send_clicked(self) -> None:
        self.wanted.emit(Action.SEND)

    def _on_pay_clicked(self) -> None:
        self.wanted.emit(Action.PAY)

    def _on_export_clicked(self) -> None:
        self.wanted.emit(Action.EXPORT)

    def _on_cancel_clicked(self) -> None:
        self.wanted.emit(Action.CANCEL)

    def _on_print_clicked(self) -> None:
        self.wanted.emit(Action.PRINT)
