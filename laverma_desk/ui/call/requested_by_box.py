"""Who asked for the session, and how: a name to choose or type, and a sign for the channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.customer import Channel
from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.call.popup_menu import PopupMenu
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.text_field import InnerAction

_ICONS = {
    Channel.PHONE: "phone",
    Channel.EMAIL: "mail",
    Channel.TICKET: "tag",
    Channel.IN_PERSON: "user",
}
_ROOM = 28


class Order(NamedTuple):
    """Who asked, and how."""

    requested_by: str
    channel: Channel


class RequestedByBox(ComboBox):
    """The field "Requested by", 48 px high, with a sign inside that opens the list of channels.

    Emits `order_changed(Order)` when a person has chosen, or has typed and left the field,
    `popup_closed` when a list has closed again, and `confirmed` after Enter.
    """

    order_changed = Signal(object)
    popup_closed = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, height=48, prefix=_("Requested by"), editable=True)
        self._shown = Order("", Channel.PHONE)
        self._channel = Channel.PHONE
        edit = self.lineEdit()
        assert edit is not None  # nosec B101 # noqa: S101 (an editable combo box has one)
        edit.setTextMargins(0, 0, _ROOM, 0)
        self._edit = edit
        self.setCompleter(None)  # type: ignore[arg-type]
        self._sign = InnerAction("phone", "", self)
        self._sign.clicked.connect(self._on_sign_clicked)
        self._menu = PopupMenu(self)
        self._group = QActionGroup(self)
        self._actions: dict[Channel, QAction] = {}
        for channel in Channel:
            action = QAction(text.channel(channel), self._group)
            action.setCheckable(True)
            self._actions[channel] = action
            self._menu.addAction(action)
        self._group.triggered.connect(self._on_channel_triggered)
        self._menu.aboutToHide.connect(self.popup_closed)
        self.activated.connect(self._on_name_activated)
        self.left.connect(self._on_left)
        edit.returnPressed.connect(self._on_edit_returned)
        self._show_channel(Channel.PHONE)

    def show_order(self, order: Order, names: Sequence[str]) -> None:
        """Show who asked and how, and offer these names."""
        self._shown = order
        if [self.itemText(row) for row in range(self.count())] != list(names):
            blocked = self.blockSignals(True)
            self.clear()
            self.addItems(list(names))
            self.blockSignals(blocked)
        self.setCurrentIndex(self.findText(order.requested_by, Qt.MatchFlag.MatchExactly))
        self.setEditText(order.requested_by)
        self._edit.setCursorPosition(0)
        self._show_channel(order.channel)

    def current(self) -> Order:
        """Return what stands in the field."""
        return Order(self._edit.text().strip(), self._channel)

    def is_changed(self) -> bool:
        """Tell whether the field holds something else than was shown."""
        return self.current() != self._shown

    def focus_name(self) -> None:
        """Put the caret into the name, all of it selected."""
        self.setFocus()
        self._edit.selectAll()

    def sign(self) -> InnerAction:
        """Return the sign that opens the list of channels."""
        return self._sign

    def channel_actions(self) -> dict[Channel, QAction]:
        """Return the entries of the list of channels."""
        return dict(self._actions)

    def hidePopup(self) -> None:
        """Tell that the list of names has closed."""
        was_open = self.view().isVisible()
        super().hidePopup()
        if was_open:
            self.popup_closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sign left of the chevron."""
        super().resizeEvent(event)
        self._sign.move(self.width() - 37 - 28, (self.height() - 28) // 2)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs of the list anew in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_actions"):
            self._tint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show a long name from its beginning again."""
        super().focusOutEvent(event)
        self._edit.setCursorPosition(0)

    def _show_channel(self, channel: Channel) -> None:
        self._channel = channel
        self._actions[channel].setChecked(True)
        name = _("Requested %(channel)s") % {"channel": text.channel(channel)}
        self._sign.set_icon(_ICONS[channel], name)
        self._tint()

    def _tint(self) -> None:
        for channel, action in self._actions.items():
            action.setIcon(icons.icon(_ICONS[channel], theme.palette().muted))

    def _tell(self) -> None:
        if self.is_changed():
            self.order_changed.emit(self.current())

    def _on_sign_clicked(self) -> None:
        self._menu.popup(self.mapToGlobal(QPoint(max(0, self.width() - 200), self.height() + 4)))
        self._menu.setActiveAction(self._actions[self._channel])

    def _on_channel_triggered(self, chosen: QAction) -> None:
        for channel, action in self._actions.items():
            if action is chosen:
                self._show_channel(channel)
        self._tell()

    def _on_name_activated(self, _row: int) -> None:
        self._tell()

    def _on_left(self) -> None:
        self._tell()

    def _on_edit_returned(self) -> None:
        self._tell()
        self.confirmed.emit()
