"""What other programs are told of this one: nothing that belongs to a folder of ours alone."""

from __future__ import annotations

import os
import sys


def outside_environment() -> dict[str, str]:
    """Return this program's environment as other programs shall have it.

    A stand-alone build points the system to the libraries in its own folder; a remote tool that took Qt from
    there would not start.
    """
    found = dict(os.environ)
    if not getattr(sys, "frozen", False):
        return found
    bundle = str(getattr(sys, "_MEIPASS", "")) or "\0"
    before = found.pop("LD_LIBRARY_PATH_ORIG", None)
    found.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        found["LD_LIBRARY_PATH"] = before
    return {
        name: value
        for name, value in found.items()
        if not name.startswith("_PYI_") and not (name.startswith(("QT_", "QML")) and bundle in value)
    }
