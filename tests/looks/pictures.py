"""Make the README's pictures from the real program: `python -m tests.looks.pictures [--all]`.

Without a screen; the demo's data, a clock that stands still. With `--all` every page is taken in
both themes and languages into tests/looks/out, at the scale of QT_SCALE_FACTOR.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from laverma_desk import i18n
from laverma_desk.domain.support_session import SessionState
from laverma_desk.domain.telephone import read_caller
from laverma_desk.paths import DataDir
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.demo import fill_demo
from laverma_desk.services.desk import open_desk
from laverma_desk.settings import MachineSettings
from laverma_desk.ui import theme
from laverma_desk.ui.invoices.paper_controller import WALKING_PAUSE
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import SIZE, Shell
from laverma_desk.ui.stage import Stage
from tests.support.desks import memory_secrets
from tests.support.fake_clock import FakeClock

ROOT = Path(__file__).parents[2]
NOW = datetime(2022, 3, 1, 9, 34, 22, tzinfo=UTC)


@contextmanager
def demo_window(*, fill: bool = True) -> Iterator[tuple[Shell, RunningDesk]]:
    """Open the program's window on a demo desk in a temporary folder."""
    folder = Path(tempfile.mkdtemp())
    desk = open_desk(DataDir(folder), FakeClock(NOW), memory_secrets(), demo=True)
    if fill:
        fill_demo(desk)
    shell = Shell()
    running = RunningDesk(desk, shell, MachineSettings())
    shell.resize(*SIZE)  # The screen of the offscreen platform is smaller than a desk's.
    running.begin()
    shell.show()
    settle(running)
    try:
        yield shell, running
    finally:
        running.close()
        shell.close()
        shell.deleteLater()
        shutil.rmtree(folder)


def settle(running: RunningDesk) -> None:
    """Let work in the background come to its end and everything be painted."""
    background = running.surroundings.background
    for _ in range(3):
        if background.busy:
            loop = QEventLoop()
            background.idle.connect(loop.quit)
            QTimer.singleShot(20_000, loop.quit)
            loop.exec()
        QApplication.processEvents()


def take(widget: QWidget, file: Path) -> None:
    """Write what a widget shows into a file, with nothing hovered."""
    for one in widget.findChildren(QWidget):
        one.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    file.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(file)):
        raise OSError(file)
    sys.stdout.write(f"{file}\n")


def readme_pictures() -> None:
    """Take the pictures that the README shows."""
    take_companions(ROOT / ".readme", ".png")
    with demo_window() as (shell, running):
        stage = pages_of(running)
        memory = ("history", "reconciling", "customers", "invoices", "statistics")
        for name in ("session", "search", *memory, "outbox", "report"):
            show(stage, running, name)
            take(shell, ROOT / ".readme" / f"{name}.png")


def pages_of(running: RunningDesk) -> Stage:
    """Return the pages of a desk that is set up."""
    if running.stage is None:
        raise LookupError("the assistant is shown")
    return running.stage


def show(stage: Stage, running: RunningDesk, name: str) -> None:
    """Bring a page to the front by its name."""
    if name == "session":
        first = next(one for one in stage.strip.sessions if one.state is SessionState.RUNNING)
        stage.show_session(first.id)
    elif name == "caller":
        show(stage, running, "session")
        running.ring(read_caller("040 66969122"))
    elif name == "search":
        stage.show_new()
        QTest.keyClicks(QApplication.focusWidget(), "rez")
    elif name == "report":
        first = next(one for one in stage.strip.sessions if one.state is SessionState.RUNNING)
        running.surroundings.bus.publish(
            call_sheet.save_notes(running.surroundings.desk, first.id, first.notes, first.internal_note)
        )
        running.surroundings.bus.publish(timekeeping.end_session(running.surroundings.desk, first.id))
        stage.show_session(first.id)
    elif name in {"history", "statistics", "outbox"}:
        stage.open_page(name)
    elif name in {"handover", "audit", "reconciling"}:
        show_beside(stage, name)
    elif name == "invoices":
        stage.open_page(name)
        settle(running)
        # The paper of a row is made once somebody stays on it.
        QTest.qWait(2 * WALKING_PAUSE)
    elif name == "customers":
        first = next(one for one in stage.strip.sessions if one.state is SessionState.RUNNING)
        stage.memory.customers.show_customer(first.customer_id)
        stage.open_page("customers")
    elif name.startswith("settings"):
        stage.open_settings(name.partition("-")[2])
    settle(running)


def show_beside(stage: Stage, name: str) -> None:
    """Bring a page to the front that another one leads to."""
    if name == "handover":
        stage.memory.show_handover("datev")
    elif name == "audit":
        stage.memory.show_audit()
    else:
        stage.memory.show_reconciling()


def show_visit(stage: Stage, running: RunningDesk) -> None:
    """Bring the form of a visit to the front."""
    show(stage, running, "search")
    stage.search.on_site.want_visit()
    settle(running)


SETTINGS_PAGES = (
    "company",
    "tax",
    "vat",
    "tariff",
    "invoice",
    "reminders",
    "bookkeeping",
    "mail",
    "snippets",
    "reasons",
    "wording",
    "agreement",
    "supporters",
    "remote",
    "backup",
    "look",
)


def take_companions(folder: Path, ending: str) -> None:
    """Take what accompanies the window: mini timer and the menu of the tray.

    Beside a window of their own: they take the focus, and a page would be seen without it.
    """
    with demo_window() as (_shell, running):
        if running.companions is None:
            raise LookupError("the assistant is shown")
        running.companions.mini.show(focus=False)
        QApplication.processEvents()
        take(running.companions.mini.window, folder / f"mini{ending}")
        running.companions.mini.hide()
        menu = running.companions.tray.menu
        menu.popup(QPoint(0, 0))
        QApplication.processEvents()
        take(menu, folder / f"tray{ending}")
        menu.close()


def every_look(folder: Path) -> None:
    """Take every page in both themes and both languages."""
    app = QApplication.instance()
    for language in i18n.LANGUAGES:
        i18n.use(language)
        for mode in ("light", "dark"):
            theme.apply(app, mode)
            take_companions(folder, f"-{language}-{mode}.png")
            with demo_window() as (shell, running):
                stage = pages_of(running)
                pages = [
                    "session",
                    "caller",
                    "search",
                    "history",
                    "reconciling",
                    "customers",
                    "invoices",
                    "statistics",
                    "audit",
                    "handover",
                    *(f"settings-{key}" for key in SETTINGS_PAGES),
                    "outbox",
                    "report",
                ]
                show_visit(stage, running)
                take(shell, folder / f"visit-{language}-{mode}.png")
                for name in pages:
                    show(stage, running, name)
                    take(shell, folder / f"{name}-{language}-{mode}.png")
                    if running.telephone is not None:
                        running.telephone.dismiss()
            with demo_window(fill=False) as (shell, running):
                take(shell, folder / f"assistant-{language}-{mode}.png")


def main() -> int:
    """Take the pictures that were asked for."""
    app = QApplication(sys.argv[:1])
    i18n.use("de")
    theme.apply(app, "light")
    if "--all" in sys.argv:
        every_look(Path(__file__).parent / "out")
    else:
        readme_pictures()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
