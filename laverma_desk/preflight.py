"""Look for the screen and the system libraries before Qt does: where it misses one, Qt aborts the process."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

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
_FOR_WAYLAND = ("libwayland-client.so.0", "libwayland-cursor.so.0")
_SCREENLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def check_screen() -> None:
    """Raise OutsideTrouble SYSTEM_LIBRARY_MISSING or NO_DISPLAY where a window cannot open. Linux only.

    The parameters name the missing libraries and the packages that bring them.
    """
    if sys.platform != "linux":
        return
    platforms = _platforms()
    wayland = "wayland" in platforms and _wayland_answers()
    needs_x11 = "xcb" in platforms and not wayland
    missing = _missing(_ALWAYS | _FOR_X11 if needs_x11 else _ALWAYS)
    if missing:
        raise OutsideTrouble(
            Trouble.SYSTEM_LIBRARY_MISSING,
            libraries=", ".join(missing),
            packages=" ".join(sorted(missing.values())),
        )
    screenless = any(one in _SCREENLESS for one in platforms)
    if not (_x11_answers() if needs_x11 else wayland or screenless):
        raise OutsideTrouble(Trouble.NO_DISPLAY)


def _platforms() -> list[str]:
    """Return where Qt would try to open its window, in its order: as told, else as the session is."""
    told = os.environ.get("QT_QPA_PLATFORM", "")
    names = [one.partition(":")[0].partition("-")[0] for one in told.split(";") if one]
    if names:
        return names
    session = os.environ.get("XDG_SESSION_TYPE") == "wayland" and os.environ.get("WAYLAND_DISPLAY")
    return ["wayland", "xcb"] if session else ["xcb"]


def _wayland_answers() -> bool:
    """Return whether there is a compositor, and what Qt's plugin for it needs; else Qt tries X11."""
    if _missing(dict.fromkeys(_FOR_WAYLAND, "")):
        return False
    if os.environ.get("WAYLAND_SOCKET"):
        return True  # A line that is open already, and can be taken only once.
    import socket  # noqa: PLC0415 (most starts are under X11 or Windows, and each waits for its imports)

    name = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / (os.environ.get("WAYLAND_DISPLAY") or "wayland-0")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(str(name))
        except OSError:
            return False
    return name.is_absolute()


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
