"""The panel beside the form: whether the customer is known already, and what the session will cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.context_panel import KeyValues, PanelSection
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.mark import IconMark


class Similar(NamedTuple):
    """A practice that may be the one being typed: its row, name, and what tells it apart."""

    customer_id: int
    name: str
    detail: str


class _SimilarRow(QWidget):
    """A similar practice with the link that takes it."""

    taken = Signal()

    def __init__(self, similar: Similar, parent: QWidget) -> None:
        super().__init__(parent)
        self.similar = similar
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(similar.name, self, weight=500))
        column.addWidget(Label(similar.detail, self, px=13, tone="muted"))
        self.link = Link(_("Take this customer"), self, px=13)
        self.link.setAccessibleName(_("Take this customer: %(name)s") % {"name": similar.name})
        self.link.clicked.connect(self.taken)
        column.addWidget(self.link)


class FormContext(QWidget):
    """Similar practices, the tariff, and what can wait. Emits `similar_taken(int)` with a row."""

    similar_taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._known = PanelSection(_("Already a customer?"), parent=self, title_px=16)
        self._mark = IconMark("check-circle", self)
        self._verdict = Label("", weight=500)
        verdict = QHBoxLayout()
        verdict.setSpacing(8)
        verdict.addWidget(self._mark)
        verdict.addWidget(self._verdict, 1)
        self._shown: list[_SimilarRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._known.body.addSpacing(8)
        self._known.body.addLayout(verdict)
        self._known.body.addLayout(self._rows)
        self._known.body.addSpacing(4)
        compared = Label(_("Compared: name, phone, partner ID"), px=13, tone="muted")
        self._known.body.addWidget(compared)
        self._terms = PanelSection(_("Applies to the session"), parent=self)
        self._facts = KeyValues(key_width=80)
        self._terms.body.addSpacing(8)
        self._terms.body.addWidget(self._facts)
        later = PanelSection(_("To be added later"), parent=self)
        later.body.addSpacing(8)
        for words in (
            _("Postal and invoice address"),
            _("Contact persons"),
            _("Directions and software"),
        ):
            later.body.addWidget(Label(words, px=13, tone="muted", line=24))
        for section in (self._known, self._terms, later):
            column.addWidget(section)
        self.show_similar((), compared=False)

    def show_similar(self, found: Sequence[Similar], *, compared: bool) -> None:
        """Show what was found; `compared` False: nothing is typed yet that could be compared."""
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._shown = [_SimilarRow(one, self._known) for one in found]
        for row in self._shown:
            row.taken.connect(self._on_row_taken)
            self._rows.addWidget(row)
        if found:
            self._say("warning", "amber", _("Perhaps a customer already"))
        elif compared:
            self._say("check-circle", "green", _("No similar customer"))
        else:
            self._say("info", "muted", _("Nothing to compare yet"))

    def show_taken(self) -> None:
        """Say that the form now adds a machine to a practice that exists."""
        self.show_similar((), compared=True)
        self._say("check-circle", "green", _("Taken as a customer"))

    def show_terms(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show tariff, rounding and report."""
        self._facts.show_rows(facts)

    def similar_links(self) -> list[Link]:
        """Return the links that take a similar practice, in order."""
        return [row.link for row in self._shown]

    def verdict(self) -> str:
        """Return what the first section says."""
        return self._verdict.text()

    def _say(self, icon: str, tone: str, words: str) -> None:
        self._mark.show_icon(icon, tone)
        self._verdict.set_tone(tone)
        self._verdict.setText(words)

    def _on_row_taken(self) -> None:
        row = self.sender()
        if isinstance(row, _SimilarRow):
            self.similar_taken.emit(row.similar.customer_id)
