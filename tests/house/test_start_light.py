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
        "vobject", "xlsxwriter", "cryptography", "keyring", "phonenumbers", "stdnum", "email_validator",
        "sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.mysql",
        "laverma_desk.services.demo", "laverma_desk.ui.settings.controller",
        "laverma_desk.ui.assistant.controller", "laverma_desk.ui.history.controller",
        "laverma_desk.ui.report.controller", "laverma_desk.ui.outbox.controller",
        "laverma_desk.ui.settings.backup_words", "laverma_desk.ui.widgets.pdf_view",
        "laverma_desk.services.mails.queueing", "laverma_desk.services.mails.reporting",
        "laverma_desk.services.mails.letters", "laverma_desk.services.corrections",
        "laverma_desk.services.backups.taking", "laverma_desk.services.backups.restoring",
        "laverma_desk.services.customers.places", "laverma_desk.domain.invoice", "smtplib",
        "laverma_desk.mail.compose", "laverma_desk.mail.smtp", "laverma_desk.mail.probe",
        "laverma_desk.ui.statistics.controller", "laverma_desk.text.figures"}
names = {name.split(".")[0] for name in sys.modules} | set(sys.modules)
if "--sources" in sys.argv:
    import linecache
    read = {file for file in linecache.cache if file.endswith(("running_desk.py", "engine/base.py"))}
    print(code, "sqlalchemy" in names, sorted(read))
else:
    print(code, "sqlalchemy" in names, sorted(names & late))
"""

_SHELL = """
import os
import sys
from laverma_desk import app
from laverma_desk.__main__ import main

class Watched(app.Program):
    def _on_shell_painted(self):
        late = {"babel.numbers", "sqlalchemy", "laverma_desk.text", "laverma_desk.explain",
                "laverma_desk.services", "laverma_desk.storage", "laverma_desk.documents",
                "fpdf", "fontTools", "lxml", "alembic", "keyring", "phonenumbers", "cryptography",
                # Each of them takes a part of what the first paint has: a third of a bare window's time.
                "PySide6.QtNetwork", "hashlib", "logging.handlers", "laverma_desk.handing_over",
                "laverma_desk.ui.failure_box", "laverma_desk.ui.settings", "laverma_desk.ui.running_desk",
                "laverma_desk.ui.widgets.notice_bar", "laverma_desk.ui.crash_notice",
                # A German checkout has them from Babel, which compiles its catalogue.
                *({"dataclasses", "locale"} if os.environ.get("LC_ALL") == "en_GB.UTF-8" else ()),
                *({"laverma_desk.cli.arguments"} if len(sys.argv) == 1 else ())}
        print("PySide6.QtWidgets" in sys.modules, sorted(late & set(sys.modules)))
        self._app.quit()

app.Program = Watched
main(["--data-dir", sys.argv[1], "--language", "de"] if len(sys.argv) > 1 else [])
"""

_NAMES = """
import enum
import sys
made = set()
make = enum.EnumType._create_

def noted(cls, name, *more, **options):
    made.add(name)
    return make.__get__(cls)(name, *more, **options)

enum.EnumType._create_ = noted
from laverma_desk import app
from laverma_desk.__main__ import main

class Watched(app.Program):
    def run(self):
        self.early = set(made)
        return super().run()

    def _on_shell_painted(self):
        # The window's icon came after the paint. QStyle, QTextOption; QPainter, which has to be there.
        names = made & {"StandardPixmap", "WrapMode", "CompositionMode"} | self.early & {"ThemeIcon"}
        print(sorted(names))
        self._app.quit()

app.Program = Watched
main(["--data-dir", sys.argv[1], "--language", "de"])
"""

_STYLE = """
import os
os.environ["QT_STYLE_OVERRIDE"] = "windows"
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.bootstrap import create_application
app = create_application(MachineSettings())
app.setStyleSheet("")  # It wraps the style.
print(app.style().objectName())
"""

_VERSION = """
import sys
from contextlib import suppress
from laverma_desk.__main__ import main

with suppress(SystemExit):
    main(["--version"])
late = {"babel.numbers", "sqlalchemy", "PySide6", "laverma_desk.text", "laverma_desk.services"}
print(sorted(late & set(sys.modules)))
"""


def _said(program: str, folder: Path, *arguments: str) -> str:
    """Run a program of its own in somebody's home, its data in there; return its last line."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env=os.environ
        | {
            "QT_QPA_PLATFORM": "offscreen",
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return (done.stdout.splitlines() or [done.stderr])[-1]


def test_a_start_of_the_window_loads_nothing_that_waits_for_its_first_use(tmp_path):
    make_desk(tmp_path / "daten").close()
    assert _said(_PROGRAM, tmp_path, str(tmp_path / "daten")) == "0 True []"


def test_the_source_of_no_module_is_read_and_kept_while_the_window_opens(tmp_path):
    make_desk(tmp_path / "daten").close()
    assert _said(_PROGRAM, tmp_path, str(tmp_path / "daten"), "--sources") == "0 True []"


def test_the_shell_is_painted_before_the_store_and_the_words_of_numbers_are_loaded(tmp_path):
    make_desk(tmp_path / "daten").close()
    assert _said(_SHELL, tmp_path, str(tmp_path / "daten")) == "True []"


def test_qt_s_long_lists_of_names_are_not_made_for_the_first_paint(tmp_path):
    make_desk(tmp_path / "daten").close()
    assert _said(_NAMES, tmp_path, str(tmp_path / "daten")) == "['CompositionMode']"


def test_the_style_is_ours_whatever_the_desktop_would_like(tmp_path):
    assert _said(_STYLE, tmp_path) == "fusion"


def test_the_version_is_said_without_the_store_and_the_window(tmp_path):
    assert _said(_VERSION, tmp_path) == "[]"


def test_from_the_start_menu_no_words_of_commands_are_loaded_either(tmp_path):
    make_desk(tmp_path / "Laverma Desk").close()
    assert _said(_SHELL, tmp_path) == "True []"


def test_the_first_paint_waits_for_none_of_python_s_own_modules_that_it_does_not_need(tmp_path, monkeypatch):
    make_desk(tmp_path / "Laverma Desk").close()
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert _said(_SHELL, tmp_path) == "True []"


_NEEDS = """
import sys
import laverma_desk.services.first_needs
import laverma_desk.ui.later_pages as later
before = set(sys.modules)
later.load_parts()
named = {name for name in set(sys.modules) - before if name.startswith(("PySide6.", "laverma_desk.ui."))}
print(sorted(named))
"""

_FIRST = """
import sys
import laverma_desk.services.first_needs
print("sqlalchemy" in sys.modules, sorted(n for n in sys.modules if n.startswith(("PySide6", "shiboken6"))))
"""


def test_what_a_thread_loads_beside_the_event_loop_names_nothing_of_qt(tmp_path):
    assert _said(_FIRST, tmp_path) == "True []"
    assert _said(_NEEDS, tmp_path) == "[]"


_REST = """
import sys
import laverma_desk.services.first_needs
before = set(sys.modules)
import laverma_desk.ui.running_desk
heavy = ("laverma_desk.storage.", "laverma_desk.services.", "sqlalchemy")
print(sorted(name for name in set(sys.modules) - before if name.startswith(heavy)))
"""


def test_what_the_pages_need_of_the_store_is_loaded_before_they_are(tmp_path):
    assert len(_said(_REST, tmp_path).split()) < 6
