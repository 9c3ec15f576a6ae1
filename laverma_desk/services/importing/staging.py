"""Checked rows wait here until the whole file is known to be good; large files wait on the disk."""

from __future__ import annotations

import json
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any, Self

_IN_MEMORY = 4 * 1024 * 1024


class Staging:
    """Records (JSON values) that are appended, and read again by the place that `append` returned.

    What does not fit into 4 MB lies in a nameless temporary file that only this process can open.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed by __exit__)
        self._end = 0

    def __enter__(self) -> Self:
        """Use it in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop everything."""
        self._file.close()

    def append(self, record: Any) -> int:
        """Keep a record and return its place."""
        place = self._end
        self._file.seek(place)
        self._end += self._file.write(json.dumps(record, separators=(",", ":")).encode() + b"\n")
        return place

    def read(self, place: int) -> Any:
        """Return the record at a place."""
        self._file.seek(place)
        return json.loads(self._file.readline())
