"""What the program says aloud through a screen reader, of its own accord: all of it passes here.

Said is what happens without the focus going there: the clock started, paused or ended, a report on its
way, a field that is wrong. What counts on by itself is not said again and again; it can be read where it
stands.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Voice(QObject):
    """Emits `spoke(sentence)` with everything that is said."""

    spoke = Signal(str)


voice = Voice()


def announce(source: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Say a sentence for a widget; an urgent one interrupts what is being read. An empty one is silence."""
    if not sentence:
        return
    # Loaded late: what screen readers are told with takes a while, and the window is painted before a word.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415

    event = QAccessibleAnnouncementEvent(source, sentence)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
    voice.spoke.emit(sentence)
