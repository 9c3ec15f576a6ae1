"""How far a long command is, on one line of a terminal that is written anew; a log file gets none of it."""

from __future__ import annotations

import sys
from decimal import Decimal
from types import TracebackType
from typing import Self

from laverma_desk import text
from laverma_desk.i18n import _


class PercentLine:
    """Used with `with`; give `show` to a job as its progress. The line is gone at the end."""

    def __init__(self) -> None:
        self._shown = -1
        self._on = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the line away, so that something else can be printed; the next `show` brings it back."""
        if self._shown >= 0:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        self._shown = -1

    def show(self, done: int, total: int) -> None:
        """Show how much is done."""
        percent = done * 100 // max(1, total)
        if self._on and percent != self._shown:
            self._shown = percent
            sys.stderr.write(
                "\r" + _("%(percent)s done") % {"percent": text.percent(Decimal(percent))} + "\x1b[K"
            )
            sys.stderr.flush()
