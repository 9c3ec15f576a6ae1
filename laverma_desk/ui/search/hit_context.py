"""The panel beside the list: who the current hit is, and the button that starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.call.not_possible_link import NotPossibleLink
from laverma_desk.ui.widgets.badge import Badge, Tone
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.context_panel import IconRow, KeyValues, PanelSection
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link


class PastException(NamedTuple):
    """A session without an agreement: its day, who decided, why."""

    day: str
    decided_by: str
    reason: str


class HitDetails(NamedTuple):
    """What the panel shows of the current hit. An empty text leaves its line out.

    `blocked` is not empty where the button is off, and says why. `recurring` says how often this machine
    needed help lately; `attempt_offered`: that it was not possible can be written down; `talking`: which
    colleague is on the phone with the practice.
    """

    name: str
    number: str
    badge: str
    tone: Tone
    phone: str
    contact: str
    email: str
    facts: tuple[tuple[str, str], ...]
    start_label: str
    blocked: str = ""
    exceptions: tuple[PastException, ...] = ()
    recurring: str = ""
    attempt_offered: bool = False
    talking: str = ""


class _ExceptionRow(QWidget):
    """A past exception: day and name, below them the reason."""

    def __init__(self, one: PastException, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(one.day, self, px=13, weight=600))
        row.addWidget(Label(one.decided_by, self, px=13, align="right"), 1)
        column.addLayout(row)
        column.addWidget(Label(one.reason, self, px=13, tone="muted", wrap=True))


class HitContext(QWidget):
    """Three sections: the customer, the machine with the button, the exceptions there were.

    Emits `start_requested`, and `history_wanted` from what is said of recurring trouble.
    """

    start_requested = Signal()
    history_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._number = Label("", px=13, tone="muted")
        self._head = PanelSection("", self._number, self, title_px=16)
        self._badge = Badge("", "neutral")
        self._phone, self._contact, self._email = IconRow("phone"), IconRow("user"), IconRow("mail")
        self._head.body.addSpacing(8)
        self._head.body.addWidget(self._badge)
        self._head.body.addSpacing(8)
        self.talking = Label("", self._head, px=13, tone="amber", wrap=True)
        self._head.body.addWidget(self.talking)
        self._head.body.addSpacing(4)
        for row in (self._phone, self._contact, self._email):
            self._head.body.addWidget(row)
        self._place = PanelSection(parent=self)
        self._facts = KeyValues()
        self._button = Button(_("Start session"), "primary", "play", shortcut_text=_("Enter"))
        self._button.clicked.connect(self.start_requested)
        self.recurring = Link("", px=13)
        self.recurring.setToolTip(_("All sessions of this customer"))
        self.recurring.clicked.connect(self.history_wanted)
        self.not_possible = NotPossibleLink(others=False)
        self._place.body.addWidget(self._facts)
        self._place.body.addWidget(self.recurring)
        self._place.body.addSpacing(16)
        self._place.body.addWidget(self._button)
        self._place.body.addSpacing(8)
        self._place.body.addWidget(self.not_possible)
        self._exceptions = PanelSection(" ", parent=self)
        self._past = QVBoxLayout()
        self._past.setSpacing(0)
        self._exceptions.body.addLayout(self._past)
        for section in (self._head, self._place, self._exceptions):
            column.addWidget(section)
        self._stretch(self._button)

    def _stretch(self, button: Button) -> None:
        policy = button.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        button.setSizePolicy(policy)

    def show_details(self, details: HitDetails) -> None:
        """Show another hit."""
        self._head.title.setText(details.name)
        self._number.setText(_("No. %(number)s") % {"number": details.number})
        self._badge.show_state(details.badge, details.tone)
        self.talking.setText(details.talking)
        self.talking.setVisible(bool(details.talking))
        for row, words in (
            (self._phone, details.phone),
            (self._contact, details.contact),
            (self._email, details.email),
        ):
            row.label.setText(words)
            row.setVisible(bool(words))
        self._facts.show_rows(details.facts)
        self._button.set_label(details.start_label)
        self._button.set_icon("lock" if details.blocked else "play")
        self._button.set_blocked(details.blocked or None)
        self.recurring.set_words(details.recurring)
        self.recurring.setVisible(bool(details.recurring))
        self.not_possible.setVisible(details.attempt_offered)
        self._show_exceptions(details.exceptions)

    def _show_exceptions(self, exceptions: Sequence[PastException]) -> None:
        while (item := self._past.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for one in exceptions:
            self._past.addWidget(_ExceptionRow(one, self._exceptions))
        many = len(exceptions)
        title = ngettext("DPA exceptions (%(count)d)", "DPA exceptions (%(count)d)", many)
        self._exceptions.title.setText(title % {"count": many})
        self._exceptions.setVisible(bool(exceptions))

    def offers_attempt(self) -> bool:
        """Return whether it can be written down that this machine could not be helped from afar."""
        return not self.not_possible.isHidden()

    def button(self) -> Button:
        """Return the button that starts."""
        return self._button
