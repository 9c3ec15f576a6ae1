"""The window's way into the world: paths, log, language, one window for each desk; and out again."""

from __future__ import annotations

import gc
import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from laverma_desk import i18n, log, settings
from laverma_desk.domain.errors import DeskError, OutsideTrouble, Trouble
from laverma_desk.paths import DataDir, default_data_dir
from laverma_desk.program import Program, Start
from laverma_desk.ui.bootstrap import create_application
from laverma_desk.ui.single_instance import SingleInstance

if TYPE_CHECKING:
    from laverma_desk.domain.server_address import ServerAddress
    from laverma_desk.domain.telephone import CallerId


def run(
    data_dir: Path | None = None,
    *,
    language: str | None = None,
    demo: bool = False,
    caller: CallerId | None = None,
    server: ServerAddress | None = None,
) -> int:
    """Open the window and stay until it is closed; return the exit code. `caller` is shown in it.

    `server`: where the desk lies that was asked for, else the one in the settings counts.

    A second start for the same desk is said to the first window and returns 0. Raises RuleBroken and
    OutsideTrouble for a folder that cannot be used.
    """
    temporary = Path(tempfile.mkdtemp(prefix="laverma-desk-demo-")) if demo else None
    data = DataDir(temporary or data_dir or default_data_dir().root)
    try:
        start = Start(data, demo, language, caller)
        return _run(start, lambda: None if demo else settings.wanted_server(server, data_dir))
    finally:
        if temporary is not None:
            logging.shutdown()
            shutil.rmtree(temporary, ignore_errors=True)


def _run(start: Start, wanted: Callable[[], ServerAddress | None]) -> int:
    log.start(start.data)
    machine = settings.load()
    i18n.use(start.language or machine.language or i18n.preferred())
    app = create_application(machine)
    instance = SingleInstance(start.data)
    try:
        start = start._replace(server=wanted())
        _make_folder(start.data)
        if not instance.acquire(caller=start.caller):
            return 0
    except DeskError as error:
        from laverma_desk.ui.failure_box import failure_box, sentence_of  # noqa: PLC0415 (hardly ever needed)

        box = failure_box(sentence_of(error), None)
        box.open()
        app.exec()
        raise
    program = Program(app, start, machine, instance)
    program.opened.connect(_tidy_from_now_on)
    try:
        return program.run()
    finally:
        instance.release()


def _tidy_from_now_on() -> None:
    # What is there by now stays until the end: later looks for what can go pass it over.
    gc.freeze()
    gc.enable()


def _make_folder(data: DataDir) -> None:
    try:
        data.create()
    except OSError as error:
        raise OutsideTrouble(Trouble.FOLDER_UNWRITABLE, folder=str(data.root)) from error
