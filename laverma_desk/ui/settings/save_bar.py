"""The bar at the foot of the settings: how much is not saved, and the two ways out of that."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import ActionBar
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import Dot, IconMark


class SaveBar(ActionBar):
    """Emits `save_requested`, `discard_requested`, and `restore_requested` after something was discarded."""

    save_requested = Signal()
    discard_requested = Signal()
    restore_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot = Dot(self, tone="amber_line")
        self._mark = IconMark("check", self)
        self._said = Label("", self, px=13, tone="muted")
        self._restore = Link(_("Bring back"), self, px=13)
        self.discard = Button(_("Discard"), parent=self)
        self.save = Button(_("Save"), "primary", shortcut_text=_("Ctrl+S"), parent=self)
        self.row.setContentsMargins(32, 1, 32, 1)
        for part in (self._dot, self._mark, self._said, self._restore):
            self.row.addWidget(part)
        self.row.addStretch(1)
        self.row.addWidget(self.discard)
        self.row.addWidget(self.save)
        self.setFocusProxy(self.save)
        self._restore.clicked.connect(self.restore_requested)
        self.discard.clicked.connect(self.discard_requested)
        self.save.clicked.connect(self.save_requested)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many changes are not saved."""
        words = ngettext("%(n)d change not saved", "%(n)d changes not saved", count) % {"n": count}
        self._say(words if count else "", dot=bool(count))
        reason = None if count else _("Nothing has been changed.")
        self.discard.set_blocked(reason)
        self.save.set_blocked(reason)

    def show_saving(self) -> None:
        """Show that something is being written."""
        self.save.set_busy(_("Saving …"))

    def show_saved(self, count: int, at: str) -> None:
        """Show that writing has ended, and when; what was typed meanwhile counts again."""
        self.save.set_busy(None)
        self.show_count(count)
        if not count:
            self._say(_("Saved at %(time)s.") % {"time": at}, icon="check")
            announce(self, self.words())

    def show_trouble(self, sentence: str) -> None:
        """Show in red why nothing could be written; the changes are still there."""
        self.save.set_busy(None)
        self._say(sentence, icon="warning", tone="red")
        announce(self, sentence, urgent=True)

    def show_discarded(self) -> None:
        """Show that the changes are gone, and that they can be brought back."""
        self.show_count(0)
        self._say(_("Discarded."), restore=True)
        announce(self, self.words())

    def words(self) -> str:
        """Return what the bar says."""
        return self._said.text()

    def _say(
        self, words: str, *, dot: bool = False, icon: str = "", tone: str = "muted", restore: bool = False
    ) -> None:
        self._said.setText(words)
        self._said.set_tone(tone)
        self._said.setAccessibleName(words)
        self._dot.setVisible(dot)
        self._mark.setVisible(bool(icon))
        if icon:
            self._mark.show_icon(icon, tone)
        self._restore.setVisible(restore)
