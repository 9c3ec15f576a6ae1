"""The language in which words are said: the one that was named, else the one of the window."""

from __future__ import annotations

from laverma_desk import i18n
from laverma_desk.i18n import gettext_in

# English of the Continent: a comma for thousands, the euro sign behind, day before month.
_LOCALES = {"de": "de_DE", "en": "en_150"}


def spoken(language: str | None) -> str:
    """Return the language: that of the window where none is named."""
    return language or i18n.current()


def locale_of(language: str | None) -> str:
    """Return Babel's name for the language."""
    return _LOCALES[spoken(language)]


def _(message: str, language: str | None) -> str:
    return gettext_in(spoken(language), message)
