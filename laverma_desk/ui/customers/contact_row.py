"""A person of the practice in one row: name, role and what they get, and the number to dial."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.customer import Contact
from laverma_desk.i18n import _
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.customers.row_button import RowButton
from laverma_desk.ui.widgets import paint

HEIGHT = 48


def duties(one: Contact) -> str:
    """Return the role, and what a person gets and signs."""
    parts = [
        one.role,
        _("gets the report") if one.gets_reports else "",
        _("gets the invoice") if one.gets_invoices else "",
        _("signs the DPA") if one.signs_agreement else "",
    ]
    return text.list_sentence([part for part in parts if part])


class ContactRow(RowButton):
    """48 px; pressing it opens the person's form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, parent)
        self.contact = Contact(0, "")

    def show_contact(self, one: Contact) -> None:
        """Show a person."""
        self.contact = one
        numbers = [text.phone(number) for number in (one.phone, one.mobile) if number]
        said = [one.name, duties(one), *numbers, one.email]
        self.setAccessibleName(_("Edit %(name)s") % {"name": one.name})
        self.setAccessibleDescription(", ".join(part for part in said if part))
        self.setToolTip("\n".join(part for part in said if part))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        c = theme.palette()
        painter = paint.start(self)
        self.paint_ground(painter)
        one = self.contact
        number = text.phone(one.phone or one.mobile) or one.email
        right = min(fonts.width(number, 13) + 1, self.width() * 0.6)
        room = self.width() - right - 16
        area = QRectF(self.width() - right, 0, right, HEIGHT - 1)
        paint.text(painter, area, number, px=13, colour=c.text, align="right")
        wide = paint.text(painter, QRectF(0, 4, room - 40, 20), one.name, px=13, weight=500, colour=c.text)
        paint.text(painter, QRectF(0, 24, room, 20), duties(one), px=13, colour=c.muted)
        self.paint_pencil(painter, wide + 8, 6)
        painter.end()
