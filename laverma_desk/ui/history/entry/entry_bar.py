"""The bar below the form: what is wrong or asked, the way back, and the one step that saves."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import ActionBar
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.mark import IconMark


class EntryBar(ActionBar):
    """Emits `cancelled` and `saved`."""

    cancelled = Signal()
    saved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = IconMark("warning", self, tone="red")
        self._words = Label("", self, px=13, tone="muted")
        self._words.set_live()
        self._cancel = Button(_("Back"), shortcut_text=_("Esc"), parent=self)
        self._save = Button(
            _("Record session"), "primary", "check", shortcut_text=key_name("Ctrl+Return"), parent=self
        )
        self.row.addWidget(self._mark)
        self.row.addWidget(self._words, 1)
        self.row.addWidget(self._cancel)
        self.row.addWidget(self._save)
        self._cancel.clicked.connect(self.cancelled)
        self._save.clicked.connect(self.saved)
        self.show_words("")

    def show_step(self, label: str) -> None:
        """Say what the button does."""
        self._save.set_label(label)

    def show_words(self, words: str, tone: str = "muted") -> None:
        """Say something at the left: quietly, or in red or amber with a mark."""
        marked = bool(words) and tone != "muted"
        self._mark.setVisible(marked)
        if marked:
            self._mark.show_icon("warning", tone)
        self._words.setText(words)
        self._words.set_tone(tone)

    def words(self) -> str:
        """Return what is said."""
        return self._words.text()
