"""The card „Auftragsverarbeitung (AVV)“ as it is seen: what counts, what was before, what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts
from laverma_desk.ui.customers.agreements.ending_form import EndingForm
from laverma_desk.ui.customers.agreements.evidence_form import EvidenceForm
from laverma_desk.ui.customers.agreements.older_list import OlderList
from laverma_desk.ui.customers.agreements.renewal_form import RenewalForm
from laverma_desk.ui.customers.agreements.template_line import TemplateLine
from laverma_desk.ui.customers.agreements.words import CardWords
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.customers.fact_rows import KEY_WIDTH, NARROW_KEY_WIDTH, FactRows
from laverma_desk.ui.settings.error_line import ErrorLine
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card, Divider
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

_SIDE, _HEAD = 17, 39
_NARROW = 340


class _Title(Label):
    """The name of the card, without the abbreviation where there is no room for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Data processing (DPA)"), parent, weight=600, line=24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = _("Data processing (DPA)")
        self.setText(whole if fonts.width(whole, 14, 600) <= self.width() else _("Data processing"))


class CardView(Card):
    """Facts with what is folded below them, or one of three forms in their place.

    Emits `renew_requested`, `end_requested`, `evidence_requested` and `file_requested(int)` with the row
    of an agreement whose PDF is to be opened.
    """

    renew_requested = Signal()
    end_requested = Signal()
    evidence_requested = Signal()
    file_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._came_from: QWidget = self
        self._urgent = False
        self._title = _Title(self)
        self.renew = Button(_("Renew"), "ghost", small=True, parent=self, padding=8)
        self.fold = Button(_("All details"), "icon", "chevron-down", small=True, parent=self)
        self._facts, self._reminder, self._details = FactRows(self), FactRows(self), FactRows(self)
        self._document = Label(_("Document"), self, px=13, tone="muted", line=24)
        self.file = Link("", self, px=13, weight=600)
        self._no_file = Label(_("none stored"), self, px=13, tone="muted", line=24)
        self._problem = ErrorLine(self)
        self.older = OlderList(self)
        self.template = TemplateLine(self)
        self.evidence = Link(_("Create record"), self, px=13)
        self.end = Link(_("End DPA"), self, px=13)
        self.renewal, self.ending, self.period = RenewalForm(self), EndingForm(self), EvidenceForm(self)
        self._arrange()
        self._connect()
        self.show_form(None)

    def _arrange(self) -> None:
        head = QWidget(self)
        head.setFixedHeight(_HEAD)
        across = QHBoxLayout(head)
        across.setContentsMargins(_SIDE, 0, 8, 0)
        across.setSpacing(0)
        across.addWidget(self._title, 1)
        across.addWidget(self.renew)
        across.addWidget(self.fold)
        self._shown = QWidget(self)
        shown = QVBoxLayout(self._shown)
        shown.setContentsMargins(_SIDE, 0, _SIDE, 16)
        shown.setSpacing(0)
        self._file_line = QWidget(self)
        line = QHBoxLayout(self._file_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self._document.setFixedWidth(KEY_WIDTH)
        self._file_line.setFixedHeight(24)
        for widget, stretch in ((self._document, 0), (self.file, 0), (self._no_file, 0), (QWidget(self), 1)):
            line.addWidget(widget, stretch)
        for widget in (self._facts, self._file_line, self._reminder, self._problem):
            shown.addWidget(widget)
        self._more = QWidget(self)
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(0)
        more.addWidget(self._details)
        more.addWidget(self.older)
        more.addSpacing(12)
        more.addWidget(Divider(self))
        more.addSpacing(12)
        more.addWidget(self.template)
        more.addSpacing(12)
        links = QHBoxLayout()
        links.setSpacing(24)
        links.addWidget(self.evidence)
        links.addWidget(self.end)
        links.addStretch(1)
        more.addLayout(links)
        shown.addWidget(self._more)
        self.body.setContentsMargins(0, 1, 0, 0)
        self.body.addWidget(head)
        self.body.addWidget(self._shown)
        self._forms: dict[CardForm, QWidget] = {}
        for form in (self.renewal, self.ending, self.period):
            place = QWidget(self)
            inside = QVBoxLayout(place)
            inside.setContentsMargins(_SIDE, 0, _SIDE, _SIDE)
            inside.addWidget(form)
            self._forms[form] = place
            self.body.addWidget(place)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.renew.clicked.connect(self.renew_requested)
        self.end.clicked.connect(self.end_requested)
        self.evidence.clicked.connect(self.evidence_requested)
        self.file.clicked.connect(self._on_file_clicked)
        self.older.file_requested.connect(self.file_requested)
        self.fold.clicked.connect(self._on_fold_clicked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the values more room in a narrow column."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        for rows in (self._facts, self._reminder, self._details):
            rows.set_narrow(narrow)
        self._document.setFixedWidth(NARROW_KEY_WIDTH if narrow else KEY_WIDTH)

    # --- what is shown

    def show_words(self, words: CardWords, *, editable: bool, anew: bool) -> None:
        """Show a customer's agreements; `anew`: another customer, folded as the state suggests."""
        self._number, self._urgent = words.number, words.urgent
        self.renew.set_label(words.renew)
        self.renew.setEnabled(editable)
        self._facts.show_facts(words.facts)
        self._reminder.show_facts(words.reminder)
        self._details.show_facts(words.details)
        self._file_line.setVisible(words.number > 0)
        self.file.set_words(words.file)
        self.file.setVisible(bool(words.file))
        self._no_file.setVisible(not words.file)
        self.older.show_agreements(words.older)
        self.end.setVisible(words.can_end and editable)
        self.template.setVisible(editable)
        if anew:
            self.show_problem("")
            self.show_form(None)
            self.unfold(unfolded=words.urgent)

    def facts(self) -> list[tuple[str, str]]:
        """Return the lines that are shown, unfolded or not."""
        return [*self._facts.facts(), *self._reminder.facts(), *self._details.facts()]

    def unfold(self, *, unfolded: bool) -> None:
        """Show or fold what is not needed at a glance."""
        self._more.setVisible(unfolded)
        self.fold.set_icon("chevron-up" if unfolded else "chevron-down")
        self.fold.set_label(_("Fewer details") if unfolded else _("All details"))

    def is_unfolded(self) -> bool:
        """Tell whether everything is shown."""
        return not self._more.isHidden()

    def show_problem(self, sentence: str) -> None:
        """Say below the facts what did not work; an empty sentence takes it back."""
        self._problem.show_error("", sentence, _("Not opened"))

    def problem(self) -> str:
        """Return what is said below the facts."""
        return self._problem.words()

    # --- forms

    def show_form(self, form: CardForm | None) -> None:
        """Let a form take the place of the facts, or bring them back."""
        before, focus = self.form(), self.window().focusWidget()
        had_focus = before is not None and focus is not None and before.isAncestorOf(focus)
        if before is None and focus is not None and self.isAncestorOf(focus):
            self._came_from = focus
        for one, place in self._forms.items():
            place.setVisible(one is form)
        self._shown.setVisible(form is None)
        self.renew.setVisible(form is None)
        self.fold.setVisible(form is None)
        if form is None and had_focus:
            back = self._came_from if self._came_from.isVisible() else self.renew
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def form(self) -> CardForm | None:
        """Return the form that is open."""
        return next((one for one, place in self._forms.items() if not place.isHidden()), None)

    def open_forms(self) -> Sequence[CardForm]:
        """Return all forms of the card."""
        return tuple(self._forms)

    def _on_file_clicked(self) -> None:
        self.file_requested.emit(self._number)

    def _on_fold_clicked(self) -> None:
        self.unfold(unfolded=not self.is_unfolded())
