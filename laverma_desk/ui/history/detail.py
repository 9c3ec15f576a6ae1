"""The chosen session below the table: what is known of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.history.change_list import ChangeList
from laverma_desk.ui.history.detail_facts import DetailColumns
from laverma_desk.ui.history.drawers import AgreementDrawer, BillingDrawer, ResendDrawer
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.notice_bar import NoticeBar

_HEIGHT = 201
_BUTTONS, _NARROW_BUTTONS = 192, 176
_NARROW = 1000


class Action(Enum):
    """What can be done with a session."""

    OPEN = auto()
    SEND = auto()
    START = auto()
    BILLING = auto()


class SessionDetail(QWidget):
    """Notices, columns, buttons, and one drawer at a time.

    Emits `action_wanted(Action)`, `reason_wanted` and `drawer_closed`.
    """

    action_wanted = Signal(object)
    reason_wanted = Signal()
    drawer_closed = Signal()

    def __init__(self, correct_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.agreement = NoticeBar(self)
        self.overlap = NoticeBar(self)
        self.columns = DetailColumns(correct_key, self)
        self._buttons = {
            Action.OPEN: self._button(_("Open report"), "invoice", self._on_open_clicked),
            Action.SEND: self._button(_("Send again"), "send", self._on_send_clicked),
            Action.START: self._button(_("Start a new session"), "play", self._on_start_clicked),
            Action.BILLING: self._button(_("Change billing"), "pencil", self._on_billing_clicked),
        }
        self._told = Label("", self, px=13, tone="red", weight=500)
        self._told.set_live()
        self.changes = ChangeList(self)
        self.billing = BillingDrawer(self)
        self.resend = ResendDrawer(self)
        self.reason = AgreementDrawer(self)
        self._drawers: tuple[QWidget, ...] = (self.changes, self.billing, self.resend, self.reason)
        self._lay_out()
        self.agreement.link_activated.connect(self._on_agreement_link_activated)
        self.columns.facts.changes_wanted.connect(self.toggle_changes)
        for drawer in (self.billing, self.resend, self.reason):
            drawer.given_up.connect(self.close_drawer)
        self.show_notices("", "", may_give_reason=False)
        self.tell("")
        self.open_drawer(None)

    def _button(self, words: str, icon: str, slot: object) -> Button:
        button = Button(words, icon=icon, small=True, spread=True, parent=self)
        button.setFixedWidth(_BUTTONS)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        for button in self._buttons.values():
            right.addWidget(button)
        right.addStretch(1)
        self._body = QWidget(self)
        self._body.setFixedHeight(_HEIGHT)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(24, 16, 24, 8)
        row.setSpacing(0)
        row.addWidget(self.columns, 1)
        row.addLayout(right)
        said = QHBoxLayout()
        said.setContentsMargins(24, 0, 24, 0)
        said.addWidget(self._told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.agreement)
        column.addWidget(self.overlap)
        column.addWidget(self._body)
        column.addLayout(said)
        for drawer in self._drawers:
            column.addWidget(drawer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the columns more of a narrow window."""
        super().resizeEvent(event)
        for button in self._buttons.values():
            button.setFixedWidth(_NARROW_BUTTONS if self.width() < _NARROW else _BUTTONS)

    # --- what is shown

    def button(self, action: Action) -> Button:
        """Return a button."""
        return self._buttons[action]

    def show_actions(self, blocked: Mapping[Action, str], *, send_label: str) -> None:
        """Say of the actions that are not possible why."""
        self._buttons[Action.SEND].set_label(send_label)
        for action, button in self._buttons.items():
            button.set_blocked(blocked.get(action))
        self._buttons[Action.BILLING].set_icon("lock" if Action.BILLING in blocked else "pencil")

    def show_notices(self, agreement: str, overlap: str, *, may_give_reason: bool) -> None:
        """Point out that no agreement was valid, and that another session overlaps; empty: nothing."""
        if agreement:
            link = _("Give the reason") if may_give_reason else ""
            self.agreement.show_notice(agreement, icon="shield-missing", link=link)
        if overlap:
            self.overlap.show_notice(overlap, icon="clock")
        self.agreement.setVisible(bool(agreement))
        self.overlap.setVisible(bool(overlap))

    def tell(self, sentence: str) -> None:
        """Say what did not work; an empty sentence takes it away."""
        self._told.setText(sentence)
        self._told.setFixedHeight(28 if sentence else 0)
        self._told.setVisible(bool(sentence))

    def told(self) -> str:
        """Return what is said."""
        return self._told.text()

    # --- drawers

    def open_drawer(self, wanted: QWidget | None) -> None:
        """Open one drawer and close the others."""
        for drawer in self._drawers:
            drawer.setVisible(drawer is wanted)

    def opened(self) -> QWidget | None:
        """Return the drawer that is open."""
        return next((one for one in self._drawers if not one.isHidden()), None)

    def close_drawer(self) -> None:
        """Close what is open."""
        if self.opened() is not None:
            self.open_drawer(None)
            self.drawer_closed.emit()

    def toggle_changes(self) -> None:
        """Unfold the log, or fold it."""
        folded = self.changes.isHidden()
        self.open_drawer(self.changes if folded else None)
        if folded:
            self.changes.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what Qt asks

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the first button (F6)."""
        self._buttons[Action.OPEN].setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface."""
        painter = paint.start(self)
        painter.fillRect(self.rect(), theme.palette().surface)
        painter.end()

    def _on_agreement_link_activated(self) -> None:
        self.reason_wanted.emit()

    def _on_open_clicked(self) -> None:
        self.action_wanted.emit(Action.OPEN)

    def _on_send_clicked(self) -> None:
        self.action_wanted.emit(Action.SEND)

    def _on_start_clicked(self) -> None:
        self.action_wanted.emit(Action.START)

    def _on_billing_clicked(self) -> None:
        self.action_wanted.emit(Action.BILLING)
