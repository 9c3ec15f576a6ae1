"""The small word in the head of the notes: saved, being saved, or, in red, not saved."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import IconMark


class SaveState(QWidget):
    """Says how the notes stand. Emits `retry_pressed` from the link beside the red sentence."""

    retry_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._mark = IconMark("check", self)
        self._words = Label("", self, px=13, tone="muted")
        self._retry = Link(_("Try again"), self, px=13)
        self._retry.clicked.connect(self._on_retry_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._words)
        row.addWidget(self._retry)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say nothing: not a word has been typed yet."""
        self._show("", "", "muted", failed=False)

    def show_saving(self) -> None:
        """Say that it is being saved."""
        self._show("reload", _("saving …"), "muted", failed=False)

    def show_saved(self, at: datetime, *, aloud: bool = False) -> None:
        """Say when (UTC) it was saved; aloud where somebody asked for it."""
        self._show("check", _("saved %(time)s") % {"time": text.time_with_seconds(at)}, "muted", failed=False)
        if aloud:
            announce(self, self.words())

    def show_failed(self, reason: str) -> None:
        """Say in red that it could not be saved; the reason is the tooltip."""
        if not self.has_failed():
            announce(self, f"{_('Could not save.')} {reason}".strip(), urgent=True)
        self._show("warning", _("Could not save."), "red", failed=True)
        self._words.setToolTip(reason)

    def words(self) -> str:
        """Return what is said."""
        return self._words.text()

    def has_failed(self) -> bool:
        """Tell whether the red sentence is shown."""
        return not self._retry.isHidden()

    def retry_link(self) -> Link:
        """Return the link that tries again."""
        return self._retry

    def _show(self, icon: str, words: str, tone: str, *, failed: bool) -> None:
        self._mark.setVisible(bool(icon))
        if icon:
            self._mark.show_icon(icon, tone)
        if words != self._words.text():
            self._words.setText(words)
        self._words.setToolTip("")
        self._words.set_tone(tone)
        self._retry.setVisible(failed)
        self.setAccessibleName(words)

    def _on_retry_clicked(self) -> None:
        self.retry_pressed.emit()
