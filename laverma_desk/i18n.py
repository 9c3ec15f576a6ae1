"""One language for the window, and any language for a document, through gettext catalogues."""

from __future__ import annotations

import gettext
import io
import os
import struct
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache, cached_property
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
        return _Messages(compiled.read_bytes())
    return _compile(folder / f"{_DOMAIN}.po", language)


def _compile(source: Path, language: str) -> _Messages:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (only a checkout pays for this import)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    buffer = io.BytesIO()
    with source.open("rb") as reader:
        write_mo(buffer, read_po(reader, locale=language))
    return _Messages(buffer.getvalue())


_MAGIC = 0x950412DE


class _Messages(gettext.NullTranslations):
    """A compiled catalogue as it lies in its file (MO): a message is looked for there when it is said.

    `gettext.GNUTranslations` unpacks all of them first, some thousand, and the first paint says thirty. The
    originals are sorted, each with an end of its own; the plural follows it there behind a zero byte.
    """

    def __init__(self, content: bytes) -> None:
        """Read where the messages lie. Raises ValueError for what is no catalogue."""
        super().__init__()
        order = "<" if content[:4] == _MAGIC.to_bytes(4, "little") else ">"
        if struct.unpack_from(f"{order}I", content) != (_MAGIC,):
            raise ValueError
        self._content = content
        self._count, originals, translations = struct.unpack_from(f"{order}3I", content, 8)
        places = f"{order}{2 * self._count}I"
        self._originals = struct.unpack_from(places, content, originals)
        self._translations = struct.unpack_from(places, content, translations)
        self._said: dict[str, list[str]] = {}

    def gettext(self, message: str) -> str:
        """Return a message's translation, or itself."""
        forms = self._forms(message)
        return forms[0] if forms else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation of the form that a number asks for."""
        forms = self._forms(msgid1)
        return forms[self._plural(n)] if len(forms) > 1 else msgid1 if n == 1 else msgid2

    def _forms(self, message: str) -> list[str]:
        """Return the translations of a message, one for each of its forms; none where there is no such."""
        forms = self._said.get(message)
        if forms is None:
            wanted = message.encode()
            place = bisect_left(range(self._count), wanted, key=self._original)
            found = place < self._count and self._original(place) == wanted
            forms = _text_at(self._content, self._translations, place).decode().split("\0") if found else []
            self._said[message] = forms
        return forms

    def _original(self, place: int) -> bytes:
        return _text_at(self._content, self._originals, place).partition(b"\0")[0]

    @cached_property
    def _plural(self) -> Callable[[int], int]:
        header = self.gettext("")
        rule = next(line for line in header.splitlines() if line.startswith("Plural-Forms:"))
        return gettext.c2py(rule.partition("plural=")[2].rstrip(";"))


def _text_at(content: bytes, places: Sequence[int], number: int) -> bytes:
    size, begin = places[2 * number : 2 * number + 2]
    return content[begin : begin + size]


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
        import locale  # noqa: PLC0415 (nobody else needs it, and every start would wait for it)

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
