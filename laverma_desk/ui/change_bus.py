"""Tells every view which topics a write has changed; each decides for itself whether to reload."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from laverma_desk.services.changes import Done, Topic

T = TypeVar("T")


class ChangeBus(QObject):
    """Carries the topics of finished writes. `changed` has a frozenset of Topic."""

    changed = Signal(object)

    def publish(self, result: Done[T]) -> T:
        """Announce what a service has changed and return the service's value."""
        if result.changed:
            self.changed.emit(result.changed)
        return result.value

    def announce(self, *topics: Topic) -> None:
        """Announce topics that changed outside of a service call here, for example in another process."""
        self.changed.emit(frozenset(topics))
