"""The button that asks as what kind of file a table is exported."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.call.popup_menu import PopupMenu
from laverma_desk.ui.widgets.button import Button

_WIDE, _BELOW = 74, 4


class ExportButton(Button):
    """Emits `kind_chosen(str)`, one of the kinds it was made with: "csv", "xlsx", "pdf", "png"."""

    kind_chosen = Signal(str)

    def __init__(self, kinds: tuple[str, ...], name: str, parent: QWidget) -> None:
        super().__init__("CSV", icon="download", small=True, parent=parent)
        self._kinds = kinds
        self.setFixedWidth(_WIDE)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> PopupMenu:
        """Ask for the kind of file, below the button."""
        words = {
            "csv": _("CSV file …"),
            "xlsx": _("Excel workbook (XLSX) …"),
            "pdf": _("PDF …"),
            "png": _("Picture (PNG) …"),
        }
        menu = PopupMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in self._kinds:
            menu.addAction(words[kind]).setData(kind)
        menu.triggered.connect(self._on_menu_triggered)
        right = self.mapToGlobal(QPoint(self.width(), self.height() + _BELOW))
        menu.popup(QPoint(right.x() - menu.sizeHint().width(), right.y()))
        return menu

    def _on_menu_triggered(self, action: QAction) -> None:
        self.kind_chosen.emit(action.data())
