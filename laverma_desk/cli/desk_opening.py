"""The desk that a command asked for: open for as long as the command works on it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from laverma_desk import log
from laverma_desk.paths import DataDir, default_data_dir

if TYPE_CHECKING:
    from laverma_desk.services.desk import Desk


@contextmanager
def desk_to_read(options: argparse.Namespace) -> Iterator[Desk]:
    """Open the desk that was asked for, where it may not even be writable. Raises OutsideTrouble."""
    from laverma_desk.domain.clock import SystemClock  # noqa: PLC0415
    from laverma_desk.mail.secret import Secrets  # noqa: PLC0415
    from laverma_desk.services.desk import open_desk_to_read  # noqa: PLC0415

    data = data_dir(options)
    log.start(data)
    desk = open_desk_to_read(data, SystemClock(), Secrets())
    try:
        yield desk
    finally:
        desk.close()


def data_dir(options: argparse.Namespace) -> DataDir:
    """Return the folder that was asked for, else the user's own."""
    return DataDir(options.data_dir) if options.data_dir else default_data_dir()


@contextmanager
def opened_desk(options: argparse.Namespace) -> Iterator[Desk]:
    """Open the desk that was asked for and close it afterwards. Raises OutsideTrouble."""
    from laverma_desk.domain.clock import SystemClock  # noqa: PLC0415
    from laverma_desk.mail.secret import Secrets  # noqa: PLC0415
    from laverma_desk.services.desk import open_desk  # noqa: PLC0415
    from laverma_desk.services.setup.house import prepare_new_desk  # noqa: PLC0415

    data = data_dir(options)
    log.start(data)
    desk = open_desk(data, SystemClock(), Secrets())
    try:
        prepare_new_desk(desk)
        yield desk
    finally:
        desk.close()


@contextmanager
def desk_to_look_up(options: argparse.Namespace) -> Iterator[Desk]:
    """Open the desk that was asked for to read what only today's schema has: also where nothing is writable.

    One of an older version is brought up to date first. Raises OutsideTrouble.
    """
    from laverma_desk.services.desk import is_older  # noqa: PLC0415

    opened = opened_desk if is_older(data_dir(options)) else desk_to_read
    with opened(options) as desk:
        yield desk
