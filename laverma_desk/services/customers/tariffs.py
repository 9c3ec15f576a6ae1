"""What a customer pays on a day: its own prices before those of the house."""

from __future__ import annotations

from datetime import datetime

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.tariff import Tariff, tariff_on
from laverma_desk.storage import customers, house
from laverma_desk.storage.database import Connection
from laverma_desk.storage.vat_rates import vat_rates


def tariff_of(connection: Connection, customer_id: int, begin: datetime) -> Tariff:
    """Return the tariff that counts for a customer on the local day of an instant."""
    own = customers.tariffs_of(connection, customers.survivor(connection, customer_id))
    return tariff_on(local_day(begin), house.tariffs(connection), own, vat_rates(connection))
