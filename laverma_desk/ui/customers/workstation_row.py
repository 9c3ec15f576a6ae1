"""A workstation in one row of the table, with the link that starts a session there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.customer import Workstation
from laverma_desk.i18n import _
from laverma_desk.services.customers.customer_record import WorkstationRecord
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.customers.row_button import RowButton
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.link import Link

HEIGHT = 40
EDGE = 16
_SHARES = (184, 144, 168)
_PARTNER_ID = 112.0
"""Ten digits in their groups with a gap after them: half an ID would be read out wrong."""

_LINK_PX = 13


def columns(width: float) -> list[tuple[float, float]]:
    """Return left edge and width of name, partner ID, place, last session and link."""
    link = fonts.width(_("Start session"), _LINK_PX, 500) + 1
    last = 132.0
    room = width - 2 * EDGE - link - last - 16
    unit = room / sum(_SHARES)
    wides = [round(share * unit) for share in _SHARES]
    lacking = max(0, round(_PARTNER_ID - wides[1]))
    wides = [wides[0], wides[1] + lacking, wides[2] - lacking]
    found, left = [], float(EDGE)
    for wide in wides:
        found.append((left, float(wide)))
        left += wide
    found.append((left, last))
    found.append((width - EDGE - link, link))
    return found


def drawing_of(one: Workstation) -> str:
    """Return the icon of a machine: a server looks like one."""
    return "server" if "server" in one.name.lower() else "monitor"


class WorkstationRow(RowButton):
    """40 px; pressing it opens the machine's form. Emits `start_requested(row's number)`."""

    start_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, parent)
        self.record = WorkstationRecord(Workstation(0, 0, ""))
        self.link = Link(_("Start session"), self, px=_LINK_PX)
        self.link.clicked.connect(self._on_link_clicked)
        self._startable = True

    def show_record(self, record: WorkstationRecord, *, startable: bool) -> None:
        """Show a machine; `startable` says whether a session can begin there."""
        self.record, self._startable = record, startable
        one = record.workstation
        self.setAccessibleName(_("Edit %(name)s") % {"name": one.name})
        self.setAccessibleDescription(", ".join(part for part in self._cells() if part))
        former = [text.partner_id(old.partner_id) for old in record.former_ids]
        tip = [one.name, text.tool(one.tool), one.place]
        if former:
            tip.append(_("formerly %(ids)s") % {"ids": text.list_sentence(former)})
        self.setToolTip("\n".join(part for part in tip if part))
        self.link.setAccessibleName(_("Start session at %(name)s") % {"name": one.name})
        self.link.setVisible(startable)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the link in the last column."""
        super().resizeEvent(event)
        left, wide = columns(self.width())[-1]
        self.link.setGeometry(round(left), (HEIGHT - 20) // 2, round(wide), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        c = theme.palette()
        painter = paint.start(self)
        self.paint_ground(painter)
        one = self.record.workstation
        archived = one.archived
        icons.paint(painter, drawing_of(one), QPointF(EDGE, 11), 16, c.muted)
        inks = (c.muted if archived else c.text, c.text, c.text, c.muted)
        for place, (words, ink, (left, wide)) in enumerate(
            zip(self._cells(), inks, columns(self.width()), strict=False)
        ):
            first = place == 0
            start = left + (24 if first else 0)
            room = left + wide - start - 8 - (24 if first and (self.unsaved or self.underMouse()) else 0)
            area = QRectF(start, 0, room, HEIGHT - 1)
            drawn = paint.text(painter, area, words, px=13, weight=500 if first else 400, colour=ink)
            if first:
                self.paint_pencil(painter, start + drawn + 8, 11)
        painter.end()

    def _cells(self) -> tuple[str, str, str, str]:
        one, record = self.record.workstation, self.record
        last = text.date(record.last_day) if record.last_day else _("none yet")
        if record.running:
            last = _("%(date)s, running") % {"date": last}
        return one.name, text.partner_id(one.partner_id), one.place, last

    def _on_link_clicked(self) -> None:
        self.start_requested.emit(self.record.workstation.id)
