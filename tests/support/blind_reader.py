"""Somebody who sees nothing: walks a window by Tab alone and hears what a screen reader would say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QLabel, QWidget

from laverma_desk.ui.widgets.segmented import SegmentedControl

_STEPS = 300
_SIDE_BY_SIDE = 8  # px between the middles of two widgets of one line


def said(widget: QWidget) -> str:
    """Return the name that a screen reader says, with the name of a choice's question before its answer."""
    face = QAccessible.queryAccessibleInterface(widget)
    if face is None:
        return ""
    if isinstance(widget, QComboBox):
        return _label_of(widget) or face.text(QAccessible.Text.Description)  # its name is its value here
    around = widget.parentWidget()
    question = around.accessibleName() if isinstance(around, SegmentedControl) else ""
    return f"{question} {face.text(QAccessible.Text.Name)}".strip()


def _label_of(widget: QWidget) -> str:
    around = widget.parentWidget()
    labels = around.findChildren(QLabel) if around is not None else []
    return next((one.text() for one in labels if one.buddy() is widget), "")


def called(widget: QWidget) -> str:
    """Return a widget as a fault names it."""
    owners, owner = [], widget.parentWidget()
    while owner is not None and len(owners) < 2:
        owners.append(type(owner).__name__)
        owner = owner.parentWidget()
    return f"{type(widget).__name__} ‘{said(widget)}’ in {' < '.join(owners)}"


def walk(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press Tab until the walk comes round again; return what had the focus, in its order."""
    way: list[QWidget] = []
    for _ in range(_STEPS):
        focus = QApplication.focusWidget()
        assert focus is not None, f"the focus is lost after {called(way[-1]) if way else 'nothing'}"
        assert focus.window() is window, f"the focus left the window for {called(focus)}"
        if way and focus is way[0]:
            return way
        assert focus not in way, f"a trap: {called(way[-1])} leads back to {called(focus)}"
        way.append(focus)
        QTest.keyClick(focus, key)
    raise AssertionError("the walk does not end")


def shows_focus(widget: QWidget) -> bool:
    """Tell whether the focus changes what is seen of a widget. It has the focus afterwards."""
    owner = widget.parentWidget() or widget
    while owner.parentWidget() is not None and isinstance(owner.parentWidget(), QAbstractScrollArea):
        owner = owner.parentWidget()
    area = QRect(widget.mapTo(owner, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    on = owner.grab(area).toImage()
    widget.clearFocus()
    off = owner.grab(area).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return on != off


def faults(window: QWidget) -> Iterator[str]:
    """Yield what is wrong with names, focus and order of a window as it stands.

    Raises AssertionError where the focus is lost, leaves the window, or is caught.
    """
    start = QApplication.focusWidget()
    assert start is not None, "nothing has the focus"
    way = walk(window)
    back = walk(window, Qt.Key.Key_Backtab)
    if [way[0], *reversed(way[1:])] != back:
        yield "Shift+Tab does not go back the way that Tab came"
    yield from (f"never reached: {called(one)}" for one in _stops(window) if one not in way)
    yield from _jumps(way)
    for one in way:
        if not any(letter.isalpha() for letter in said(one)):
            yield f"without a name: {called(one)}"
        if not shows_focus(one):
            yield f"focus not seen: {called(one)}"
    start.setFocus()


def _stops(window: QWidget) -> list[QWidget]:
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and one.focusProxy() is None
        and one.window() is window
    ]


def _jumps(way: list[QWidget]) -> Iterator[str]:
    """Yield where the walk goes up within a column, or back within a line; it begins at the left edge."""
    corners = [one.mapToGlobal(QPoint(0, 0)).toTuple() for one in way]
    first = corners.index(min(corners))
    for one, other in pairwise([*way[first:], *way[:first]]):
        here = QRect(one.mapToGlobal(QPoint(0, 0)), one.size())
        there = QRect(other.mapToGlobal(QPoint(0, 0)), other.size())
        column = min(here.right(), there.right()) > max(here.left(), there.left())
        line = abs(here.center().y() - there.center().y()) < _SIDE_BY_SIDE
        if (column and there.bottom() <= here.top()) or (line and there.right() < here.left()):
            yield f"out of order: {called(one)}, then {called(other)}"
