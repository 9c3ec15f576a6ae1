"""The desk that a command asked for: open for as long as the command works on it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from laverma_desk import log, settings
from laverma_desk.paths import DataDir, default_data_dir

if TYPE_CHECKING:
    from laverma_desk.domain.server_address import ServerAddress
    from laverma_desk.mail.secret import Secrets
    from laverma_desk.services.desk import Desk


@contextmanager
def desk_to_read(options: argparse.Namespace) -> Iterator[Desk]:
    """Open the desk that was asked for, where it may not even be writable. Raises OutsideTrouble."""
    from laverma_desk.domain.clock import SystemClock  # noqa: PLC0415
    from laverma_desk.mail.secret import Secrets  # noqa: PLC0415
    from laverma_desk.services.desk import open_desk_to_read  # noqa: PLC0415

    data, server = data_dir(options), server_of(options)
    log.start(data)
    secrets = Secrets()
    if server is None:
        desk = open_desk_to_read(data, SystemClock(), secrets)
    else:
        desk = _shared_desk(data, server, secrets)
    try:
        yield desk
    finally:
        desk.close()


def data_dir(options: argparse.Namespace) -> DataDir:
    """Return the folder that was asked for, else the user's own."""
    return DataDir(options.data_dir) if options.data_dir else default_data_dir()


def server_of(options: argparse.Namespace) -> ServerAddress | None:
    """Return the server whose desk was asked for, None for a folder's. Raises RuleBroken."""
    return settings.wanted_server(options.database, options.data_dir)


@contextmanager
def opened_desk(options: argparse.Namespace, secrets: Secrets | None = None) -> Iterator[Desk]:
    """Open the desk that was asked for and close it afterwards. Raises OutsideTrouble.

    `secrets` are those that a command has asked for a password already: nobody is asked twice.
    """
    from laverma_desk.domain.clock import SystemClock  # noqa: PLC0415
    from laverma_desk.mail.secret import Secrets  # noqa: PLC0415
    from laverma_desk.services.desk import open_desk  # noqa: PLC0415
    from laverma_desk.services.setup.house import prepare_new_desk  # noqa: PLC0415

    data, server = data_dir(options), server_of(options)
    log.start(data)
    secrets = secrets or Secrets()
    desk = open_desk(data, SystemClock(), secrets) if server is None else _shared_desk(data, server, secrets)
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

    older = server_of(options) is None and is_older(data_dir(options))
    opened = opened_desk if older else desk_to_read
    with opened(options) as desk:
        yield desk


def _shared_desk(data: DataDir, server: ServerAddress, secrets: Secrets) -> Desk:
    """Open a server's desk; its password is asked for where none is kept, or where it counts no more."""
    from laverma_desk.cli.server_password import with_password  # noqa: PLC0415
    from laverma_desk.domain.clock import SystemClock  # noqa: PLC0415
    from laverma_desk.services.shared_desk import open_shared_desk  # noqa: PLC0415

    return with_password(server, secrets, lambda: open_shared_desk(data, server, SystemClock(), secrets))
