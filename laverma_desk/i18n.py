"""One language for the window, and any language for a document, through gettext catalogues."""

from __future__ import annotations

import gettext
import io
import locale
import os
from functools import cache
from pathlib import Path

from laverma_desk import paths

NAMES = {"de": "Deutsch", "en": "English"}
"""What each language calls itself."""

LANGUAGES = tuple(NAMES)
_DOMAIN = "laverma_desk"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the messages of a language; English, the language of the code, needs none.

    A checkout holds no compiled catalogue: there the PO file is compiled in memory.
    Raises ValueError for a language that is not in LANGUAGES.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    if language == "en":
        return gettext.NullTranslations()
    folder = paths.shipped("translations") / language / "LC_MESSAGES"
    compiled = folder / f"{_DOMAIN}.mo"
    if compiled.is_file():
        with compiled.open("rb") as reader:
            return gettext.GNUTranslations(reader)
    return _compile(folder / f"{_DOMAIN}.po", language)


def _compile(source: Path, language: str) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (only a checkout pays for this import)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    buffer = io.BytesIO()
    with source.open("rb") as reader:
        write_mo(buffer, read_po(reader, locale=language))
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)


class _Interface:
    """The language that the window and the command line speak."""

    language = "de"


def use(language: str) -> None:
    """Make every later `_()` speak the language. Raises ValueError for an unknown one."""
    catalogue(language)
    _Interface.language = language


def current() -> str:
    """Return the interface language, "de" or "en"."""
    return _Interface.language


def preferred() -> str:
    """Return the language of the user's system if it is ours, else German.

    A system without a language (LANG unset or C) is not an English one, though Python says so.
    """
    if os.name == "nt":
        name = locale.getlocale()[0] or ""
    else:
        settings = (os.environ.get(key) for key in ("LC_ALL", "LC_MESSAGES", "LANG"))
        name = next((one for one in settings if one), "")
    return "en" if name.lower().startswith("en") else "de"


def _(message: str) -> str:
    """Translate a sentence into the interface language."""
    return catalogue(_Interface.language).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a sentence whose form depends on a number."""
    return catalogue(_Interface.language).ngettext(singular, plural, number)


def gettext_in(language: str, message: str) -> str:
    """Translate a sentence into a document's language, whatever the window speaks."""
    return catalogue(language).gettext(message)


def ngettext_in(language: str, singular: str, plural: str, number: int) -> str:
    """Translate a counted sentence into a document's language."""
    return catalogue(language).ngettext(singular, plural, number)
