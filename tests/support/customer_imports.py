"""Bring a file with the desk's own headings in, as most tests do; the product asks what headings mean."""

from __future__ import annotations

from pathlib import Path

from laverma_desk.services.changes import Done
from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.customer_source import own_file
from laverma_desk.services.importing.customers import ImportedCustomers, import_source
from laverma_desk.services.jobs import Cancelled, never, silent


def import_customers(desk: Desk, file: Path, cancelled: Cancelled = never) -> Done[ImportedCustomers]:
    """Return what `import_source` does."""
    return import_source(desk, own_file(file), silent, cancelled)
