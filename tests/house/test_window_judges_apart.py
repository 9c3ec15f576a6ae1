"""The program's window has its invoices judged by a process of its own; a command judges by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from laverma_desk import own_program
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.einvoice import judging_line as line
from laverma_desk.einvoice.writing import write_xml
from laverma_desk.services import self_check_samples as samples
from laverma_desk.services.judging import JudgeHere
from laverma_desk.services.self_check import tried
from tests.support.desks import make_desk
from tests.support.invoice_makers import sample_invoice

ROOT = Path(__file__).parents[2]

_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from laverma_desk import app
from laverma_desk.__main__ import main
from laverma_desk.einvoice.judging_line import WARM_UP

seen = []

class Watched(app.Program):
    def _open_desk(self):
        super()._open_desk()
        judge = self._running.surroundings.desk.judge
        seen.append(judge.process_id)
        judge.asked(WARM_UP)
        seen.append(judge.process_id)
        QTimer.singleShot(0, self, self._shell.close)

app.Program = Watched
main(["--data-dir", sys.argv[1], "--language", "de"])
print(seen[0], Path("/proc", str(seen[1])).exists(), "saxonche" in sys.modules)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_window_starts_no_judge_by_itself_and_ends_it_when_it_is_closed(tmp_path):
    make_desk(tmp_path / "daten").close()
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path / "daten")],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stdout.splitlines() or [done.stderr])[-1] == "None False False"


def test_a_command_judges_by_itself(tmp_path):
    with closing(make_desk(tmp_path / "daten")) as desk:
        assert isinstance(desk.judge, JudgeHere)


def test_the_folder_that_stands_alone_begins_with_it_as_well():
    asked = line.question(write_xml(sample_invoice()), InvoiceFormat.ZUGFERD)
    done = subprocess.run(
        [sys.executable, str(ROOT / ".build" / "stand_alone_start.py"), own_program.JUDGING],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        input=len(asked).to_bytes(4, "big") + asked,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert line.findings_in(done.stdout[4:], asked) == ()


def test_a_process_that_does_not_answer_is_found_out_by_the_self_check(tmp_path, monkeypatch):
    from laverma_desk.domain.clock import SystemClock  # noqa: PLC0415
    from laverma_desk.mail.secret import Secrets  # noqa: PLC0415
    from laverma_desk.paths import DataDir  # noqa: PLC0415
    from laverma_desk.services.desk import open_desk  # noqa: PLC0415

    with closing(open_desk(DataDir(tmp_path), SystemClock(), Secrets(), demo=True)) as desk:
        samples.fill(desk)
        right = tried("apart", lambda: samples.judge_apart(desk))
        monkeypatch.setattr(own_program, "command", lambda *_words: [sys.executable, "-c", "pass"])
        wrong = tried("apart", lambda: samples.judge_apart(desk))
    assert right.sound
    assert not wrong.sound
    assert wrong.found == "ValueError: Der Prozess, der Rechnungen prüft, antwortet nicht."
