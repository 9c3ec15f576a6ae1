"""What is said of remote support that was not possible, in the window, on paper and in lists."""

from __future__ import annotations

from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.i18n import gettext_in
from laverma_desk.text.tongue import spoken


def not_possible_reason(reason: NotPossible, language: str | None = None) -> str:
    """Return why: PC startet nicht, kein Internet, vom Kunden abgelehnt, anderer Grund."""
    tongue = spoken(language)
    return {
        NotPossible.DOES_NOT_BOOT: gettext_in(tongue, "the PC does not boot"),
        NotPossible.NO_INTERNET: gettext_in(tongue, "no internet"),
        NotPossible.DECLINED: gettext_in(tongue, "declined by the customer"),
        NotPossible.OTHER: gettext_in(tongue, "another reason, see notes"),
    }[reason]


def not_possible(reason: NotPossible, language: str | None = None) -> str:
    """Return that it was not possible, and why: nicht möglich: kein Internet."""
    tongue = spoken(language)
    return gettext_in(tongue, "not possible: %(reason)s") % {"reason": not_possible_reason(reason, tongue)}


def logged_attempt(logged: str, language: str | None = None) -> str:
    """Return what the log of a session keeps of an attempt: how it was billed before, or the reason.

    Raises ValueError for what is neither.
    """
    tongue = spoken(language)
    billed, _colon, free_reason = logged.partition(":")
    if billed == "yes":
        return gettext_in(tongue, "billed")
    if billed == "no":
        words = gettext_in(tongue, "free of charge")
        return f"{words}, {free_reason}" if free_reason else words
    return not_possible(NotPossible(logged), tongue)
