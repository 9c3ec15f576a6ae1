"""The quiet way out of a call that cannot be helped from afar: why, or a visit instead."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.i18n import _
from laverma_desk.ui.call.popup_menu import PopupMenu
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.link import Link

KEY = "Alt+M"


class NotPossibleLink(Link):
    """Opens a menu with the reasons and the visit; nothing is done before one of them is chosen.

    Emits `reason_chosen(NotPossible)`, `visit_wanted` and `menu_closed`. Without `others` the reason that
    needs a note is left out, because there is no place for one.
    """

    reason_chosen = Signal(object)
    visit_wanted = Signal()
    menu_closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, others: bool = True) -> None:
        super().__init__(_("Remote support not possible"), parent, px=13, chevron="chevron-down")
        self.setToolTip(key_name(KEY))
        self._menu = PopupMenu(self)
        self._menu.setAccessibleName(self.text())
        self._reasons: dict[QAction, NotPossible] = {}
        for reason in NotPossible:
            if others or reason is not NotPossible.OTHER:
                words = text.not_possible_reason(reason)
                self._reasons[self._menu.addAction(words[:1].upper() + words[1:])] = reason
        self._menu.addSeparator()
        self._visit = self._menu.addAction(_("Create on-site appointment"))
        self._menu.triggered.connect(self._on_menu_triggered)
        self._menu.aboutToHide.connect(self.menu_closed)
        self.clicked.connect(self._on_clicked)

    def open_menu(self, otherwise: QWidget) -> None:
        """Open the menu below the link, or over a widget where the link is not seen."""
        at = self.mapToGlobal(QPoint(0, self.height() + 4))
        if not self.isVisible() or self.visibleRegion().isEmpty():
            at = otherwise.mapToGlobal(QPoint(24, -self._menu.sizeHint().height()))
        self._menu.popup(at)
        self._menu.setActiveAction(self._menu.actions()[0])

    def menu(self) -> PopupMenu:
        """Return the menu."""
        return self._menu

    def _on_clicked(self) -> None:
        self.open_menu(self)

    def _on_menu_triggered(self, chosen: QAction) -> None:
        if chosen is self._visit:
            self.visit_wanted.emit()
        elif chosen in self._reasons:
            self.reason_chosen.emit(self._reasons[chosen])
