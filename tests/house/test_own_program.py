"""The program starts itself again as what it is: with Python, or as a folder that stands alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from laverma_desk import __version__, own_program

ROOT = Path(__file__).parents[2]


def test_installed_it_is_called_through_python():
    done = subprocess.run(
        own_program.command("--version"), cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"Laverma Desk {__version__}\n"


def test_alone_it_is_its_own_executable(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/laverma-desk/laverma-desk")
    assert own_program.command("--demo") == ["/opt/laverma-desk/laverma-desk", "--demo"]
    assert own_program.window_command() == ["/opt/laverma-desk/laverma-desk"]


_SCALED = """
import os
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.bootstrap import create_application

application = create_application(MachineSettings(text_size=150))
print(application.devicePixelRatio(), os.environ.get("QT_SCALE_FACTOR"))
"""


@pytest.mark.parametrize(("asked", "seen"), [("", "1.5 None"), ("2", "2.0 2")])
def test_the_text_size_counts_for_this_start_alone(asked, seen):
    outside = {key: value for key, value in os.environ.items() if key != "QT_SCALE_FACTOR"}
    wish = {"QT_SCALE_FACTOR": asked} if asked else {}
    done = subprocess.run(
        [sys.executable, "-c", _SCALED],
        cwd=ROOT,
        env={**outside, "QT_QPA_PLATFORM": "offscreen", **wish},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == seen


def test_the_icons_of_the_desktops_are_the_mark_of_the_window(dressed):
    from PySide6.QtGui import QImage  # noqa: PLC0415

    from laverma_desk.paths import resource  # noqa: PLC0415
    from laverma_desk.ui.icons import mark  # noqa: PLC0415

    drawn = {int(file.stem) for file in resource("desktop", "icons").glob("*.png")}
    assert drawn >= {16, 24, 32, 48, 64, 128, 256, 512}
    for size in sorted(drawn):
        shipped = QImage(str(resource("desktop", "icons", f"{size}.png"))).convertToFormat(
            QImage.Format.Format_ARGB32
        )
        assert (shipped.width(), shipped.height()) == (size, size)
        now = mark(size).toImage().convertToFormat(QImage.Format.Format_ARGB32)
        # Of another machine's Qt the edges may differ by a shade, the middle of the L does not.
        for point in ((0, 0), (size // 2, size // 8), (size // 2, size // 2)):
            assert shipped.pixelColor(*point) == now.pixelColor(*point), (size, point)
