"""Where Tab goes: through what is shown, in the order in which it is read.

Qt keeps a row of its own, in the order in which widgets were made and moved about, and enters a part
that hands the focus on at its proxy, past everything before it. Pages that are made late, parts that
come and go and forms in a stack are therefore reached late, twice or never. What is read is laid out,
so the layouts say the order, and nobody has to keep a second one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QWidget


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Move the focus of a window to the next stop of Tab, or the one before; return whether there is one.

    A widget with the focus that has just been hidden or disabled gives it to its nearest neighbour: what
    follows in the same part of the page, else what comes before, else the same of the part around it.
    """
    focus = window.focusWidget()
    row = list(_row(window, focus))
    if focus is None or focus not in row:
        found = next((one for one in (row if forward else reversed(row)) if _takes_focus(one)), None)
    elif _takes_focus(focus):
        found = _next(row, row.index(focus), forward=forward)
    else:
        found = _neighbour(row, focus)
    if found is None or found is focus:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    found.setFocus(reason)
    return True


def enter(part: QWidget) -> bool:
    """Put the focus into a part of a window, where the part wants it, else first; False if it takes none."""
    aim: QWidget | None = part
    while aim is not None and aim.focusProxy() is not None:
        aim = aim.focusProxy()
    if aim is None or not _takes_focus(aim):
        aim = next((one for one in _row(part, None) if _takes_focus(one)), None)
    if aim is None:
        return False
    aim.setFocus(Qt.FocusReason.OtherFocusReason)
    return True


def step_areas(areas: Sequence[QWidget], by: int) -> None:
    """Put the focus into the next area that is shown and has room for it (1), or the one before (-1)."""
    shown = [area for area in areas if area.isVisible()]
    focus = QApplication.focusWidget()
    holding = (at for at, area in enumerate(shown) if focus and (area is focus or area.isAncestorOf(focus)))
    at = next(holding, 0)
    any(enter(shown[(at + by * way) % len(shown)]) for way in range(1, len(shown)))


def _next(row: Sequence[QWidget], at: int, *, forward: bool) -> QWidget | None:
    behind, before = row[at + 1 :], row[:at]
    way = [*behind, *before] if forward else [*reversed(before), *reversed(behind)]
    return next((one for one in way if _takes_focus(one)), None)


def _neighbour(row: Sequence[QWidget], lost: QWidget) -> QWidget | None:
    at = row.index(lost)
    part = lost.parentWidget()
    while part is not None:
        if part.isVisible() and part.isEnabled():
            for one in (*row[at + 1 :], *reversed(row[:at])):
                if part.isAncestorOf(one) and _takes_focus(one):
                    return one
        part = None if part.isWindow() else part.parentWidget()
    return None


def _takes_focus(widget: QWidget) -> bool:
    return (
        bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        and widget.focusProxy() is None
        and widget.isEnabled()
        and widget.isVisible()
    )


def _row(widget: QWidget, focus: QWidget | None) -> Iterator[QWidget]:
    """Yield a widget and all that is inside, as read; what is hidden only where the focus is in it."""
    yield widget
    laid_out = list(_laid_out(widget.layout()))
    known = set(laid_out)
    placed = [one for one in widget.findChildren(QWidget, options=_CHILDREN) if one not in known]
    placed.sort(key=lambda one: (one.y(), one.x()))
    for inside in (*laid_out, *placed):
        if inside.isWindow():
            continue
        if not inside.isHidden() or (focus is not None and (inside is focus or inside.isAncestorOf(focus))):
            yield from _row(inside, focus)


def _laid_out(layout: QLayout | None) -> Iterator[QWidget]:
    for place in _places(layout) if layout is not None else ():
        item = layout.itemAt(place) if layout is not None else None
        if item is None:
            continue
        inside = item.widget()
        if inside is not None:
            yield inside
        else:
            yield from _laid_out(item.layout())


def _places(layout: QLayout) -> list[int]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda place: tuple(layout.getItemPosition(place))[:2])  # type: ignore[arg-type]
    return places


_CHILDREN = Qt.FindChildOption.FindDirectChildrenOnly
