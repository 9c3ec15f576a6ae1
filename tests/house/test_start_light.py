"""What only invoices, reports and migrations need is not loaded while the window opens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.desks import make_desk

ROOT = Path(__file__).parents[2]

_PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from laverma_desk import app
from laverma_desk.__main__ import main

class Watched(app.Program):
    def _open_desk(self):
        super()._open_desk()
        # Late enough for what the pages put off until the window is painted.
        QTimer.singleShot(500, self, self._app.quit)

app.Program = Watched
code = main(["--data-dir", sys.argv[1], "--language", "de"])
late = {"fpdf", "drafthorse", "facturx", "lxml", "saxonche", "segno", "alembic", "pypdf", "pypdfium2",
        "vobject", "xlsxwriter", "cryptography", "keyring",
        "laverma_desk.services.demo"}
names = {name.split(".")[0] for name in sys.modules} | set(sys.modules)
print(code, "sqlalchemy" in names, sorted(names & late))
"""


def test_a_start_of_the_window_loads_nothing_that_waits_for_its_first_use(tmp_path):
    make_desk(tmp_path / "daten").close()
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path / "daten")],
        cwd=ROOT,
        env=os.environ
        | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == "0 True []\n", done.stderr
