"""A machine that cannot show a window hears why, before Qt can abort."""

from __future__ import annotations

import socket
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


@pytest.fixture
def wayland(monkeypatch, tmp_path):
    """A session under Wayland whose compositor has gone, and no X server either."""
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_SOCKET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    monkeypatch.setattr(preflight, "_FOR_X11", {})
    monkeypatch.setattr(preflight, "_FOR_WAYLAND", ())
    return tmp_path / "wayland-7"


@pytest.mark.parametrize("told", ["", "wayland", "wayland-egl", "wayland;xcb"])
def test_a_compositor_that_has_gone_is_no_screen(wayland, monkeypatch, told):
    monkeypatch.setenv("QT_QPA_PLATFORM", told)
    with pytest.raises(OutsideTrouble) as caught:
        preflight.check_screen()
    assert caught.value.code is Trouble.NO_DISPLAY


@pytest.mark.parametrize("told", ["", "wayland", "wayland;xcb"])
def test_a_compositor_that_answers_is_a_screen(wayland, monkeypatch, told):
    monkeypatch.setenv("QT_QPA_PLATFORM", told)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as compositor:
        compositor.bind(str(wayland))
        compositor.listen()
        preflight.check_screen()


def test_without_the_libraries_of_wayland_qt_looks_for_an_x_server(wayland, monkeypatch):
    monkeypatch.setattr(preflight, "_FOR_WAYLAND", ("libnowhere.so.7",))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as compositor:
        compositor.bind(str(wayland))
        compositor.listen()
        with pytest.raises(OutsideTrouble) as caught:
            preflight.check_screen()
    assert caught.value.code is Trouble.NO_DISPLAY
