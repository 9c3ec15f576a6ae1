"""Sessions that have ended, written straight into a desk, as many and as old as a test wants."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from laverma_desk.domain.money import charge
from laverma_desk.domain.support_session import Segment
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.storage import sessions

TARIFF = Tariff(date(2020, 1, 1), 225, Rounding.STARTED_MINUTE, Decimal(19))
BEGIN = datetime(2022, 3, 1, 9, tzinfo=UTC)


def past_session(
    connection: Any,
    place: Any,
    begin: datetime = BEGIN,
    seconds: int = 742,
    *,
    number: str = "",
    **values: Any,
) -> int:
    """Write an ended session at a workstation (`domain.customer.Workstation`); return its row."""
    defaults = {
        "customer_id": place.customer_id,
        "workstation_id": place.id,
        "supporter_id": 1,
        "customer_name": "ZAP Dr. Bohrer",
        "workstation_name": place.name,
        "supporter_name": "Klaus Klassen",
        "state": "ended",
        "begin": begin,
        "created_at": begin,
        **sessions.frozen_values(TARIFF, charge(seconds, TARIFF)),
    }
    number = number or f"S-{begin.year}-{sessions.count(connection) + 1:04}"
    row = sessions.insert_session(connection, number=number, **defaults | values)
    if "invoice_number" not in values:
        sessions.replace_segments(connection, row, [Segment(begin, begin + timedelta(seconds=seconds))])
    return row
