"""Proves that the window's parts are there: Qt, fonts, icons, the preview of a PDF. No screen is needed.

Qt is imported only where its system libraries are known to be found: else it would take the check along.
"""

from __future__ import annotations

import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import laverma_desk
from laverma_desk import i18n, preflight, settings
from laverma_desk.i18n import _, ngettext
from laverma_desk.paths import resource, shipped
from laverma_desk.services.self_check import NotFound, Part, tried

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

_RUN_BY_OTHERS = "laverma_desk.storage.migrations."
"""Alembic runs what is below by itself, with what it has set up before."""

_PREVIEW_WIDTH = 640
_FONT_SIZE = 16
_INK = 100
"""How dark, from 0 to 255, a point of the paper is that something was printed on."""


def window_parts(report: Callable[[], bytes]) -> Iterator[Part]:
    """Try each part of the window; `report` returns the PDF that the preview is tried with."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    started = tried(_("Window"), _start)
    yield started
    if started.sound:
        yield tried(_("Screens"), _screens)
        yield tried(_("Modules"), _modules)
        yield tried(_("Fonts"), _fonts)
        yield tried(_("Icons"), _icons)
        yield tried(_("Preview of a PDF"), lambda: _preview(report()))


def _start() -> str:
    preflight.check_screen()
    from PySide6.QtCore import qVersion  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from laverma_desk.ui.bootstrap import create_application  # noqa: PLC0415

    if QApplication.instance() is None:
        # Kept for as long as the check runs: Qt has one of it, and does not hold it itself.
        _Kept.application = create_application(settings.MachineSettings())
    return f"Qt {qVersion()}"


class _Kept:
    application: object = None


def _screens() -> str:
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415

    wanted = {"linux": {"xcb", "wayland"}, "win32": {"windows"}}.get(sys.platform, set())
    found = set()
    for folder in QCoreApplication.libraryPaths():
        for file in Path(folder, "platforms").glob("*"):
            found.add(file.name.removeprefix("lib").removeprefix("q").partition(".")[0])
    if not wanted <= found:
        raise NotFound(", ".join(sorted(wanted - found)))
    return ", ".join(sorted(wanted or found))


def _modules() -> str:
    """Import every module of the program, and with them all that they ask for."""
    names = [one.name for one in pkgutil.walk_packages(laverma_desk.__path__, "laverma_desk.")]
    own = [one for one in names if not one.startswith(_RUN_BY_OTHERS) and not one.endswith("__main__")]
    for name in own:
        import_module(name)
    return ngettext("%(count)s module", "%(count)s modules", len(own)) % {"count": len(own)}


def _fonts() -> str:
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator  # noqa: PLC0415
    from PySide6.QtGui import QRawFont  # noqa: PLC0415

    from laverma_desk.ui import fonts  # noqa: PLC0415

    unread = [one for one in fonts.FILES if not QRawFont(str(resource("fonts", one)), _FONT_SIZE).isValid()]
    if unread or fonts.FAMILY not in fonts.load():
        raise NotFound(", ".join(unread))
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if i18n.current() != "en" and not QTranslator().load(QLocale(i18n.current()), "qtbase", "_", folder):
        raise NotFound("qtbase")
    return fonts.FAMILY


def _icons() -> str:
    from laverma_desk.ui import icons, theme  # noqa: PLC0415

    names = sorted(file.stem for file in (shipped("resources") / "icons").glob("*.svg"))
    blank = [one for one in names if _is_blank(icons.pixmap(one, 16, theme.LIGHT.text).toImage())]
    if blank or not names:
        raise NotFound(", ".join(blank))
    return ngettext("%(count)s icon", "%(count)s icons", len(names)) % {"count": len(names)}


def _is_blank(image: QImage) -> bool:
    return not any(
        image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())
    )


def _preview(report: bytes) -> str:
    from laverma_desk.ui.widgets.pdf_view import PdfView  # noqa: PLC0415

    if not report:
        raise NotFound(_("no PDF was made before"))
    view = PdfView()
    view.resize(_PREVIEW_WIDTH, _PREVIEW_WIDTH)
    view.show_document(report)
    image = view.grab().toImage()
    ink = sum(
        image.pixelColor(x, y).lightness() < _INK for x in range(image.width()) for y in range(image.height())
    )
    if not ink:
        raise NotFound(_("the paper stays empty"))
    return _("a report was drawn")
