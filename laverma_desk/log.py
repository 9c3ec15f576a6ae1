"""What goes wrong leaves a trace in one file of the desk's folder, without the words of any customer."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from laverma_desk.paths import DataDir

_LONGEST_MESSAGE = 200

_Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _LogFile(logging.Handler):
    """A rotating file that its owner alone can read; most days nothing is written, and nothing opened."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        self._writer: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, the first one into a file that is opened for it."""
        try:
            self._opened().handle(record)
        except Exception:  # noqa: BLE001 (whoever logs is told of no trouble here, also not by what it imports)
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: what cannot be logged must not end a call."""

    def _opened(self) -> logging.Handler:
        if self._writer is None:
            # Imported only now: it brings the network and more, for which no start of the window waits.
            from laverma_desk.log_file import PrivateFile  # noqa: PLC0415

            self._writer = PrivateFile(self.file)
            self._writer.setFormatter(self.formatter)
        return self._writer

    def close(self) -> None:
        """Close the file."""
        if self._writer is not None:
            self._writer.close()
        super().close()


class _Discreet(logging.Formatter):
    """Writes the way to an error and its kind, and of its words no more than a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record anew: what another handler made of its error, and left on it, says too much."""
        left, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = left

    def formatException(self, ei: _Failure) -> str:
        """Return the places of an error and of those behind it, the first cause first."""
        chain = list(_causes(ei[1]))
        return "\n".join(line for error in reversed(chain) for line in _lines(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _lines(error: BaseException) -> Iterator[str]:
    # Frames without their local values: those hold notes, names, passwords.
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))
    yield f"{type(error).__module__}.{type(error).__qualname__}: {_words(error)}"


def _words(error: BaseException) -> str:
    """Return an error's message on one line; of a database error only SQLite's, which quotes no values."""
    original = getattr(error, "orig", None) or error
    return " ".join(str(original).split())[:_LONGEST_MESSAGE]


def start(data: DataDir) -> None:
    """Let the program's messages from warnings on go into the desk's log file, made at the first one."""
    handler = _LogFile(data.log)
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    stop()
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)


def file() -> Path | None:
    """Return where the log goes, None before `start`."""
    handlers = [one for one in logging.getLogger().handlers if isinstance(one, _LogFile)]
    return handlers[0].file if handlers else None


def stop() -> None:
    """Close the log file and write into it no more."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _LogFile)]:
        root.removeHandler(handler)
        handler.close()
