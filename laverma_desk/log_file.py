"""The log file itself, opened for the first message of the day."""

from __future__ import annotations

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

_LARGEST = 1_000_000
_KEPT = 3


class PrivateFile(RotatingFileHandler):
    """A rotating file that its owner alone can read; if it cannot be written, the program goes on."""

    def __init__(self, file: Path) -> None:
        """Remember the file; it is opened with the first record."""
        super().__init__(
            file, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True, errors="replace"
        )

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
        return open(handle, "a", encoding="utf-8", errors="replace")  # noqa: PTH123 (a handle, not a path)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: a full disk or a locked file must not end a call."""
