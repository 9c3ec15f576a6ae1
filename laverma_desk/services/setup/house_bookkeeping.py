"""Read and keep what the tax adviser tells the house, in the settings section "bookkeeping"."""

from __future__ import annotations

from dataclasses import asdict, fields
from decimal import Decimal

from laverma_desk.domain.bookkeeping import BookkeepingSettings, Chart, RevenueAccount
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.storage import house as stored
from laverma_desk.storage.database import Connection

_SECTION = "bookkeeping"
_KNOWN = frozenset(one.name for one in fields(BookkeepingSettings))


def bookkeeping_on(connection: Connection) -> BookkeepingSettings:
    """Return the settings as one transaction sees them; what only a newer program knows is left out."""
    saved = stored.read_section(connection, _SECTION)
    values = {key: value for key, value in saved.items() if key in _KNOWN}
    if "chart" in values:
        values["chart"] = Chart(values["chart"])
    values["revenue"] = tuple(
        RevenueAccount(VatCategory(one["category"]), Decimal(one["rate"]), one["account"])
        for one in values.get("revenue", ())
    )
    return BookkeepingSettings(**values)


def write_bookkeeping(connection: Connection, settings: BookkeepingSettings) -> None:
    """Write checked settings in somebody's transaction."""
    values = asdict(settings) | {
        "chart": settings.chart.value,
        "revenue": [
            {"category": one.category.value, "rate": str(one.rate), "account": one.account}
            for one in settings.revenue
        ],
    }
    stored.write_section(connection, _SECTION, values)
