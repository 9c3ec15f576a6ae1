"""Which language the program speaks when nobody has said."""

from __future__ import annotations

import gettext
import io
import os
import struct
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from laverma_desk import i18n

ROOT = Path(__file__).parents[2]


@pytest.fixture
def no_language(monkeypatch):
    for key in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(key, raising=False)
    return monkeypatch


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps its language elsewhere")
@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ({}, "de"),
        ({"LANG": "C.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": ""}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "de"),
    ],
)
def test_the_system_decides_and_german_is_the_fallback(no_language, settings, language):
    for key, value in settings.items():
        no_language.setenv(key, value)
    assert i18n.preferred() == language


def test_a_catalogue_that_is_not_unpacked_says_what_gettext_says():
    with (ROOT / "translations" / "de" / "LC_MESSAGES" / "laverma_desk.po").open("rb") as reader:
        entries = read_po(reader, locale="de")
    compiled = io.BytesIO()
    write_mo(compiled, entries)
    compiled.seek(0)
    known, ours = gettext.GNUTranslations(compiled), i18n._Messages(compiled.getvalue())
    ids = [one.id if isinstance(one.id, tuple) else (one.id, one.id) for one in entries]
    asked = [*ids, ("", ""), ("A", "As"), ("zzz", "zz"), ("Settings\0", ""), ("ÄÖÜ", "€")]
    assert len(asked) > 2000
    assert [ours.gettext(one) for one, _many in asked] == [known.gettext(one) for one, _many in asked]
    for number in (0, 1, 2, 1000):
        words = [ours.ngettext(*one, number) for one in asked]
        assert words == [known.ngettext(*one, number) for one in asked]


def test_a_start_unpacks_the_messages_that_it_says_and_no_others():
    fresh = i18n._Messages(i18n.catalogue("de")._content)
    assert fresh.gettext("Settings") == "Einstellungen"
    assert list(fresh._said) == ["Settings"]


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_catalogue_of_another_machine_is_read_and_anything_else_refused(order):
    content = struct.pack(f"{order}11I", 0x950412DE, 0, 1, 28, 36, 0, 0, 2, 44, 5, 47) + b"on\0an/ja\0"
    assert i18n._Messages(content).gettext("on") == "an/ja"
    with pytest.raises(ValueError):
        i18n._Messages(b"PK\3\4" + content)


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        i18n.use("fr")
