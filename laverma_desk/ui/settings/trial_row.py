"""The button that tries the mail account, and the line that says what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.mark import IconMark

_RESULT_AT = 16


class TrialRow(QWidget):
    """Emits `test_requested`, and `cancel_requested` while a test runs."""

    test_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(_("Test connection"), icon="connect", parent=self)
        self.cancel = Button(_("Cancel"), "ghost", parent=self)
        self._mark = IconMark("check-circle", self, size=20)
        self._sentence = Prose("", self, weight=500)
        self._answer = Label("", self, px=13, tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.button, 0, top)
        row.addWidget(self.cancel, 0, top)
        row.addSpacing(_RESULT_AT)
        mark = QVBoxLayout()
        mark.addSpacing(10)
        mark.addWidget(self._mark)
        mark.addStretch(1)
        row.addLayout(mark)
        row.addSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addSpacing(10)
        words.addWidget(self._sentence)
        words.addWidget(self._answer)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.button.clicked.connect(self.test_requested)
        self.cancel.clicked.connect(self.cancel_requested)
        self.clear()

    def clear(self) -> None:
        """Offer the test, say nothing."""
        self._rest()
        self._say("", "", "check-circle", "green")

    def show_testing(self) -> None:
        """Show that a test runs, and offer to stop it; the focus goes there, since the button is off."""
        self._say("", "", "check-circle", "green")
        had_focus = self.button.hasFocus()
        self.button.set_busy(_("Testing …"))
        self.cancel.show()
        if had_focus:
            self.cancel.setFocus()

    def show_success(self, sentence: str) -> None:
        """Show that the account works."""
        self._rest()
        self._say(sentence, "", "check-circle", "green")

    def show_failure(self, sentence: str, answer: str = "") -> None:
        """Show why it does not work, and the server's own words."""
        self._rest()
        self._say(sentence, answer, "warning", "red")

    def block(self, reason: str) -> None:
        """Offer no test, and say why."""
        self.button.set_blocked(reason)

    def sentence(self) -> str:
        """Return what is said."""
        return self._sentence.text()

    def answer(self) -> str:
        """Return the server's words that are shown."""
        return self._answer.text()

    def _rest(self) -> None:
        had_focus = self.cancel.hasFocus()
        self.button.set_busy(None)
        if had_focus:
            self.button.setFocus()
        self.cancel.hide()

    def _say(self, sentence: str, answer: str, icon: str, tone: str) -> None:
        changed = sentence != self._sentence.text()
        self._sentence.setText(sentence)
        self._sentence.set_tone(tone)
        self._sentence.setVisible(bool(sentence))
        self._answer.setText(answer)
        self._answer.setVisible(bool(answer))
        self._mark.show_icon(icon, tone)
        self._mark.setVisible(bool(sentence))
        if sentence and changed:
            announce(self, sentence)
