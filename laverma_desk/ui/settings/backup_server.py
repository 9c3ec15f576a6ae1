"""What a server's backup is made and brought back with, word for word, to be taken along by the clipboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.text_area import TextArea

_LINES = 4


class ServerCommands(QWidget):
    """Two commands that can be read and copied: one makes a backup, the other brings it back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        said = _(
            "The desk lies on a server, so PostgreSQL's own program copies it. The same command belongs "
            "among the nightly jobs of the server; here it runs when asked."
        )
        column.addWidget(Prose(said, self))
        self.making = _Command(_("Command of the backup"), self)
        column.addWidget(self.making)
        column.addSpacing(8)
        back = _(
            "Whoever looks after the server brings a backup back, while nobody works. "
            "It takes the place of all that is on the desk then."
        )
        column.addWidget(Prose(back, self))
        self.restoring = _Command(_("Command that brings back"), self)
        column.addWidget(self.restoring)

    def show_commands(self, making: str, restoring: str) -> None:
        """Show both as they are typed at a terminal."""
        self.making.show_words(making)
        self.restoring.show_words(restoring)


class _Command(QWidget):
    """Words that are read and copied, never changed."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = TextArea(self, px=13)
        self.words.setAccessibleName(name)
        self.words.setReadOnly(True)
        self.words.setFixedHeight(_LINES * 20 + 26)
        self.copy = Button(_("Copy"), icon="copy", small=True, parent=self)
        self.copy.setAccessibleName(_("Copy: %(name)s") % {"name": name})
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        self.copy.clicked.connect(self._on_copy_clicked)

    def show_words(self, words: str) -> None:
        """Show other words; what is chosen in the same ones stays chosen."""
        if words != self.words.text():
            self.words.set_text(words)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.words.text(), QClipboard.Mode.Clipboard)
        announce(self, _("Copied."))
