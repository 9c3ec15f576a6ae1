"""The report page as it is seen: the session and the mail at the left, the paper at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.call.gap_bar import GapBar
from laverma_desk.ui.call.gap_reading import GapReading
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.patient_line import PatientLine
from laverma_desk.ui.report.agreement_need import AgreementNeed
from laverma_desk.ui.report.mail_form import MailForm
from laverma_desk.ui.report.needs import Needs
from laverma_desk.ui.report.preview import Preview
from laverma_desk.ui.report.summary_card import SummaryCard
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import ActionBar, Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

_LEFT = 552
_PREVIEW = 320


class _Area(QWidget):
    """A part of the page that F6 steps to; it passes the focus on."""

    def __init__(self, target: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._target = target

    def focusInEvent(self, _event: QFocusEvent) -> None:
        self._target.setFocus()


class ReportPanel(QWidget):
    """All parts of the page; those that are public have signals of their own.

    Emits what a person decided: `send_wanted`, `draft_wanted`, `later_wanted`, `resume_wanted`.
    """

    send_wanted = Signal()
    draft_wanted = Signal()
    later_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gap_bar = GapBar(self)
        self.summary = SummaryCard(self)
        self.needs = Needs(self)
        self.agreement = AgreementNeed(self)
        self.patient = PatientLine(self, wrap=True)
        self.form = MailForm(self)
        self.preview = Preview(self)
        self.preview.setMinimumWidth(_PREVIEW)
        self._resume = Link(_("Continue session"), self, px=13, icon="undo", shortcut_text="F8")
        self.hand_over = Link(_("Hand over"), self, px=13, chevron="chevron-down")
        self.hand_over.hide()  # Until somebody is there who can take the session.
        self._draft = Link(_("Open as a draft in the mail program"), self, px=13)
        self._draft.setToolTip("Alt+E")
        self._later = Button(_("Later"), parent=self)
        self._later.setToolTip("Alt+S")
        self._send = Button(_("Send"), "primary", "send", shortcut_text=key_name("Ctrl+Return"), parent=self)
        # As close as the picture sets the shortcut to its label.
        self._send.setFixedWidth(self._send.minimumSizeHint().width())
        self._sending = False
        self._blocked: str | None = None
        self._lay_out()
        self._send.clicked.connect(self.send_wanted)
        self._draft.clicked.connect(self.draft_wanted)
        self._later.clicked.connect(self.later_wanted)
        self._resume.clicked.connect(self.resume_wanted)

    def _lay_out(self) -> None:
        self._gap_frame = QWidget(self)
        framed = QVBoxLayout(self._gap_frame)
        framed.setContentsMargins(24, 16, 24, 16)
        card = Card(self._gap_frame)
        card.body.addWidget(self.gap_bar)
        framed.addWidget(card)
        self._gap_frame.hide()
        self.left = _Area(self.form.body, self)
        self.left.setMinimumWidth(_LEFT)
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._scrolling_content(), 1)
        left.addWidget(self._bar())
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.left, 1)
        across.addWidget(self.preview, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._gap_frame)
        whole.addLayout(across, 1)

    def _scrolling_content(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(_("Send report"), inside, px=20, weight=600, line=32), 1)
        head.addWidget(self.hand_over)
        head.addSpacing(16)
        head.addWidget(self._resume)
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(self.needs)
        column.addWidget(self.agreement)
        column.addWidget(self.patient)
        column.addWidget(self.form, 1)
        # A very low window scrolls rather than squeezing the text to nothing.
        area = QScrollArea(self.left)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._content = area
        return area

    def _bar(self) -> ActionBar:
        bar = ActionBar(self.left)
        bar.row.addWidget(self._draft)
        bar.row.addStretch(1)
        bar.row.addWidget(self._later)
        bar.row.addWidget(self._send)
        return bar

    def show_gap(self, reading: GapReading | None) -> None:
        """Ask about a gap above everything else, or not."""
        self.gap_bar.show_reading(reading)
        self._gap_frame.setVisible(reading is not None)

    def show_sending(self, sending: bool) -> None:
        """Show that the report goes into the outbox; nothing else can be pressed meanwhile."""
        self._sending = sending
        self._send.set_busy(_("Sending …") if sending else None)
        for one in (self._draft, self._later, self._resume, self.hand_over):
            one.setEnabled(not sending)
        if not sending:
            self._send.set_blocked(self._blocked)

    def block_sending(self, reason: str | None) -> None:
        """Say in the tooltip why nothing can be sent; None allows it."""
        self._blocked = reason
        if not self._sending:
            self._send.set_blocked(reason)

    def sending_blocked(self) -> bool:
        """Return whether the button takes no click."""
        return self._send.is_blocked()

    def show_field(self, field: QWidget) -> None:
        """Bring a field into view and put the focus there."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._content.ensureWidgetVisible(field)
