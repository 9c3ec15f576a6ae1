"""From "Beenden" to the report on the screen, the first one of the day, each time in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from laverma_desk.documents.report_pdf import lay_out
from laverma_desk.domain.clock import SystemClock
from laverma_desk.services.calls import call_sheet, timekeeping
from tests.bench.cases import Bench
from tests.bench.measuring import Row, Step, paired, row
from tests.bench.plain_marks import FONTS, straight
from tests.bench.sample_papers import sample_report
from tests.bench.screen import a_screen
from tests.support.invoice_houses import add_practice, make_house

_WIDTH = 640
_ROOT = Path(__file__).parents[2]


NOT_ON_SERVER = "no desk in it"


def measure(bench: Bench) -> Iterator[Row]:
    """Press the key in the window of a running session; beside it the bare way to the same page in pixels."""
    rounds = bench.rounds(9)
    with tempfile.TemporaryDirectory(dir=bench.work) as name, a_screen() as platform:
        folder = Path(name)
        _make_desk(folder / "desk")
        told = {"pages": straight(lay_out(sample_report())), "fonts": FONTS, "width": _WIDTH}
        page = folder / "page.json"
        page.write_text(json.dumps(told), "utf-8")
        bare = _bare(page)
        what, beside = "first preview of the day", "import fpdf, same page, PDFium"
        cold = paired(_ours(folder, "cold"), bare, rounds=rounds)
        yield row(what, beside, cold, 1.2, note=platform)
        warm = paired(_ours(folder, "warm"), bare, rounds=rounds)
        yield row(f"{what}, after idle time", beside, warm, 0.4, note=platform)


def _bare(page: Path) -> Step:
    return lambda: _said("tests.bench.bare_preview", str(page))


def _ours(folder: Path, warmth: str) -> Step:
    def once() -> float:
        copy = folder / "copy"
        shutil.copytree(folder / "desk", copy)
        try:
            return _said("tests.bench.open_preview", str(copy), warmth)
        finally:
            shutil.rmtree(copy)

    return once


def _said(module: str, *arguments: str) -> float:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=_ROOT, env=os.environ, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout.splitlines()[-1])


def _make_desk(folder: Path) -> None:
    """Leave a desk with a session that runs, its notes written."""
    desk = make_house(folder, SystemClock())
    place = add_practice(desk)
    session = timekeeping.start_session(desk, place.id).value
    call_sheet.save_notes(desk, session.id, sample_report().notes, "")
    desk.close()
