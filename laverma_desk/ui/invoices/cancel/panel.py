"""The form of a cancellation as it is seen: what it does in words, the reason, and what can come after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers.fact_rows import Fact, FactRows
from laverma_desk.ui.history.entry.notice_box import NoticeBox
from laverma_desk.ui.invoices.form.frame import FormFrame
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.text_field import TextField

REASON = "reason"


class CancelPanel(FormFrame):
    """Before the cancellation it asks for the reason, after it it offers the corrected invoice.

    Emits `cancel_wanted` and `correction_wanted`.
    """

    cancel_wanted = Signal()
    correction_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Cancel invoice"), parent, icon="cancel")
        facts, self._entry, self._after = (Card(self, padding=16) for _place in range(3))
        self._facts = FactRows(facts)
        facts.body.addWidget(self._facts)
        self.payments = NoticeBox(self)
        self.form = Form(self._entry, widest=16_777_215)
        self.reason = TextField(self.form, placeholder=_("For example: wrong price, wrong recipient"))
        self.reason.setMaxLength(300)
        self.form.add_row(
            (self.form.labeled(REASON, _("Reason"), self.reason, _("Stands on the cancellation.")), 1),
            above=0,
        )
        self._what = QVBoxLayout()
        self._what.setSpacing(8)
        self._entry.body.addWidget(Label(_("What happens"), self, weight=600, line=24))
        self._entry.body.addSpacing(8)
        self._entry.body.addLayout(self._what)
        self._entry.body.addSpacing(16)
        self._entry.body.addWidget(self.form)
        self._sentences: list[Prose] = []
        self._next = Prose("", self)
        self._after.body.addWidget(Label(_("How it goes on"), self, weight=600, line=24))
        self._after.body.addSpacing(8)
        self._after.body.addWidget(self._next)
        for part in (facts, self.payments, self._entry, self._after):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.setSpacing(16)
        self._cancelled = False
        self.stepped.connect(self._on_stepped)

    def show_invoice(self, facts: Sequence[Fact], sentences: Sequence[str], payments: str) -> None:
        """Ask for the reason; `payments` warns of money that came in."""
        self._cancelled = False
        self.setFocusProxy(self.reason)
        self._facts.show_facts(facts)
        self._say(sentences)
        self.payments.show_sentences([payments] if payments else [])
        self.form.show_values({REASON: ""})
        self.form.clear_errors()
        self.tell("")
        self._entry.show()
        self._after.hide()
        self.step.set_label(_("Cancel invoice"))
        self.step.set_icon("cancel")
        self.back.set_label(_("Close"))

    def show_cancelled(self, sentence: str, following: str) -> None:
        """Say which document came about, and offer the corrected invoice."""
        self._cancelled = True
        self.setFocusProxy(self.step)
        self._entry.hide()
        self._next.setText(following)
        self._after.show()
        self.tell(sentence, "green")
        self.step.set_label(_("Prepare corrected invoice"))
        self.step.set_icon("pencil")
        self.back.set_label(_("Done"))

    def facts(self) -> list[tuple[str, str]]:
        """Return what is shown of the invoice."""
        return self._facts.facts()

    def words(self) -> str:
        """Return what is said to happen, or how it goes on."""
        if self._cancelled:
            return self._next.text()
        return " ".join(one.text() for one in self._sentences)

    def _say(self, sentences: Sequence[str]) -> None:
        for old in self._sentences:
            self._what.removeWidget(old)
            old.deleteLater()
        self._sentences = [Prose(words, self, px=14) for words in sentences]
        for one in self._sentences:
            self._what.addWidget(one)

    def _on_stepped(self) -> None:
        (self.correction_wanted if self._cancelled else self.cancel_wanted).emit()
