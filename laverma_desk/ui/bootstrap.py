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
    if settings.text_size != 100 and "QT_SCALE_FACTOR" not in os.environ:
        os.environ["QT_SCALE_FACTOR"] = str(settings.text_size / 100)
    language = i18n.current()
    QLocale.setDefault(QLocale("de_DE" if language == "de" else "en_GB"))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Laverma Desk")
    app.setDesktopFileName("laverma-desk")
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language != "en" and translator.load(QLocale(language), "qtbase", "_", folder):
        app.installTranslator(translator)
    theme.apply(app, settings.theme)
    return app
