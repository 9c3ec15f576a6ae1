"""The menu "Mehr" of a record: its own entries, and those that others hang on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from laverma_desk.i18n import _
from laverma_desk.services.customers.customer_record import CustomerRecord


class MoreMenu(QObject):
    """Emits what was chosen; `about_to_show` before it opens, so that it can be filled."""

    about_to_show = Signal()
    history_chosen = Signal()
    changes_chosen = Signal()
    archive_chosen = Signal()
    delete_chosen = Signal()

    def __init__(self, menu: QMenu, parent: QObject) -> None:
        """Put the entries in their order."""
        super().__init__(parent)
        self._history = menu.addAction(_("Show history"))
        self._changes = menu.addAction(_("Show changes"))
        self._end = menu.addSeparator()
        self._archive = menu.addAction(_("Archive"))
        self._delete = menu.addAction(_("Delete"))
        self._menu = menu
        self._others: list[tuple[QAction, bool]] = []
        self._history.triggered.connect(self._on_history_triggered)
        self._changes.triggered.connect(self._on_changes_triggered)
        self._archive.triggered.connect(self._on_archive_triggered)
        self._delete.triggered.connect(self._on_delete_triggered)
        menu.aboutToShow.connect(self.about_to_show)

    def add(self, words: str, slot: Callable[[], object], *, always: bool) -> None:
        """Put an entry above the line."""
        action = QAction(words, self._menu)
        self._menu.insertAction(self._end, action)
        _Entry(slot, action)
        self._others.append((action, always))

    def fill(self, record: CustomerRecord) -> None:
        """Offer what can be done with a record."""
        self._archive.setText(_("Take back from the archive") if record.customer.archived else _("Archive"))
        self._archive.setEnabled(record.editable)
        self._delete.setVisible(record.editable and not record.used)
        for action, always in self._others:
            action.setEnabled(always or record.editable)

    def _on_history_triggered(self, _checked: bool) -> None:
        self.history_chosen.emit()

    def _on_changes_triggered(self, _checked: bool) -> None:
        self.changes_chosen.emit()

    def _on_archive_triggered(self, _checked: bool) -> None:
        self.archive_chosen.emit()

    def _on_delete_triggered(self, _checked: bool) -> None:
        self.delete_chosen.emit()


class _Entry(QObject):
    """Calls what an entry of others does, without what Qt says of its tick."""

    def __init__(self, slot: Callable[[], object], action: QAction) -> None:
        super().__init__(action)
        self._slot = slot
        action.triggered.connect(self._on_triggered)

    def _on_triggered(self, _checked: bool) -> None:
        self._slot()
