"""The theme: contrast, fonts, icons, and that a change of colours reaches the screen."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QWidget

from laverma_desk.paths import resource
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets.button import Button


def _luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def _contrast(one, other):
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_text_can_be_read(colours):
    pairs = [
        (ink, ground)
        for ink in ("text", "muted")
        for ground in ("chrome", "window", "surface", "subtle", "primary_soft")
    ]
    pairs += [(tone, f"{tone}_soft") for tone in ("green", "amber", "red", "primary")]
    pairs += [(tone, "surface") for tone in ("green", "amber", "red", "primary")]
    pairs += [("on_primary", "primary"), ("on_primary_2", "primary")]
    for ink, ground in pairs:
        assert _contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5, (ink, ground)
    assert _contrast(colours.field, colours.surface) >= 3


def test_both_palettes_name_every_token(dressed):
    for token in theme.Palette._fields:
        assert getattr(theme.LIGHT, token).isValid(), token
        assert getattr(theme.DARK, token).isValid(), token


def test_a_style_sheet_has_no_open_token():
    assert "$" not in theme.style_sheet(theme.DARK)


def test_the_typeface_is_ours_in_every_weight(dressed):
    for weight in (400, 500, 600):
        info = QFontInfo(fonts.font(14, weight))
        assert info.family().startswith("IBM Plex Sans")
        assert info.weight() == weight
    assert fonts.width("1111", 56, 500) == fonts.width("0000", 56, 500)


def test_a_change_of_colours_reaches_qt_and_is_told(qtbot, dressed):
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(40, 40)
    page.show()
    with qtbot.waitSignal(theme.notifier(dressed).changed):
        theme.apply(dressed, "dark")
    assert theme.palette() is theme.DARK
    assert dressed.palette().color(QPalette.ColorRole.Text) == theme.DARK.text
    assert page.grab().toImage().pixelColor(20, 20) == theme.DARK.window


def test_an_icon_is_tinted_and_sharp(dressed):
    drawn = icons.pixmap("mail", 16, theme.LIGHT.red, 2.0)
    image = drawn.toImage()
    assert (image.width(), drawn.devicePixelRatio()) == (32, 2.0)
    inks = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {theme.LIGHT.red.name()}


def test_every_icon_can_be_drawn(dressed):
    for source in resource("icons").glob("*.svg"):
        image = icons.pixmap(source.stem, 20, theme.LIGHT.text).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), source.stem


def test_an_unknown_icon_is_an_error(dressed):
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-drawing", 16, theme.LIGHT.text)


def test_a_button_is_painted_in_its_tokens(qtbot):
    button = Button("Send", "primary")
    qtbot.addWidget(button)
    button.show()
    assert button.grab().toImage().pixelColor(6, 20) == theme.LIGHT.primary
    button.setEnabled(False)
    assert button.grab().toImage().pixelColor(6, 20) == theme.LIGHT.subtle
