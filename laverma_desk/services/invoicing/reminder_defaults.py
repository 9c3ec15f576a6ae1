"""The words of payment reminders to begin with, in the languages in which documents are written."""

from __future__ import annotations

from laverma_desk.domain.reminder import LEVELS
from laverma_desk.domain.reminder_settings import ReminderSettings, ReminderWords, known_base_rates
from laverma_desk.domain.tariff import FIRST_DAY
from laverma_desk.i18n import LANGUAGES, gettext_in


def default_settings() -> ReminderSettings:
    """Return what a house begins with: no fees, no interest, and only the base rates that are certain."""
    return ReminderSettings(words=default_words(), base_rates=known_base_rates())


def default_words() -> tuple[ReminderWords, ...]:
    """Return the first words of every level and language."""
    return tuple(_words(level, language) for language in LANGUAGES for level in LEVELS)


def _words(level: int, language: str) -> ReminderWords:
    title, opening = {
        1: (
            gettext_in(language, "Payment reminder"),
            gettext_in(
                language,
                "it has surely been lost in the daily work of the practice: The following invoices have not"
                " been paid yet, or only in part.",
            ),
        ),
        2: (
            gettext_in(language, "Dunning letter"),
            gettext_in(
                language,
                "the following invoices are overdue and have not been paid yet, or only in part.",
            ),
        ),
        3: (
            gettext_in(language, "Final dunning letter"),
            gettext_in(language, "the following invoices are still open although we have reminded you."),
        ),
    }[level]
    request = gettext_in(
        language,
        "Please transfer {amount} by {due}.\n"
        "Please give {number} as the reference. Our bank account stands at the foot of this page.",
    )
    closing = gettext_in(
        language,
        "Have you paid in the meantime? Then please disregard this letter.\n"
        "If anything about an invoice needs to be settled, please call us: {phone}.",
    )
    if level == LEVELS[-1]:
        warning = gettext_in(
            language,
            "If the amount has not arrived by then, we will apply for a court payment order without"
            " further notice.",
        )
        closing = f"{warning}\n{closing}"
    return ReminderWords(level, language, FIRST_DAY, title, opening, request, closing)
