"""Make the Qt application: scaling, language of Qt's own words, theme."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from laverma_desk import i18n
from laverma_desk.settings import MachineSettings
from laverma_desk.ui import theme


def create_application(settings: MachineSettings) -> QApplication:
    """Return the application, in the language and size that this machine's settings ask for.

    Text size scales everything, so it is set before Qt starts and counts for the whole run.
    """
    scaled = settings.text_size != 100 and "QT_SCALE_FACTOR" not in os.environ
    if scaled:
        os.environ["QT_SCALE_FACTOR"] = str(settings.text_size / 100)
    language = i18n.current()
    QLocale.setDefault(QLocale("de_DE" if language == "de" else "en_GB"))
    _name_process()
    # Told here, before there is a style: asked for it, or given one, Shiboken makes its 500 names, for 5 ms.
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    if scaled:
        # Read by now. A next start must not take it for somebody's wish, nor a program that is started here.
        del os.environ["QT_SCALE_FACTOR"]
    app.setApplicationName("Laverma Desk")
    app.setDesktopFileName("laverma-desk")
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language != "en" and translator.load(QLocale(language), "qtbase", "_", folder):
        app.installTranslator(translator)
    theme.apply(app, settings.theme)
    return app


def _name_process() -> None:
    """Let the task bar of Windows show the program under its own name and icon, not under Python's."""
    if sys.platform == "win32":
        from ctypes import windll  # noqa: PLC0415 (only Windows has it)

        windll.shell32.SetCurrentProcessExplicitAppUserModelID("Laverma.Desk")
