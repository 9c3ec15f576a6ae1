"""The long pieces of work of the exchange: plain data in, plain data out, no widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from laverma_desk.services.changes import Done
from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.customer_source import CustomerSource
from laverma_desk.services.importing.customers import (
    ExaminedCustomers,
    ImportedCustomers,
    examine_source,
    import_source,
)
from laverma_desk.services.importing.foreign import ForeignTable, MappedFile, look_at
from laverma_desk.services.importing.mapping import Mapping
from laverma_desk.services.importing.remembered import mapping_for, remember
from laverma_desk.services.importing.vcards import is_card_file, open_cards
from laverma_desk.services.jobs import Cancelled, Progress


@dataclass(frozen=True)
class Opened:
    """A file that was looked at: its cards, or its table with what its headings mean, as far as is known."""

    source: CustomerSource | None = None
    table: ForeignTable | None = None
    mapping: Mapping | None = None
    remembered: bool = False


@dataclass(frozen=True)
class Open:
    """Looks at a file."""

    desk: Desk
    file: Path

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> Opened:
        """Return what the file is."""
        if is_card_file(self.file):
            return Opened(source=open_cards(self.file))
        table = look_at(self.file)
        mapping, remembered = mapping_for(self.desk, table)
        return Opened(table=table, mapping=mapping, remembered=remembered)


@dataclass(frozen=True)
class Examine:
    """Counts what an import would do."""

    desk: Desk
    source: CustomerSource

    def __call__(self, progress: Progress, cancelled: Cancelled) -> ExaminedCustomers:
        """Return what was counted."""
        return examine_source(self.desk, self.source, progress, cancelled)


@dataclass(frozen=True)
class Import:
    """Imports, and keeps what the headings of a table mean."""

    desk: Desk
    source: CustomerSource

    def __call__(self, progress: Progress, cancelled: Cancelled) -> Done[ImportedCustomers]:
        """Return what was written."""
        result = import_source(self.desk, self.source, progress, cancelled)
        if isinstance(self.source, MappedFile):
            remember(self.desk, self.source.table, self.source.mapping)
        return result
