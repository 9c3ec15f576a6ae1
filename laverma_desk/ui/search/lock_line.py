"""The line below a locked row: why it is locked, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

_GAP = 8


class LockLine(QWidget):
    """A sentence with its links, 20 px high. The links never take the focus, which stays in the field.

    It shows the reason with the ways on; then the question with the address, since nothing is sent to one
    that is not seen; then what became of the mail. Emits `template_wanted`, `visit_wanted`,
    `exception_wanted`, `send_confirmed`, `send_given_up` and `take_back_wanted`.
    """

    template_wanted = Signal()
    visit_wanted = Signal()
    exception_wanted = Signal()
    send_confirmed = Signal()
    send_given_up = Signal()
    take_back_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._reason = ""
        self._sentence = Label("", self, weight=500, tone="red")
        self.template = Link(_("Send DPA template"), self)
        self._or = Label(_("or"), self, tone="muted")
        self.visit = Link(_("Create on-site appointment"), self)
        self.exception = Link(_("Exception"), self)
        self.exception.setAccessibleName(_("Exception with a reason"))
        self.confirm = Link(_("Send now"), self)
        self.give_up = Link(_("Cancel"), self)
        self.take_back = Link(_("Take back"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._sentence)
        for link in (
            *(self.template, self._or, self.visit, self.exception),
            *(self.confirm, self.give_up, self.take_back),
        ):
            if link is self.exception:
                row.addSpacing(_GAP)
            row.addWidget(link)
        row.addStretch(1)
        self._links = (
            *(self.template, self.visit, self.exception),
            *(self.confirm, self.give_up, self.take_back),
        )
        for one in self._links:
            # Enter on the row leads on; Tab shall not stop at every locked row.
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.template.setToolTip(key_name("Alt+V"))
        self.visit.setToolTip(key_name("Alt+O"))
        self.exception.setToolTip(_("Exception with a reason"))
        self.template.clicked.connect(self.template_wanted)
        self.visit.clicked.connect(self.visit_wanted)
        self.exception.clicked.connect(self.exception_wanted)
        self.confirm.clicked.connect(self.send_confirmed)
        self.give_up.clicked.connect(self.send_given_up)
        self.take_back.clicked.connect(self.take_back_wanted)
        self._exception_offered = self._visit_offered = self._says_reason = False

    def show_reason(self, reason: str, *, exception_offered: bool, visit_offered: bool) -> None:
        """Say why the row is locked, and offer the ways on."""
        self._reason, self._exception_offered, self._visit_offered = reason, exception_offered, visit_offered
        self._says_reason = True
        self._sentence.set_tone("red")
        self._fit()

    def show_question(self, address: str) -> None:
        """Ask whether the template shall go to this address."""
        self._show(
            _("DPA template to %(recipient)s") % {"recipient": address}, "text", self.confirm, self.give_up
        )

    def show_told(self, words: str, *, back: bool = False, tone: str = "text") -> None:
        """Say what became of the mail; `back`: it can still be taken back."""
        self._show(words, tone, *([self.take_back] if back else []))
        announce(self, words, urgent=tone == "red")

    def is_asking(self) -> bool:
        """Tell whether the address is shown and waits for a yes."""
        return not self.confirm.isHidden()

    def words(self) -> str:
        """Return the sentence."""
        return self._sentence.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where the links would not fit beside the whole reason."""
        super().resizeEvent(event)
        self._fit()

    def _show(self, words: str, tone: str, *links: Link) -> None:
        self._says_reason = False
        self._sentence.set_tone(tone)
        self._place(words, *links)

    def _place(self, words: str, *parts: QWidget) -> None:
        # Only what changes: to show a widget again lays the whole line out, and each letter asks for it.
        if words != self._sentence.text():
            self._sentence.setText(words)
        for one in (*self._links, self._or):
            if (one in parts) == one.isHidden():
                one.setVisible(one in parts)

    def _fit(self) -> None:
        if not self._says_reason:
            return
        parts: list[QWidget] = [self.template, *([self._or, self.visit] if self._visit_offered else [])]
        rest = sum(one.sizeHint().width() + _GAP for one in parts)
        fits = fonts.width(self._reason, 14, 500) + rest <= self.width()
        words = self._reason if fits else _("No remote support without a valid DPA.")
        # Enter and a double click lead to the exception too: it is the one that may be missing.
        needed = fonts.width(words, 14, 500) + rest + self.exception.sizeHint().width() + 2 * _GAP
        if self._exception_offered and needed <= self.width():
            parts.append(self.exception)
        self._place(words, *parts)
