"""What no rule foresaw goes into the log and is said in the window; the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)


class CrashReporter(QObject):
    """Hooks into both places where Python reports uncaught errors. Emits `crashed(BaseException)`."""

    crashed = Signal(object)

    def install(self) -> None:
        """Take over the hooks of the process."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_thread_uncaught

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        # This may run in any thread, so it only logs and emits: the connection is queued.
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("Uncaught error", exc_info=(kind, error, trace))
        self.crashed.emit(error)

    def _on_thread_uncaught(self, report: threading.ExceptHookArgs) -> None:
        if report.exc_value is not None:
            self._on_uncaught(report.exc_type, report.exc_value, report.exc_traceback)
