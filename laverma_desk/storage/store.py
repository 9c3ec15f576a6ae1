"""What every desk's store does, whichever engine keeps it: whole transactions, and errors in our words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from sqlalchemy import Connection, Engine

from laverma_desk.storage.prepared import prepare_all


class Store(ABC):
    """The store of one desk. Safe to use from several threads; each transaction has its own connection.

    `shared`: other desks write into it too, while this one looks.
    """

    engine: Engine
    shared = False

    @abstractmethod
    def write(self, *, own_rows: bool = False) -> AbstractContextManager[Connection]:
        """Run one transaction that is durable once the block ends, or undone if it raises.

        Nobody else writes meanwhile, so what the block reads stays true until it ends. `own_rows`: the block
        needs no such thing, since it writes rows that only its supporter writes; it waits for nobody then.
        Raises OutsideTrouble for what the world did: a full disk, a locked or broken file, a server away.
        """

    @abstractmethod
    def read(self) -> AbstractContextManager[Connection]:
        """Run reads that see one state of the store. Raises OutsideTrouble as `write` does."""

    @property
    @abstractmethod
    def shown(self) -> str:
        """Return how the place of the desk is called on the screen."""

    def checkpoint(self, least: int = 1) -> bool:  # noqa: ARG002 (a file's matter)
        """Bring a log into its file as far as that is worth it; return whether it was."""
        return False

    def prepare(self) -> None:
        """Compile the statements that pressed keys wait for."""
        prepare_all(self.engine.dialect)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
