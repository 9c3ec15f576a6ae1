"""The bar below the form: what is needed, the way back, and the next step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.search.unfilled_button import UnfilledButton
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import ActionBar
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.mark import IconMark


class FormBar(ActionBar):
    """Emits `cancelled` and `confirmed`. With an exception the button is not filled."""

    cancelled = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needed = ""
        self._mark = IconMark("warning", self, tone="red")
        self._words = Label("", self, px=13, tone="muted")
        self._cancel = Button(_("Cancel"), "secondary", shortcut_text=_("Esc"), parent=self)
        self._go = Button(
            _("Create and start session"),
            "primary",
            "play",
            shortcut_text=key_name("Ctrl+Return"),
            parent=self,
        )
        self._exception = UnfilledButton(
            _("Create and start with exception"), "shield-expiring", key_name("Ctrl+Return"), self
        )
        self._cancel.clicked.connect(self.cancelled)
        self._go.clicked.connect(self.confirmed)
        self._exception.clicked.connect(self.confirmed)
        words = QHBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._mark)
        words.addWidget(self._words, 1)
        self.row.addLayout(words, 1)
        for button in (self._cancel, self._go, self._exception):
            self.row.addWidget(button)
        self._exception.hide()
        self.show_problem("")

    def show_step(self, needed: str, next_step: str, *, exception: bool) -> None:
        """Show what is needed and what the button does."""
        self._needed = needed
        self._go.set_label(next_step)
        # Never both at once, not even for a moment: the window would grow to hold them.
        for button in (self._go, self._exception):
            button.hide()
        (self._exception if exception else self._go).show()
        self.show_problem("")

    def show_problem(self, sentence: str) -> None:
        """Say what went wrong that belongs to no field; an empty sentence takes it back."""
        announce(self, sentence, urgent=True)
        self._mark.setVisible(bool(sentence))
        self._words.setText(sentence or self._needed)
        self._words.set_tone("red" if sentence else "muted")

    def words(self) -> str:
        """Return what the bar says at the left."""
        return self._words.text()
