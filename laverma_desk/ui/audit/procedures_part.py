"""The part that makes the draft of the Verfahrensdokumentation, and shows it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.pdf_view import PdfView

_BESIDE = 160


class ProceduresPart(QWidget):
    """A card, and below it the paper once it is made. Emits `draft_wanted`."""

    draft_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = Button(
            _("Make a draft …"), "primary", "snippet", shortcut_text=key_name("Ctrl+Return"), parent=self
        )
        self.paper = PdfView(self, side=_BESIDE)
        self.paper.setAccessibleName(_("Draft of the description of procedures"))
        self.paper.hide()
        self._rest = QWidget(self)
        about = _(
            "It describes how sessions are recorded, billed and kept in this house (GoBD). The draft is made "
            "of how this desk is set up now; what only the house knows is left blank to be filled in."
        )
        card = Card(self, padding=16)
        card.body.setSpacing(8)
        card.body.addWidget(Label(_("Description of procedures"), card, px=16, weight=600))
        card.body.addWidget(Label(about, card, px=13, tone="muted", wrap=True))
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(self.draft)
        row.addStretch(1)
        card.body.addLayout(row)
        above = QVBoxLayout()
        above.setContentsMargins(24, 16, 24, 16)
        above.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.paper, 1)
        column.addWidget(self._rest, 1)
        self.draft.clicked.connect(self.draft_wanted)

    def show_paper(self, pdf: bytes) -> None:
        """Show a draft that was made."""
        self._rest.hide()
        self.paper.show()
        self.paper.show_document(pdf)

    def take_focus(self) -> None:
        """Put the focus on what is done here."""
        self.draft.setFocus(Qt.FocusReason.OtherFocusReason)
