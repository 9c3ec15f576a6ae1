"""Which machine an unknown partner ID belongs to: found as callers are, and asked what becomes of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.history.entry.place_field import PlaceField
from laverma_desk.ui.history.entry.place_finding import ChosenPlace, PlaceFinding
from laverma_desk.ui.reconciling.row_popup import RowPopup
from laverma_desk.ui.reconciling.words import id_words
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.label import Label

_WIDE = 760


class _Question(QWidget):
    """Asks of a machine with an ID whether the unknown one is its new one, or one from before."""

    answered = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sentence = Label("", self, px=13, wrap=True)
        self.new = Button(_("It is the new ID"), small=True, parent=self)
        self.former = Button(_("It is a former ID"), small=True, parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.new)
        row.addWidget(self.former)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._sentence)
        column.addLayout(row)
        self.new.clicked.connect(self._on_new_clicked)
        self.former.clicked.connect(self._on_former_clicked)
        self.hide()

    def ask(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self.show()
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def sentence(self) -> str:
        return self._sentence.text()

    def _on_new_clicked(self) -> None:
        self.answered.emit(False)

    def _on_former_clicked(self) -> None:
        self.answered.emit(True)


class PlacePopup(RowPopup):
    """Emits `place_taken(ChosenPlace, keep)`; `keep`: the machine keeps its own ID."""

    place_taken = Signal(object, bool)

    def __init__(self, owner: QWidget, surroundings: Surroundings) -> None:
        super().__init__(owner)
        # Kept: what it searches in is read once, not with each opening.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.field = PlaceField(self)
        self.field.setFixedWidth(_WIDE)
        self.finding = PlaceFinding(surroundings, self.field, self)
        self.question = _Question(self)
        self.body.addWidget(self.field)
        self.body.addWidget(self.question)
        self._place: ChosenPlace | None = None
        self._partner_id = ""
        self.finding.chosen.connect(self._on_place_chosen)
        self.finding.emptied.connect(self.question.hide)
        self.question.answered.connect(self._on_question_answered)

    def open_for(self, partner_id: str, words: str) -> None:
        """Show it for an ID; `words` is what the log calls the machine, searched for at once."""
        self._partner_id, self._place = partner_id, None
        self.finding.show_place(None)
        self.field.labeled.clear_error()
        self.question.hide()
        self.finding.want()
        self.open_below()
        self.field.focus()
        if words:
            self.field.field.setText(words)
            self.field.typed.emit(words)
            self.field.field.selectAll()

    def event(self, event: QEvent) -> bool:
        """Grow and shrink with the list of hits."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit()
        return handled

    def _on_place_chosen(self, place: ChosenPlace) -> None:
        self._place = place
        if not place.partner_id or place.partner_id == self._partner_id:
            self._give(keep=False)
            return
        sentence = _("%(machine)s has the partner ID %(own)s. What is %(unknown)s?") % {
            "machine": place.words,
            "own": id_words(place.partner_id),
            "unknown": id_words(self._partner_id),
        }
        self.question.ask(sentence)

    def _on_question_answered(self, keep: bool) -> None:
        self._give(keep=keep)

    def _give(self, *, keep: bool) -> None:
        place = self._place
        self.close()
        if place is not None:
            self.place_taken.emit(place, keep)
