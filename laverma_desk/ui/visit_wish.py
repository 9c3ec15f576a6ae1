"""What a page knows of a visit that is to be made at a customer's."""

from __future__ import annotations

from typing import NamedTuple


class VisitWish(NamedTuple):
    """Whom to visit, at which machine, and the session that gives the reason; each but the first may lack."""

    customer_id: int
    workstation_id: int | None = None
    session_id: int | None = None
