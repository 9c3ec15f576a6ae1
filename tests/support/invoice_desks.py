"""The fixtures of tests about invoices: `desk` may write them, `place` is a machine of a practice to bill."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from laverma_desk.domain.clock import Clock
from laverma_desk.domain.customer import Workstation
from laverma_desk.services.desk import Desk
from tests.support.invoice_houses import add_practice, make_house


@pytest.fixture(name="desk")
def invoicing_desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A house on 1 March 2022 that may write invoices."""
    opened = make_house(tmp_path / "desk", clock)
    yield opened
    opened.close()


@pytest.fixture(name="place")
def practice_to_bill(desk: Desk) -> Workstation:
    """The machine of its first practice."""
    return add_practice(desk)
