"""The phone guide at the right of a page, and the line that mails it to the caller."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.guide_section import GuideSection
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.text_field import TextField


class _AddressField(TextField):
    """A field in which Enter sends and Escape gives up."""

    entered = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class _MailLine(QWidget):
    """A link; pressed, an address field with a button; below them what came of it."""

    requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = ""
        self.link = Link(_("Mail the guide"), self, px=13, icon="mail")
        self.field = _AddressField(self, height=32)
        self.field.setAccessibleName(_("E-mail address for the guide"))
        self._button = Button(_("Send"), small=True, parent=self)
        self._outcome = Label("", self, px=13, wrap=True)
        self._outcome.set_live()
        self._entry = QWidget(self)
        row = QHBoxLayout(self._entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.link)
        column.addWidget(self._entry)
        column.addWidget(self._outcome)
        self.link.clicked.connect(self._on_link_clicked)
        self.field.entered.connect(self._on_button_clicked)
        self.field.given_up.connect(self.fold_up)
        self._button.clicked.connect(self._on_button_clicked)
        self._show(entry=False, outcome="")

    def set_address(self, address: str) -> None:
        """Take another caller: what was typed for the one before is of no use."""
        if address != self._address:
            self._address = address
            self._show(entry=False, outcome="")

    def is_asking(self) -> bool:
        """Tell whether the address field is open."""
        return self._entry.isVisibleTo(self)

    def fold_up(self) -> None:
        """Close the address field; the focus goes back to the link."""
        self._show(entry=False, outcome="")
        self.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with the address, and let it be mended."""
        self._show(entry=True, outcome=sentence, tone="red")
        self.field.set_invalid(True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self, sentence: str) -> None:
        """Say that the mail is on its way."""
        self._show(entry=False, outcome=sentence, tone="muted")
        self.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, *, entry: bool, outcome: str, tone: str = "muted") -> None:
        self.field.set_invalid(False)
        self.field.setAccessibleDescription(outcome if entry else "")
        self._entry.setVisible(entry)
        self.link.setVisible(not entry)
        self._outcome.setText(outcome)
        self._outcome.set_tone(tone)
        self._outcome.setVisible(bool(outcome))

    def _on_link_clicked(self) -> None:
        self.field.setText(self._address)
        self._show(entry=True, outcome="")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _on_button_clicked(self) -> None:
        self.requested.emit(self.field.text())


class GuideView(GuideSection):
    """The guide of the house, with F1 beside its title. Emits `mail_requested(str)` with an address."""

    mail_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Phone guide QuickSupport"), "F1", parent)
        self._mail = _MailLine(self)
        self.body.addWidget(self._mail)
        self._mail.requested.connect(self.mail_requested)
        self.toggled.connect(self._mail.setVisible)
        self._mail.setVisible(self.is_open())

    def set_address(self, address: str) -> None:
        """Offer another caller's address."""
        self._mail.set_address(address)

    def show_error(self, sentence: str) -> None:
        """Say at the address field why the guide was not mailed."""
        self._mail.show_error(sentence)

    def show_done(self, sentence: str) -> None:
        """Say that the guide is on its way."""
        self._mail.show_done(sentence)

    def fold_up(self) -> bool:
        """Close the address field if the focus is in it; tell whether it was. For the page's Escape."""
        inside = self._mail.is_asking() and self._mail.field.hasFocus()
        if inside:
            self._mail.fold_up()
        return inside
