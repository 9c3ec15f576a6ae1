"""The password of a server that is back and lets nobody in without one: a card below the bar that says so."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.password_field import PasswordField
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.filter_button import FilterPopup
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import LabeledField

_WIDE = 360
_EDGE = 24


class LoginCard(FilterPopup):
    """Opens below the bar. Emits `password_entered(str)`; it stays until it is closed, or with Escape."""

    password_entered = Signal(str)

    def __init__(self, owner: QWidget, where: str) -> None:
        super().__init__(owner)
        self.setFixedWidth(_WIDE)
        self.setAccessibleName(_("Shared desk"))
        self.body.setContentsMargins(17, 13, 17, 17)
        self.body.addWidget(Label(_("Shared desk"), self, px=14, weight=600, line=24))
        self.body.addWidget(Label(where, self, px=13, tone="muted", wrap=True))
        self.body.addSpacing(12)
        self.password = PasswordField(self)
        self.body.addWidget(LabeledField(_("Password"), self.password, reserve=False, parent=self))
        self._trouble = Label("", self, px=13, tone="red", wrap=True)
        self._trouble.set_live()
        self._trouble.hide()
        self._trouble.setContentsMargins(0, 4, 0, 0)
        self.body.addWidget(self._trouble)
        self.body.addSpacing(12)
        self.log_in = Button(_("Log in"), "primary", icon="lock", parent=self)
        self.body.addWidget(self.log_in, 0, Qt.AlignmentFlag.AlignLeft)
        self.password.returnPressed.connect(self._on_log_in_clicked)
        self.log_in.clicked.connect(self._on_log_in_clicked)

    def open_below(self) -> None:
        """Show it at the right end of the bar, where the link is, with the focus where one types."""
        super().open_below()
        right = self._owner.mapToGlobal(QPoint(self._owner.width() - _EDGE, 0)).x()
        self.move(max(0, right - self.width()), self.y())
        self.password.setFocus(Qt.FocusReason.PopupFocusReason)

    def trouble(self) -> str:
        """Return what was wrong with the password, "" while nothing is."""
        return self._trouble.text()

    def show_trouble(self, sentence: str) -> None:
        """Say what was wrong, and let the password be typed once more."""
        self.log_in.set_busy(None)
        self._trouble.show()
        self._trouble.setText(sentence)
        self.password.clear()
        self.open_below()

    def _on_log_in_clicked(self) -> None:
        typed = self.password.text()
        if not typed or self.log_in.is_blocked():
            return
        self.password.hide_letters()
        self.log_in.set_busy(_("Connecting …"))
        self.password_entered.emit(typed)
