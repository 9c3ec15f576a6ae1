"""The one typeface of window and paper, shipped with the program so that every machine shows the same."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from laverma_desk.paths import resource

FAMILY = "IBM Plex Sans"
FILES = (
    "IBMPlexSans_400Regular.ttf",
    "IBMPlexSans_400Regular_Italic.ttf",
    "IBMPlexSans_500Medium.ttf",
    "IBMPlexSans_600SemiBold.ttf",
)


@cache
def load() -> tuple[str, ...]:
    """Register the shipped font files with Qt, once, and return the families they brought.

    Needs a QGuiApplication. A file that cannot be read leaves Qt's fallback font in place.
    """
    families: list[str] = []
    for name in FILES:
        number = QFontDatabase.addApplicationFont(str(resource("fonts", name)))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(families)


@cache
def font(px: int, weight: int = 400, italic: bool = False) -> QFont:
    """Return the shared font of a pixel size and weight (400, 500, 600); copy it before you change it."""
    made = QFont(FAMILY)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    made.setItalic(italic)
    # Fractional advances on every platform: the widths of the design come out the same everywhere.
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made


@cache
def metrics(px: int, weight: int = 400) -> QFontMetricsF:
    """Return the measures of `font(px, weight)`."""
    return QFontMetricsF(font(px, weight))


@lru_cache(maxsize=8192)
def width(text: str, px: int, weight: int = 400) -> float:
    """Return how wide a text is, in logical pixels."""
    return metrics(px, weight).horizontalAdvance(text)


def baseline(top: float, height: float, px: int) -> float:
    """Return the y of the baseline for a line of text set in a box of that height.

    Ascent and descent are the font's own (1025 and 275 of 1000), rounded to whole pixels and centred,
    so that a word stands at the same height beside an icon on every platform.
    """
    ascent, descent = round(px * 1.025), round(px * 0.275)
    return top + (height - ascent - descent) // 2 + ascent
