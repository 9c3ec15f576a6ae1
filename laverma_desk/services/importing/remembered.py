"""What the headings of a file were said to mean is known the next time such a file comes."""

from __future__ import annotations

from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.foreign import ForeignTable
from laverma_desk.services.importing.mapping import Mapping, propose
from laverma_desk.services.importing.targets import TARGETS
from laverma_desk.storage import house as stored

_SECTION = "import_mappings"
_KEPT = 50


def mapping_for(desk: Desk, table: ForeignTable) -> tuple[Mapping, bool]:
    """Return what the headings of a table mean, and whether that was said before or is only proposed."""
    with desk.database.read() as connection:
        known = stored.read_section(connection, _SECTION).get(table.fingerprint)
    if known is None:
        return propose(table.headings), False
    keys = {one.key for one in table.headings}
    return {key: target for key, target in known.items() if key in keys and target in TARGETS}, True


def remember(desk: Desk, table: ForeignTable, mapping: Mapping) -> None:
    """Keep what the headings of a table mean; the last fifty kinds of files are kept."""
    with desk.database.write() as connection:
        section = stored.read_section(connection, _SECTION)
        section.pop(table.fingerprint, None)
        section[table.fingerprint] = mapping
        for oldest in list(section)[:-_KEPT]:
            del section[oldest]
        stored.write_section(connection, _SECTION, section)
