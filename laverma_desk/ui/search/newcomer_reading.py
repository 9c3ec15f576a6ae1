"""What the services know, in the words and figures of the form for a new customer."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.tariff import Tariff
from laverma_desk.i18n import _
from laverma_desk.services.customers.callers import CustomerDuringCall
from laverma_desk.ui.agreement_badge import agreement_badge
from laverma_desk.ui.search.form_context import Similar
from laverma_desk.ui.search.reading import price_words
from laverma_desk.ui.search.typed_customer import KnownPractice


def term_rows(tariff: Tariff) -> list[tuple[str, str]]:
    """Return what applies to a session: price, rounding, and when the report goes."""
    return [
        (_("Tariff"), price_words(tariff)),
        (_("Rounding"), text.rounding_name(tariff.rounding)),
        (_("Report"), _("after the end")),
    ]


def similar_of(customer: Customer) -> Similar:
    """Return a practice that may be meant, with what tells it apart."""
    parts = (customer.city, text.phone(customer.phone), _("No. %(number)s") % {"number": customer.number})
    return Similar(customer.id, customer.name, ", ".join(part for part in parts if part))


def practice_of(during: CustomerDuringCall) -> KnownPractice:
    """Return a practice that gets another machine."""
    customer = during.card.customer
    badge, tone = agreement_badge(during.card.agreement)
    return KnownPractice(
        name=customer.name,
        city=customer.city,
        phone=text.phone(customer.phone),
        email_report=customer.email_report,
        badge=badge,
        tone=tone,
        gate_open=during.card.agreement.allows_session,
        exception_allowed=during.card.agreement.allows_exception,
    )
