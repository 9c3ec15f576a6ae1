"""A machine that cannot show a window hears why, before Qt can abort."""

from __future__ import annotations

import sys

import pytest

from laverma_desk import preflight
from laverma_desk.domain.errors import OutsideTrouble, Trouble

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the remedies are Linux packages")


def test_without_a_display_it_says_so(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(preflight, "_FOR_X11", {})
    with pytest.raises(OutsideTrouble) as caught:
        preflight.check_screen()
    assert caught.value.code is Trouble.NO_DISPLAY


def test_a_missing_library_is_named_with_its_package(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(preflight, "_ALWAYS", {"libnowhere.so.7": "libnowhere7"})
    with pytest.raises(OutsideTrouble) as caught:
        preflight.check_screen()
    assert caught.value.code is Trouble.SYSTEM_LIBRARY_MISSING
    assert caught.value.parameters == {"libraries": "libnowhere.so.7", "packages": "libnowhere7"}


def test_offscreen_needs_no_display(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("DISPLAY", raising=False)
    preflight.check_screen()
