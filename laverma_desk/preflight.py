"""Look for the screen and the system libraries before Qt does: where it misses one, Qt aborts the process."""

from __future__ import annotations

import ctypes
import os
import sys

from laverma_desk.domain.errors import OutsideTrouble, Trouble

# Shared library → Debian and Ubuntu package.
_ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
_FOR_X11 = {
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_SCREENLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def check_screen() -> None:
    """Raise OutsideTrouble SYSTEM_LIBRARY_MISSING or NO_DISPLAY where a window cannot open. Linux only.

    The parameters name the missing libraries and the packages that bring them.
    """
    if sys.platform != "linux":
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    wayland = platform == "wayland" or (not platform and _prefers_wayland())
    needs_x11 = platform not in _SCREENLESS and not wayland
    missing = _missing(_ALWAYS | _FOR_X11 if needs_x11 else _ALWAYS)
    if missing:
        raise OutsideTrouble(
            Trouble.SYSTEM_LIBRARY_MISSING,
            libraries=", ".join(missing),
            packages=" ".join(sorted(missing.values())),
        )
    if needs_x11 and not _x11_answers():
        raise OutsideTrouble(Trouble.NO_DISPLAY)


def _prefers_wayland() -> bool:
    return bool(os.environ.get("WAYLAND_DISPLAY")) and os.environ.get("XDG_SESSION_TYPE") == "wayland"


def _missing(wanted: dict[str, str]) -> dict[str, str]:
    """Return the libraries that the loader does not find, with their packages."""
    missing = {}
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    return missing


def _x11_answers() -> bool:
    """Return whether the X server of $DISPLAY lets us in."""
    if not os.environ.get("DISPLAY"):
        return False
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)
