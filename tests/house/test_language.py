"""Which language the program speaks when nobody has said."""

from __future__ import annotations

import os

import pytest

from laverma_desk import i18n


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


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        i18n.use("fr")
