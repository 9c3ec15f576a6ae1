"""Puts the program into the start menu, or takes it out, while the page stays what it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.desktop import entry
from laverma_desk.services.desktop.entry import EntryState
from laverma_desk.ui.background import Background, Lane
from laverma_desk.ui.settings.menu_entry import MenuEntry, MenuWords


class MenuEntryController(QObject):
    """Connects the button with the services, beside the window: the system may take its time."""

    def __init__(self, view: MenuEntry, background: Background, parent: QObject) -> None:
        """Show how it stands now; where the system has no start menu that is known, the view stays away."""
        super().__init__(parent)
        self._view, self._background = view, background
        self._tel = False
        view.setVisible(entry.known_system())
        if entry.known_system():
            view.deed_requested.connect(self._on_deed_requested)
            self._run(entry.read_state)

    def _run(self, work: Callable[[], EntryState]) -> None:
        self._background.run(self, work, self._on_done, self._on_failed, Lane.LONG)

    @Slot(str)
    def _on_deed_requested(self, deed: str) -> None:
        self._run(_removed if deed == "remove" else partial(entry.install, tel=self._tel))

    def _on_done(self, state: EntryState) -> None:
        self._tel = state.tel
        if state.file is None:
            words = MenuWords(_("Laverma Desk is not in the start menu."), "add")
        elif state.ours:
            words = MenuWords(_("Laverma Desk is in the start menu."), "remove")
        else:
            words = MenuWords(_("The start menu starts a Laverma Desk that lies elsewhere."), "renew")
        self._view.show_words(words)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._view.show_problem(explain(error))


def _removed() -> EntryState:
    entry.remove()
    return entry.read_state()
