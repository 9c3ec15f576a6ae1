"""What goes along with a mail: the first file by its name, the others in a menu behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from laverma_desk import text
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.call.popup_menu import PopupMenu
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import IconMark


class AttachedFiles(QWidget):
    """Emits `opened(place)` for a file that is to be looked at, counted from 0."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = Link("", self, px=13, weight=600, cut="middle")
        self._size = Label("", self, px=13, tone="muted", line=24)
        self._size.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.others = Link("", self, px=13)
        self.menu = PopupMenu(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(IconMark("attachment", self))
        row.addSpacing(4)
        row.addWidget(self.first)
        row.addSpacing(8)
        row.addWidget(self._size)
        row.addWidget(self.others)
        row.addStretch(1)
        self.first.clicked.connect(self._on_first_clicked)
        self.others.clicked.connect(self._on_others_clicked)
        self.menu.triggered.connect(self._on_menu_triggered)

    def show_files(self, files: Sequence[tuple[str, str]]) -> None:
        """Show names with their sizes. Where there are several, the menu holds the sizes of the others."""
        name, size = files[0] if files else ("", "")
        behind = files[1:]
        self.first.set_words(name)
        self._size.setText(size)
        self._size.setVisible(not behind)
        count = len(behind)
        more = ngettext("and %(n)s more", "and %(n)s more", count) % {"n": text.number(count)}
        self.others.set_words(more)
        self.others.setVisible(bool(behind))
        self.menu.clear()
        for place, (other, others_size) in enumerate(behind, 1):
            entry = _("%(name)s, %(size)s") % {"name": other, "size": others_size}
            self.menu.addAction(entry.replace("&", "&&")).setData(place)

    def _on_first_clicked(self) -> None:
        self.opened.emit(0)

    def _on_others_clicked(self) -> None:
        self.menu.popup(self.others.mapToGlobal(QPoint(0, self.others.height() + 4)))

    def _on_menu_triggered(self, entry: QAction) -> None:
        self.opened.emit(int(entry.data()))
