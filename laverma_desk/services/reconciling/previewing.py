"""Look at a console's table before it is read: what its columns are called and what they probably mean."""

from __future__ import annotations

from pathlib import Path

from laverma_desk.domain.log_table import TablePreview
from laverma_desk.remote.logs import read_file, table_preview


def preview_table(file: Path) -> TablePreview:
    """Return headings, first rows and the guessed meanings of a table. Nothing is kept.

    Raises OutsideTrouble FILE_UNREADABLE, RuleBroken LOG_EMPTY or LOG_UNKNOWN where it is no table.
    """
    return table_preview(read_file(file))
