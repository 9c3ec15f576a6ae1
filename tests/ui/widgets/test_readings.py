"""What only shows: digits, meter, badges, labels, notices, the panel and the preview."""

from __future__ import annotations

import fpdf
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets.badge import Badge, badge_width
from laverma_desk.ui.widgets.context_panel import ContextPanel, IconRow, KeyValues, PanelSection
from laverma_desk.ui.widgets.guide_section import GuideSection
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.mark import Dot, IconMark
from laverma_desk.ui.widgets.meter import Meter, MeterReading
from laverma_desk.ui.widgets.notice_bar import NoticeBar
from laverma_desk.ui.widgets.pdf_view import PdfView
from laverma_desk.ui.widgets.timer_digits import TimerDigits


class _Paints(QObject):
    def __init__(self):
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def shown(qtbot):
    def show(widget, width=None, height=None):
        qtbot.addWidget(widget)
        widget.resize(width or widget.sizeHint().width(), height or widget.sizeHint().height())
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        QApplication.processEvents()
        return widget

    return show


def _columns(image, y, colour):
    return [x for x in range(image.width()) if image.pixelColor(x, y) == colour]


def test_the_same_time_is_not_painted_twice(shown):
    digits = shown(TimerDigits())
    paints = _Paints()
    digits.installEventFilter(paints)
    size = digits.sizeHint()
    digits.set_text("00:12:22")
    QApplication.processEvents()
    assert paints.count == 1
    digits.set_text("00:12:22")
    QApplication.processEvents()
    assert paints.count == 1
    assert digits.sizeHint() == size
    digits.hide()
    digits.set_text("00:12:23")
    QApplication.processEvents()
    assert paints.count == 1


def test_the_meter_is_four_pixels_a_minute(shown):
    meter = shown(Meter(), 240, 56)
    meter.show_reading(MeterReading(12, "12 min", 41, "41 min", full_text="60 min"))
    image = meter.grab().toImage()
    c = theme.LIGHT
    assert _columns(image, 28, c.green_line)[-1] == 46
    assert _columns(image, 20, c.text) == [47, 48]
    assert _columns(image, 20, c.amber_line) == [163, 164]
    assert _columns(image, 28, c.green_soft) == list(range(49, 163))
    assert _columns(image, 28, c.subtle)[0] == 165
    assert meter.accessibleDescription() == "12 min, 41 min"


def test_a_gap_is_an_outline_and_the_other_label_gives_way(shown):
    meter = shown(Meter(), 240, 56)
    meter.show_reading(MeterReading(42, "42 Min", 41, "41 Min", (9, 40), "Lücke 31 Min", full_text="60 Min"))
    image = meter.grab().toImage()
    c = theme.LIGHT
    assert image.pixelColor(100, 28) == c.surface
    assert image.pixelColor(100, 24) == c.amber_line
    below = [x for y in range(40, 56) for x in _columns(image, y, c.amber)]
    assert min(below) > 140
    assert max(below) < 185


@pytest.mark.parametrize("minutes", [-3, 0, 60, 500])
def test_the_meter_stays_within_its_hour(shown, minutes):
    meter = shown(Meter(), 240, 56)
    meter.show_reading(MeterReading(minutes, "now", 90, "90 min"))
    image = meter.grab().toImage()
    assert len(_columns(image, 20, theme.LIGHT.text)) == 2
    assert _columns(image, 20, theme.LIGHT.amber_line) == []


def test_a_badge_is_as_wide_as_in_the_design(shown):
    badge = shown(Badge("AVV gültig bis 31.12.2026", "ok"))
    assert badge.width() == badge_width("AVV gültig bis 31.12.2026", "ok") == 176
    assert badge.grab().toImage().pixelColor(100, 2) == theme.LIGHT.green_soft
    badge.show_state("kein AVV", "err")
    assert badge.accessibleName() == "kein AVV"


def test_each_tone_has_its_own_shield(qtbot, dressed):
    shields = []
    for tone in ("ok", "warn", "err"):
        badge = Badge("", tone)
        qtbot.addWidget(badge)
        image = badge.grab().toImage().convertToFormat(badge.grab().toImage().Format.Format_Grayscale8)
        ground = image.pixelColor(3, 12).value()
        shields.append(
            [abs(image.pixelColor(x, y).value() - ground) > 60 for x in range(24) for y in range(24)]
        )
    assert shields[0] != shields[1] != shields[2]


def test_a_mark_follows_its_tone(qtbot, dressed):
    dot, icon = Dot(), IconMark("check-circle", size=20)
    qtbot.addWidget(dot)
    qtbot.addWidget(icon)
    assert dot.grab().toImage().pixelColor(4, 4) == theme.LIGHT.green_line
    dot.set_tone("amber_line")
    assert dot.grab().toImage().pixelColor(4, 4) == theme.LIGHT.amber_line
    muted = icon.grab().toImage()
    icon.show_icon("check-circle", "green")
    assert icon.grab().toImage() != muted


def test_a_label_wraps_and_elides(shown):
    words = "Please close the patients' files that are open on the screen"
    wrapped = Label(words, px=13, wrap=True)
    assert wrapped.heightForWidth(1000) == 20
    assert wrapped.heightForWidth(150) == 60
    cut = shown(Label(words), 100, 20)
    assert cut.minimumSizeHint().width() < 100
    assert cut.grab().toImage().pixelColor(99, 10) == theme.LIGHT.window


def test_a_label_takes_its_smaller_size_before_it_is_cut(shown):
    words = "1 Min · kostenlos, Wartungsvertrag"
    room = int(fonts.width(words, 16, 600)) + 2
    small, cut = Label(words, px=20, weight=600, line=24, tight=16), Label(words, px=20, weight=600, line=24)
    whole = shown(Label(words, px=16, weight=600, line=24), room, 24).grab().toImage()
    assert shown(small, room, 24).grab().toImage() == whole
    assert shown(cut, room, 24).grab().toImage() != whole


def test_a_notice_pushes_once_and_takes_no_focus(shown, qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.show_notice("No network.", icon="offline", aside="since 10:35", link="Check now")
    assert bar.height() == 32
    assert bar.accessibleName() == bar.sentence() == "No network."
    link = next(c for c in bar.children() if hasattr(c, "click"))
    with qtbot.waitSignal(bar.link_activated):
        link.click()
    bar.show_notice("Without a link.")
    assert link.isHidden()
    bar.clear()
    assert bar.isHidden()


def test_the_guide_opens_in_its_place_with_all_lines(shown):
    panel = ContextPanel()
    section = PanelSection("Customer")
    section.body.addWidget(IconRow("phone", "030 23125 014"))
    values = KeyValues()
    values.show_rows([("Tariff", "2,25 €"), ("Last", "yesterday")])
    section.body.addWidget(values)
    guide = GuideSection("Phone guide", "F1")
    guide.show_steps(["Please close the files of all your patients first.", "Open the page."])
    panel.add(section)
    panel.add(guide)
    shown(panel, 288, 720)
    assert guide.height() == 48
    head = next(c for c in guide.children() if hasattr(c, "click"))
    QTest.keyClick(head, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert guide.is_open()
    labels = [label for label in guide.findChildren(Label) if label.isVisible()]
    heights = [label.height() for label in labels if len(label.text()) > 1]
    assert heights == [40, 20]
    values.show_rows([("Tariff", "2,25 €")])
    assert [label.text() for label in values.findChildren(Label) if label.isVisible()] == ["Tariff", "2,25 €"]


@pytest.fixture(scope="module")
def three_pages():
    paper = fpdf.FPDF(format="A4")
    paper.set_font("helvetica", size=24)
    for number in range(3):
        paper.add_page()
        paper.set_fill_color(10, 110, 117)
        paper.rect(0, 0, 210, 20 + 30 * number, style="F")
    return bytes(paper.output())


def test_pages_are_white_sharp_and_fit_the_width(shown, three_pages):
    view = shown(PdfView(), 551, 640)
    view.show_document(three_pages)
    QApplication.processEvents()
    assert (view.page(), view.page_count()) == (1, 3)
    theme_desk = theme.LIGHT.desk
    image = view.grab().toImage()
    assert image.pixelColor(10, 300) == theme_desk
    assert image.pixelColor(24, 300).name() == "#b9c2c8"
    assert image.pixelColor(300, 400).name() == "#ffffff"
    assert image.pixelColor(300, 40).name() == "#0a6e75"
    assert image.pixelColor(526, 300).name() == "#b9c2c8"
    assert image.pixelColor(530, 300) == theme_desk


def test_the_preview_is_walked_with_the_keys(shown, three_pages):
    view = shown(PdfView(), 551, 640)
    heard = []
    view.page_reached.connect(heard.append)
    view.show_document(three_pages)
    QApplication.processEvents()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page() == 3
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page() == 2
    assert heard == [1, 3, 1, 2]
    bar: QScrollBar = view.verticalScrollBar()
    at = bar.value()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert bar.value() > at


def test_what_is_no_pdf_is_refused_and_the_old_one_stays(shown, three_pages):
    view = shown(PdfView(), 551, 640)
    view.show_document(three_pages)
    with pytest.raises(ValueError, match="not a PDF"):
        view.show_document(b"%PDF-1.7 broken")
    assert view.page_count() == 3
    view.clear()
    assert (view.page(), view.page_count()) == (0, 0)
