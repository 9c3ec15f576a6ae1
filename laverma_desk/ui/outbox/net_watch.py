"""Hears from the operating system that the net is back, where the system tells at all."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class NetWatch(QObject):
    """Emits `came_back` when the machine reaches the net again; stays silent where nobody can say."""

    came_back = Signal()

    def __init__(self, parent: QObject) -> None:
        """Ask Qt for a source; some systems have none."""
        super().__init__(parent)
        wanted = QNetworkInformation.Feature.Reachability
        loaded = QNetworkInformation.loadBackendByFeatures(wanted)
        self._source = QNetworkInformation.instance() if loaded else None
        if self._source is not None:
            self._source.reachabilityChanged.connect(self._on_source_reachability_changed)

    def _on_source_reachability_changed(self, reach: QNetworkInformation.Reachability) -> None:
        if reach is QNetworkInformation.Reachability.Online:
            self.came_back.emit()
