"""Keep what invoices are made by: the dated rates of VAT, the patterns of the numbers, the days to pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from laverma_desk.domain.company import InvoiceSettings
from laverma_desk.domain.document_number import check_formats
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.vat import VatRate
from laverma_desk.services import checks
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import changing_settings
from laverma_desk.storage import house as stored
from laverma_desk.storage import vat_rates
from laverma_desk.storage.database import Connection


def save_vat_rates(desk: Desk, rates: Sequence[VatRate]) -> Done[None]:
    """Keep these rates and no other, all or nothing; what is invoiced keeps its own.

    Raises RuleBroken FIELD_CONTRADICTS where two begin on the same day, with the `place` of the second,
    NUMBER_INVALID below 0 or over 100 percent, TEXT_MISSING where none is left.
    """
    if not rates:
        raise RuleBroken(Rule.TEXT_MISSING, field="rate")
    checks.each_once([one.valid_from for one in rates], "valid_from")
    for one in rates:
        if not 0 <= one.rate <= 100:
            raise RuleBroken(Rule.NUMBER_INVALID, field="rate", lowest=0, highest=100)
    with changing_settings(desk) as connection:
        vat_rates.replace_rates(connection, rates)
    return done(None, Topic.HOUSE, Topic.SESSIONS)


def save_invoice_settings(desk: Desk, settings: InvoiceSettings) -> Done[None]:
    """Keep how documents are numbered, when invoices are due, and as what they are sent.

    Raises RuleBroken at the field whose pattern is wrong, as `domain.document_number.check_formats` does.
    """
    check_formats(settings)
    with changing_settings(desk) as connection:
        write_invoice_settings(connection, settings)
    return done(None, Topic.HOUSE)


def write_invoice_settings(connection: Connection, settings: InvoiceSettings) -> None:
    """Write checked settings in somebody's transaction."""
    stored.write_section(connection, "invoice", asdict(settings) | {"format": settings.format.value})
