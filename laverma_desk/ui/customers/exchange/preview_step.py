"""The third step: what would become of the whole file, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.importing.customers import ExaminedCustomers
from laverma_desk.ui.customers.exchange.figures import Figures
from laverma_desk.ui.customers.exchange.preview_table import PreviewTable
from laverma_desk.ui.customers.exchange.step_head import Step
from laverma_desk.ui.customers.exchange.words import (
    customer_counts,
    faulty_rows,
    numbering_rule,
    part_counts,
    problem_line,
    rows_read,
)
from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea

_LISTED = 100


class PreviewStep(Step):
    """Emits `back_requested`, `reload_requested` (the file has been mended) and `accepted`."""

    back_requested = Signal()
    reload_requested = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Preview"), parent)
        self.figures = Figures(self)
        self.parts = Label("", self, px=13, tone="muted", wrap=True)
        self.table = PreviewTable(self)
        self.sentence = HintLine(self)
        self.problems = Label("", self, px=13, tone="red", wrap=True)
        self.problems.set_live()
        self.back = Button(_("Back"), "secondary", parent=self)
        self.reload = Button(_("Read file again"), "secondary", "reload", parent=self)
        self.go = Button(_("Import"), "primary", parent=self)
        self._area = OverlayScrollArea(self)
        self._area.setAccessibleName(_("Errors in the file"))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setFixedHeight(96)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 16, 0)
        column.addWidget(self.problems)
        column.addStretch(1)
        self._area.setWidget(content)
        card = Card(self)
        card.body.addWidget(self.table)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.body.addWidget(self.figures)
        self.body.addWidget(self.parts)
        self.body.addWidget(card, 1)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self._area)
        self.body.setSpacing(8)
        self.add_ways(self.back, self.reload, self.go)
        self.back.clicked.connect(self.back_requested)
        self.reload.clicked.connect(self.reload_requested)
        self.go.clicked.connect(self._on_go_clicked)

    def show_examined(
        self, file: str, seen: ExaminedCustomers, headings: dict[str, str], *, numbered: bool
    ) -> None:
        """Show what was found; `headings` are column → what the file calls it."""
        shown = _("%(file)s, %(rows)s") % {"file": file, "rows": rows_read(seen.rows)}
        if seen.imported.ignored:
            left_out = _("Left out: %(names)s") % {"names": ", ".join(seen.imported.ignored)}
            shown = f"{shown}. {left_out}"
        self.head.show_words(shown, numbering_rule(numbered=numbered))
        word = ngettext("faulty row", "faulty rows", seen.faulty_rows)
        red = (text.number(seen.faulty_rows), word) if seen.faulty_rows else None
        self.figures.show_figures(customer_counts(seen.imported), red)
        self.parts.setText(part_counts(seen.imported))
        self.table.show_rows(seen.sample)
        self._show_problems(seen, headings)

    def _show_problems(self, seen: ExaminedCustomers, headings: dict[str, str]) -> None:
        faulty = seen.problem_count > 0
        lines: Sequence[str] = [problem_line(one, headings) for one in seen.problems[:_LISTED]]
        more = seen.problem_count - len(lines)
        if more > 0:
            rest = ngettext("… and %(n)s more error.", "… and %(n)s more errors.", more)
            lines = [*lines, rest % {"n": text.number(more)}]
        self.problems.setText("\n".join(lines))
        self._area.setVisible(faulty)
        self._area.verticalScrollBar().setValue(0)
        self.sentence.show_words("", faulty_rows(seen, mapped=bool(headings)) if faulty else "")
        self.sentence.setVisible(faulty)
        self.reload.setVisible(faulty)
        self.go.set_blocked(self.sentence.error or None)

    def take_focus(self) -> None:
        """Put the focus onto the way on, or onto the rows where something is wrong."""
        (self.table if self.go.is_blocked() else self.go).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_go_clicked(self) -> None:
        if not self.go.is_blocked():
            self.accepted.emit()
