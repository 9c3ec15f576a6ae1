"""What is said beside a customer of the others who are on the phone with that practice."""

from __future__ import annotations

from laverma_desk.services.desk import Desk


def talking_here(desk: Desk, customer_id: int) -> str:
    """Return that others are on the phone with a practice; empty where nobody is, as on a file."""
    if not desk.database.shared:
        return ""
    # Only whoever has a server pays for it.
    from laverma_desk.services.presence import who_talks_with  # noqa: PLC0415
    from laverma_desk.ui.together.words import talking_words  # noqa: PLC0415

    return talking_words(who_talks_with(desk, customer_id))
