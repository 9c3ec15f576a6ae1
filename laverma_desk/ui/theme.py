"""The colours of the desk, light and dark, and how they reach Qt: palette, style sheet, repaint."""

from __future__ import annotations

from string import Template
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from laverma_desk.paths import resource
from laverma_desk.ui import fonts

Mode = Literal["system", "light", "dark"]


class Palette(NamedTuple):
    """Every colour token; `*_line` is for shapes, never for text."""

    chrome: QColor
    window: QColor
    surface: QColor
    subtle: QColor
    desk: QColor
    border: QColor
    field: QColor
    text: QColor
    muted: QColor
    disabled: QColor
    primary: QColor
    primary_hover: QColor
    primary_press: QColor
    primary_soft: QColor
    on_primary: QColor
    on_primary_2: QColor
    green: QColor
    green_soft: QColor
    green_line: QColor
    amber: QColor
    amber_soft: QColor
    amber_line: QColor
    red: QColor
    red_soft: QColor
    red_line: QColor


def _tokens(values: str) -> Palette:
    return Palette(*(QColor(value) for value in values.split()))


LIGHT = _tokens(
    "#ECEFF1 #F6F7F8 #FFFFFF #F0F3F5 #DDE2E5 #E1E5E8 #818D95 #1C2329 #56626B #8A959D "
    "#0B6E75 #095B61 #07494E #E1F0F0 #FFFFFF #D9ECED "
    "#13744A #E4F3EB #1B8A5A #855600 #FFF6E0 #B7791F #B3261E #FCECEA #B3261E"
)
DARK = _tokens(
    "#0F1315 #14181B #1C2226 #232B30 #0B0E10 #2C343A #6B7882 #E6EAED #9FABB4 #6B7882 "
    "#3FB6BE #5AC6CD #7BD4DA #16373A #06282B #0B363A "
    "#4FC68C #153528 #4FC68C #E3AE52 #352B16 #E3AE52 #F2938B #3D2220 #F2938B"
)


class _Current:
    palette = LIGHT
    mode: Mode = "light"
    notifier: Notifier | None = None


class Notifier(QObject):
    """Tells those who cache something painted that the colours are others now."""

    changed = Signal()

    def on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        """Follow the system, if that is the chosen mode."""
        app = QApplication.instance()
        if _Current.mode == "system" and isinstance(app, QApplication):
            _install(app, _system_palette(app))


def palette() -> Palette:
    """Return the colours in force. Read it at paint time; do not keep it."""
    return _Current.palette


def mode() -> Mode:
    """Return the mode that was last applied."""
    return _Current.mode


def notifier(app: QApplication) -> Notifier:
    """Return the application's own notifier; its `changed` fires after each change of colours."""
    found = _Current.notifier
    if found is None or not isValid(found):
        # Remembered, not looked for: the first `findChild` of a process takes Shiboken 5 ms.
        found = _Current.notifier = Notifier(app)
        app.styleHints().colorSchemeChanged.connect(found.on_scheme_changed)
    return found


def apply(app: QApplication, mode: Mode) -> None:
    """Dress the application: IBM Plex, palette and style sheet; "system" keeps following.

    The window frame of the operating system is asked to follow, where it can.
    """
    fonts.load()
    notifier(app)
    app.setFont(fonts.font(14))
    hints = app.styleHints()
    _Current.mode = "light" if mode == "system" else mode  # our own request below is no news from the system
    if mode == "system":
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if mode == "dark" else Qt.ColorScheme.Light)
    _Current.mode = mode
    _install(app, _system_palette(app) if mode == "system" else (DARK if mode == "dark" else LIGHT))


def style_sheet(colours: Palette) -> str:
    """Return the application's style sheet with the tokens filled in."""
    template = Template(resource("theme", "desk.qss").read_text(encoding="utf-8"))
    icons = resource("icons").as_posix()
    return template.substitute({name: one.name() for name, one in colours._asdict().items()}, icons=icons)


def _system_palette(app: QApplication) -> Palette:
    return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def _install(app: QApplication, colours: Palette) -> None:
    _Current.palette = colours
    app.setPalette(_qt_palette(colours))
    app.setStyleSheet(style_sheet(colours))
    for window in app.topLevelWidgets():
        window.update()
    notifier(app).changed.emit()


def _qt_palette(c: Palette) -> QPalette:
    made = QPalette()
    role = QPalette.ColorRole
    for key, colour in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.surface),
        (role.AlternateBase, c.surface),
        (role.Text, c.text),
        (role.PlaceholderText, c.muted),
        (role.Button, c.surface),
        (role.ButtonText, c.text),
        (role.BrightText, c.red),
        (role.ToolTipBase, c.surface),
        (role.ToolTipText, c.text),
        (role.Highlight, c.primary),
        (role.HighlightedText, c.on_primary),
        (role.Link, c.primary),
        (role.LinkVisited, c.primary),
        (role.Accent, c.primary),
        (role.Light, c.surface),
        (role.Midlight, c.subtle),
        (role.Mid, c.border),
        (role.Dark, c.field),
        (role.Shadow, c.field),
    ):
        made.setColor(key, colour)
    for key in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        made.setColor(QPalette.ColorGroup.Disabled, key, c.disabled)
    return made
