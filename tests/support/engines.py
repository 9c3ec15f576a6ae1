"""Which engine keeps the desks of the test that runs: files of SQLite, or databases of a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

FILE, SERVER = "sqlite", "postgresql"
ALL = (FILE, SERVER)


class _Current:
    name = FILE


_current = _Current()


def on_server() -> bool:
    """Return whether desks are made on a server now."""
    return _current.name == SERVER


@contextmanager
def using(name: str) -> Iterator[None]:
    """Let desks be kept by an engine for a while."""
    before, _current.name = _current.name, name
    try:
        yield
    finally:
        _current.name = before


def on_each_engine(metafunc, *, alone: bool = False) -> None:
    """Run a test on both engines; on files `alone`, and where its mark `files` says why."""
    if "engine" in metafunc.fixturenames:
        alone = alone or metafunc.definition.get_closest_marker("files") is not None
        metafunc.parametrize("engine", [FILE] if alone else ALL, indirect=True, scope="function")
