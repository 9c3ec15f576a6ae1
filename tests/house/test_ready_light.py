"""What the desk does without until its search answers is not loaded before that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from laverma_desk.domain.clock import SystemClock
from laverma_desk.services.calls import timekeeping
from tests.support.desks import add_bohrer, make_desk

ROOT = Path(__file__).parents[2]
MOST = 320
"""Modules of ours that may be loaded when the search answers beside a running session; they were 339."""

_PROGRAM = """
import os
import sys
from laverma_desk import app, i18n
from laverma_desk.__main__ import main

class Watched(app.Program):
    def _open_desk(self):
        super()._open_desk()
        self._running.stage.show_new()
        self._running.stage.search._panel.field.setText("bohrer")
        self._running.surroundings.background.idle.connect(self._on_loaded)

    def _on_loaded(self):
        found = self._running.stage.search._panel.results.count()
        late = {"babel", "rapidfuzz", "fpdf", "keyring", "laverma_desk.ui.companions",
                "laverma_desk.ui.mini.controller", "laverma_desk.ui.tray.controller",
                "laverma_desk.ui.closing.farewell", "laverma_desk.ui.telephone.controller",
                "laverma_desk.ui.backup_notice", "laverma_desk.ui.reconciling.log_notice",
                "laverma_desk.ui.search.newcomer_controller", "laverma_desk.ui.search.newcomer_parts",
                "laverma_desk.ui.file_choice", "laverma_desk.services.telephone",
                "laverma_desk.services.agreements.reading", "laverma_desk.ui.statistics.controller"}
        ours = sum(name.startswith("laverma_desk") for name in sys.modules)
        print(found, ours, sorted(late & set(sys.modules)), flush=True)
        os._exit(0)  # A window that is closed would say first that time runs.

app.Program = Watched
# A checkout reads its German words with Babel, an installed program does not: Babel is forgotten again.
i18n.catalogue("de")
for name in [one for one in sys.modules if one.partition(".")[0] == "babel"]:
    del sys.modules[name]
main(["--data-dir", sys.argv[1], "--language", "de"])
"""


def test_until_the_search_answers_nothing_is_loaded_that_is_for_later(tmp_path):
    desk = make_desk(tmp_path / "daten", SystemClock())
    timekeeping.start_session(desk, add_bohrer(desk).reception)
    desk.close()
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path / "daten")],
        cwd=ROOT, env=os.environ | home | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    said = (done.stdout.splitlines() or [done.stderr])[-1]
    found, ours, late = said.split(maxsplit=2)
    assert (found, late) == ("2", "[]"), said
    assert int(ours) <= MOST
