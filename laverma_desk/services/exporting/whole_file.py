"""A file that is there when it is complete, and not before."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.services.desk import Desk
from laverma_desk.services.upkeep import free_place


@contextmanager
def whole_file(desk: Desk, target: Path) -> Iterator[BinaryIO]:
    """Write a file in a block; it takes the place of an earlier one once the block ends, and is durable then.

    Whatever the block raises, nothing stays behind. Raises RuleBroken FILE_IS_THE_DESK, OutsideTrouble
    FILE_UNWRITABLE, DISK_FULL.
    """
    place = free_place(desk, target)
    fresh = place.with_name(f".{place.name}.partial")
    try:
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666), "wb") as writer:
            yield writer
            writer.flush()
            os.fsync(writer.fileno())
        fresh.replace(place)
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        trouble = Trouble.DISK_FULL if full else Trouble.FILE_UNWRITABLE
        raise OutsideTrouble(trouble, file=str(target)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
