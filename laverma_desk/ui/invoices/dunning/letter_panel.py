"""The letter to one customer: which one it is, what it asks for, how it looks, and to whom it goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.domain.reminder import LEVELS, Reminder
from laverma_desk.i18n import _
from laverma_desk.ui.invoices.dunning import words
from laverma_desk.ui.invoices.form.frame import SIDE, FormFrame
from laverma_desk.ui.invoices.form.sum_line import SumLine
from laverma_desk.ui.report.preview import Preview
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.segmented import Segment, SegmentedControl


class LetterPanel(FormFrame):
    """Emits `level_chosen(int)`, `issue_wanted` (without sending) and `stepped` (issue and send, or send)."""

    level_chosen = Signal(int)
    issue_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Issue and send"), parent, icon="send", scrolls=False)
        levels = [Segment(str(one), words.level_name(one)) for one in LEVELS]
        self.levels = SegmentedControl(levels, self, small=True, name=_("Level"))
        self.sums = SumLine(self)
        self.preview = Preview(self, headed=False)
        self.recipient = ComboBox(self, editable=True, name=_("To"))
        edit = self.recipient.lineEdit()
        if edit is not None:
            # What is typed is sent as it is seen: no completion changes it on the way.
            self.recipient.setCompleter(None)  # type: ignore[arg-type]
            edit.textEdited.connect(self._on_recipient_edited)
        self.recipient.activated.connect(self._on_recipient_edited)
        self._error = HintLine(self)
        self.issue = Button(_("Issue only"), parent=self)
        self.ways.addWidget(self.issue)
        self.back.set_label(_("Back"))
        across = QHBoxLayout()
        across.setContentsMargins(SIDE, 0, SIDE, 12)
        across.addWidget(self.levels)
        across.addStretch(1)
        self.head.addWidget(self.preview.tools)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(across)
        self.body.addWidget(self.sums)
        self.body.addWidget(self.preview, 1)
        to = QVBoxLayout()
        to.setContentsMargins(SIDE, 12, SIDE, 12)
        to.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(_("To"), self, px=13, weight=500, line=40))
        row.addWidget(self.recipient, 1)
        to.addLayout(row)
        to.addWidget(self._error)
        self.body.addLayout(to)
        self.setFocusProxy(self.preview.view)
        self.levels.segment_chosen.connect(self._on_levels_chosen)
        self.issue.clicked.connect(self.issue_wanted)
        self.show_recipient_error("")

    def begin(self, name: str, recipients: Sequence[str], level: int) -> None:
        """Start with a letter to a customer that is not issued yet."""
        self.show_heading(_("Letter to %(customer)s") % {"customer": name}, _number_later())
        self.levels.set_current(str(level))
        blocked = QSignalBlocker(self.recipient)
        self.recipient.clear()
        self.recipient.addItems(list(recipients))
        self.recipient.setEditText(recipients[0] if recipients else "")
        blocked.unblock()
        self.show_recipient_error("")
        self.preview.clear()
        self.sums.show_lines([])
        self.show_issued("", "")

    def show_letter(self, record: Reminder, pdf: bytes) -> None:
        """Show a letter and what it asks for."""
        self.sums.show_lines(words.sums_of(record))
        self.preview.show_pdf(pdf)
        self.preview.show_loading(False)

    def show_issued(self, number: str, name: str) -> None:
        """Follow whether the letter has its number: then its level is settled and only sending is left."""
        if number:
            self.show_heading(
                _("%(number)s to %(customer)s") % {"number": number, "customer": name},
                _("Issued letters cannot be changed."),
            )
        self.levels.setEnabled(not number)
        self.issue.setVisible(not number)
        self.step.set_label(_("Send") if number else _("Issue and send"))

    def show_busy(self, busy: str | None) -> None:
        """Show what runs; nothing else can be pressed meanwhile."""
        self.step.set_busy(busy)
        for one in (self.issue, self.back, self.recipient):
            one.setEnabled(busy is None)

    def typed_recipient(self) -> str:
        """Return the address as typed."""
        return self.recipient.currentText().strip()

    def show_recipient_error(self, sentence: str) -> None:
        """Show what is wrong with the address, or nothing."""
        self.recipient.set_invalid(bool(sentence))
        self._error.show_words("", sentence)
        self._error.setVisible(bool(sentence))
        self.recipient.setAccessibleDescription(sentence)
        if sentence:
            self.recipient.setFocus(Qt.FocusReason.OtherFocusReason)

    def recipient_error(self) -> str:
        """Return what is said of the address."""
        return self._error.error

    def _on_levels_chosen(self, key: str) -> None:
        self.level_chosen.emit(int(key))

    def _on_recipient_edited(self, *_typed: object) -> None:
        self.show_recipient_error("")


def _number_later() -> str:
    return _("The number is given when it is issued.")
