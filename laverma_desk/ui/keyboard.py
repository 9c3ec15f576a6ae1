"""All keys of the window in one place: the page in front is asked first, then what holds everywhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from laverma_desk.ui.page import KeyMap, Page

_KEYPAD = {"Ctrl+Return": "Ctrl+Enter", "Return": "Enter"}


class _Key(QObject):
    """One shortcut of the window."""

    def __init__(self, sequence: str, window: QWidget, press: Callable[[str], None]) -> None:
        super().__init__(window)
        self._sequence = sequence
        self._press = press
        for spelling in filter(None, (sequence, _KEYPAD.get(sequence))):
            shortcut = QShortcut(QKeySequence(spelling), window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(sequence in {"Up", "Down"})
            shortcut.activated.connect(self._on_activated)

    def _on_activated(self) -> None:
        self._press(self._sequence)


class Keyboard(QObject):
    """Dispatches keys. A sequence becomes a shortcut of the window when a page first knows it.

    A page asks for other keys while a form or a paper is open on it: what it knows is looked at again
    whenever the focus moves, for nothing opens without taking it.
    """

    def __init__(self, window: QWidget, everywhere: KeyMap) -> None:
        """Take the keys that hold on every page."""
        super().__init__(window)
        self._window = window
        self._everywhere = dict(everywhere)
        self._front: Page | None = None
        self._known: dict[str, _Key] = {}
        self._learn(self._everywhere)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def follow(self, page: Page) -> None:
        """Ask this page from now on."""
        self._front = page
        self._learn(page.keys())

    def press(self, sequence: str) -> None:
        """Do what a key means now: on the page in front, else everywhere; else nothing."""
        action = (self._front.keys() if self._front else {}).get(sequence) or self._everywhere.get(sequence)
        if action is not None:
            action()

    def _on_focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        if self._front is not None:
            self._learn(self._front.keys())

    def _learn(self, keys: KeyMap) -> None:
        for sequence in keys:
            if sequence not in self._known:
                self._known[sequence] = _Key(sequence, self._window, self.press)
