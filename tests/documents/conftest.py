"""The session of the picture, as the report of every test here."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from laverma_desk.domain.company import Company
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.money import charge
from laverma_desk.domain.report import Report
from laverma_desk.domain.tariff import FIRST_DAY, Tariff


@pytest.fixture(scope="session")
def report() -> Report:
    """Twelve minutes at ZAP Dr. Bohrer; frozen, so that tests change a copy by `replace`."""
    return Report(
        language="de",
        company=Company(
            name="Laverma",
            slogan="IT für Zahnarztpraxen",
            street="Musterstraße 1",
            postcode="12345",
            city="Musterstadt",
            phone="07 00 / 52 83 76 23",
        ),
        number="S-2022-0214",
        customer_name="ZAP Dr. Bohrer",
        workstation_name="PC Rezeption",
        begin=datetime(2022, 3, 1, 9, 22, tzinfo=UTC),
        end=datetime(2022, 3, 1, 9, 34, 22, tzinfo=UTC),
        seconds=742,
        supporter_name="Klaus Klassen",
        requested_by="Sabine Lorenz",
        channel=Channel.PHONE,
        tool=Tool.TEAMVIEWER,
        partner_id="1234567890",
        notes="Synadoc aktualisiert\nNeustart des PC\nErläuterung der Neuerungen",
        charge=charge(742, Tariff(FIRST_DAY)),
        free_reason="",
        names_vat=True,
        rules=(),
        agreement_signed_on=date(2022, 1, 15),
        exception=False,
        created_at=datetime(2022, 3, 1, 9, 34, 30, 123456, tzinfo=UTC),
    )
