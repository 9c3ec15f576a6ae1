"""What the window asks of a page, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtWidgets import QWidget

KeyMap = Mapping[str, Callable[[], object]]
"""Key sequences as Qt spells them ("Ctrl+Return", "Alt+N", "F8") and what each does on this page."""


class Page(Protocol):
    """A page of the stage. Its controller implements this.

    `panel` is what is shown. The window owns all shortcuts: it asks the page that is in front what
    a key means there, so that no two widgets ever quarrel about one.
    """

    @property
    def panel(self) -> QWidget:
        """Return the widget."""

    def keys(self) -> KeyMap:
        """Return what keys do while this page is in front."""

    def activate(self) -> None:
        """Prepare to be in front: reload what may be stale, put the focus where work goes on."""

    def leave(self) -> None:
        """Prepare to be hidden: save what is half typed."""

    def areas(self) -> list[QWidget]:
        """Return the widgets that F6 steps through, the main area first."""
