"""Whose turn it is to draw a document: of several who draw at once, all but one would draw in vain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from laverma_desk.storage.store import Store


@contextmanager
def in_turn(store: Store) -> Iterator[None]:
    """Run a block that other desks' such blocks wait for; one file has one desk, and no line."""
    if not store.shared:
        yield
        return
    # Only whoever has a server pays for its driver.
    from laverma_desk.storage.postgresql.server import Server  # noqa: PLC0415
    from laverma_desk.storage.postgresql.turns import in_turn as at_the_server  # noqa: PLC0415

    if not isinstance(store, Server):
        raise TypeError("only a server has other desks")
    with at_the_server(store):
        yield
