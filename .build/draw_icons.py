"""Draw the icon files of the desktops, resources/desktop/icons, from the mark that the window itself shows.

Run it once after the mark was changed: .venv/bin/python .build/draw_icons.py
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice

from laverma_desk.settings import MachineSettings
from laverma_desk.ui.bootstrap import create_application
from laverma_desk.ui.icons import mark

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "desktop" / "icons"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_WINDOWS_SIZES = (16, 24, 32, 48, 64, 256)
_HEAD, _ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")


def main() -> None:
    """Write a PNG for each size, and the ICO of Windows."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = create_application(MachineSettings())
    images = {size: _png(size) for size in SIZES}
    for size, image in images.items():
        (FOLDER / f"{size}.png").write_bytes(image)
    (FOLDER / "laverma-desk.ico").write_bytes(_ico({size: images[size] for size in _WINDOWS_SIZES}))
    application.quit()


def _png(size: int) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    mark(size).save(buffer, "PNG")
    return bytes(content.data())


def _ico(images: dict[int, bytes]) -> bytes:
    """Return an icon file of Windows that holds PNGs, which it reads since Vista."""
    entries, place = b"", _HEAD.size + _ENTRY.size * len(images)
    for size, image in images.items():
        # 256 does not fit into a byte; it is written as 0.
        entries += _ENTRY.pack(size % 256, size % 256, 0, 0, 1, 32, len(image), place)
        place += len(image)
    return _HEAD.pack(0, 1, len(images)) + entries + b"".join(images.values())


if __name__ == "__main__":
    main()
