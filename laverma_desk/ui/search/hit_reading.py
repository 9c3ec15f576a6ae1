"""What the panel shows of a hit, read from the desk and put into words."""

from __future__ import annotations

from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.calls.recurring import sessions_lately
from laverma_desk.services.customers import callers
from laverma_desk.services.customers.search import Found, Hit
from laverma_desk.services.desk import Desk
from laverma_desk.ui.search import reading
from laverma_desk.ui.search.hit_context import HitDetails
from laverma_desk.ui.talking import talking_here


def read_details(desk: Desk, hit: Hit, moving: SupportSession | None) -> HitDetails:
    """Return what the panel shows of a hit. Raises DeskError where it cannot be read."""
    during = callers.customer_card(desk, hit.customer.id)
    lately = sessions_lately(desk, hit.workstation.id) if hit.workstation else 0
    details = reading.details_of(hit, during, moving, _template_words(desk, hit, moving), lately)
    return details._replace(talking=talking_here(desk, hit.customer.id))


def _template_words(desk: Desk, hit: Hit, moving: SupportSession | None) -> str:
    """Return how far the template is that a caller without an agreement was sent."""
    if not reading.lock_reason(hit, moving):
        return ""
    # Loaded with the first locked row: see `later_pages.load_parts`.
    from laverma_desk.services.agreements.reading import latest_template_mail  # noqa: PLC0415

    mail = latest_template_mail(desk, hit.customer.id)
    return reading.template_words(mail.state, mail.queued_at) if mail else ""


def rehearse(desk: Desk, hit: Hit) -> None:
    """Read and word a hit for nobody, while nobody waits.

    What the first one of the day needs, libraries, locale and compiled statements, is there for the first
    letter that is typed.
    """
    read_details(desk, hit, None)
    reading.result_of(hit, None)
    reading.more_words(Found((hit,), 1001))
