"""The page of the customers as it is seen: the list, beside it a record; or a panel in place of both."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.change_list import ChangeList
from laverma_desk.ui.customers.register_panel import RegisterPanel
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link


class CustomersPanel(QWidget):
    """Emits `panel_left` for the way back from a panel that took the page's place.

    `new_requested` and `import_requested` come from a desk that has no customer yet.
    """

    panel_left = Signal()
    new_requested = Signal()
    import_requested = Signal()

    def __init__(self, record: QWidget, new: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.register = RegisterPanel(self)
        self.record, self.new = record, new
        self.changes = ChangeList(self)
        self._nobody = _Nobody(self)
        self._nobody.link.clicked.connect(self.new_requested)
        self._nobody.files.clicked.connect(self.import_requested)
        self.stack = QStackedWidget(self)
        for part in (self._nobody, record, new, self.changes):
            self.stack.addWidget(part)
        page = QWidget(self)
        across = QHBoxLayout(page)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.register)
        across.addWidget(self.stack, 1)
        self._place = QWidget(self)
        self._back = Link("", self, px=13, icon="chevron-left")
        self._back.clicked.connect(self.panel_left)
        self.show_nobody("", offer=False)  # Before the list is read, nobody knows that it is empty.
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 0)
        head.addWidget(self._back)
        head.addStretch(1)
        self._inside = QVBoxLayout(self._place)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._inside.addLayout(head)
        self._guest: QWidget | None = None
        self._whole = QStackedWidget(self)
        self._whole.addWidget(page)
        self._whole.addWidget(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._whole, 1)
        self._column = column

    def add_above(self, widget: QWidget) -> None:
        """Put a line above the page; it shows itself when it has something to say."""
        self._column.insertWidget(0, widget)

    def show_part(self, part: QWidget) -> None:
        """Bring the record, the new customer or the changes to the front, beside the list."""
        self.stack.setCurrentWidget(part)

    def part(self) -> QWidget:
        """Return what stands beside the list."""
        return self.stack.currentWidget() or self._nobody

    def show_nobody(self, sentence: str, *, offer: bool) -> None:
        """Say why no record is shown; `offer` leads to the first customer."""
        self._nobody.show_words(sentence, offer=offer)
        self.stack.setCurrentWidget(self._nobody)

    def nobody(self) -> str:
        """Return what is said in place of a record, or an empty text."""
        return self._nobody.words.text() if self.stack.currentWidget() is self._nobody else ""

    def show_guest(self, guest: QWidget, back: str) -> None:
        """Let a panel take the whole page; `back` are the words of the way back. It stays its owner's."""
        self.take_guest_away()
        self._guest = guest
        self._back.set_words(back)
        self._inside.addWidget(guest, 1)
        guest.show()
        self._whole.setCurrentWidget(self._place)

    def take_guest_away(self) -> None:
        """Show list and record again."""
        if self._guest is not None:
            # It keeps this page as its parent, so that it goes with it.
            self._inside.removeWidget(self._guest)
            self._guest.hide()
            self._guest = None
        self._whole.setCurrentIndex(0)

    def guest(self) -> QWidget | None:
        """Return the panel that has taken the page's place."""
        return self._guest


class _Nobody(QWidget):
    """What stands in place of a record."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = Label("", self, tone="muted", wrap=True)
        self.link = Link(_("Create customer"), self)
        self.files = Link(_("Import customers …"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.link)
        row.addWidget(self.files)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def show_words(self, sentence: str, *, offer: bool) -> None:
        self.words.setText(sentence)
        self.link.setVisible(offer)
        self.files.setVisible(offer)
