"""The language in which words are said: the one that was named, else the one of the window."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from laverma_desk import i18n
from laverma_desk.i18n import gettext_in

if TYPE_CHECKING:
    from babel import Locale

# English of the Continent: a comma for thousands, the euro sign behind, day before month.
_LOCALES = {"de": "de_DE", "en": "en_150"}


def spoken(language: str | None) -> str:
    """Return the language: that of the window where none is named."""
    return language or i18n.current()


def locale_of(language: str | None) -> Locale:
    """Return what Babel knows of the language."""
    return _locale(_LOCALES[spoken(language)])


@cache
def _locale(name: str) -> Locale:
    # Loaded with the first word that Babel knows, and kept: it would ask the disk for it each time.
    from babel import Locale  # noqa: PLC0415

    return Locale.parse(name)


def _(message: str, language: str | None) -> str:
    return gettext_in(spoken(language), message)
