"""What the cases about paper draw: one report as a call leaves it, an invoice of as many lines as wanted."""

from __future__ import annotations

from datetime import UTC, date, datetime

from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.money import charge
from laverma_desk.domain.report import Report
from laverma_desk.domain.tariff import FIRST_DAY, Tariff
from tests.support.invoice_makers import COMPANY

_BEGIN = datetime(2022, 3, 1, 9, 22, tzinfo=UTC)
_END = datetime(2022, 3, 1, 9, 34, 22, tzinfo=UTC)


def sample_report() -> Report:
    """Return the report of twelve minutes on the phone."""
    return Report(
        language="de",
        company=COMPANY,
        number="S-2022-0214",
        customer_name="ZAP Dr. Bohrer",
        workstation_name="PC Rezeption",
        begin=_BEGIN,
        end=_END,
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
        created_at=_END,
    )
