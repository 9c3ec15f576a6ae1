"""The statement at work: whoever and whenever is chosen, the paper follows; saved as PDF or table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.statement import Statement
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.history.periods import Preset, period_of
from laverma_desk.ui.invoices.form.outcome import Outcome
from laverma_desk.ui.invoices.statement import words
from laverma_desk.ui.invoices.statement.customer_field import Choice
from laverma_desk.ui.invoices.statement.panel import CUSTOMER, FIRST, LAST, StatementPanel
from laverma_desk.ui.invoices.statement.work import Kind, Listing, Made, Making, Writing
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.report.paper_actions import PaperActions
from laverma_desk.ui.surroundings import Surroundings


class StatementFormController(QObject):
    """Emits `finished(Outcome)` when the form is left after a file was saved, else `closed`.

    Customer and period stay as they were until another customer is asked for.
    """

    finished = Signal(object)
    closed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build the form; `show_for` fills it."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = StatementPanel()
        self._papers = PaperActions(surroundings, self._panel, self)
        self.files = FileChoice(self._panel, self)
        self._shown: Statement | None = None
        self._outcome: Outcome | None = None
        self._kind: Kind = "pdf"
        self._read = LatestRead(surroundings, self)
        panel = self._panel
        panel.customer.customer_chosen.connect(self._refresh)
        panel.period_changed.connect(self._refresh)
        panel.csv_wanted.connect(self._on_csv_wanted)
        panel.form.field_left.connect(self._on_field_left)
        panel.stepped.connect(self.save)
        panel.left.connect(self.close)
        panel.preview.print_wanted.connect(self._papers.print)
        panel.preview.download_wanted.connect(self.save)
        self._read.loaded.connect(self._on_made)
        self._read.failed.connect(self._on_not_made)
        self.files.chosen.connect(self._on_file_chosen)
        self._papers.told.connect(self._on_papers_told)

    @property
    def panel(self) -> QWidget:
        """Return the form."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do while the form is in front."""
        return {
            "Ctrl+Return": self.save,
            "Ctrl+S": self.save,
            "Ctrl+P": self._papers.print,
            "Escape": self.close,
        }

    def show_for(self, customer_id: int | None) -> None:
        """Show last month of a customer, of nobody yet where none is named."""
        panel, self._outcome = self._panel, None
        panel.form.clear_errors()
        panel.tell("")
        if panel.first.day() is None and panel.last.day() is None:
            first, last = period_of(Preset.LAST_MONTH, local_day(self._desk.clock.now()))
            panel.first.set_day(first)
            panel.last.set_day(last)
        if customer_id is not None:
            panel.customer.choose_customer(customer_id)
        self._surroundings.background.run(
            self, Listing(self._desk, customer_id or 0), self._on_listed, self._on_failed
        )
        self._refresh()
        panel.form.focus_field(FIRST if panel.customer.customer() else CUSTOMER)

    def save(self) -> None:
        """Ask where the PDF shall lie."""
        self._ask("pdf")

    def close(self) -> None:
        """Leave the form."""
        self._read.stop()
        if self._outcome is not None:
            outcome, self._outcome = self._outcome, None
            self.finished.emit(outcome)
        else:
            self.closed.emit()

    # --- what is shown

    def _on_listed(self, choices: list[Choice]) -> None:
        self._panel.customer.show_customers(choices)

    def _refresh(self, *_what: object) -> None:
        panel = self._panel
        self._read.stop()
        panel.tell("")
        customer, first, last = panel.customer.customer(), panel.first.day(), panel.last.day()
        if not customer or first is None or last is None:
            self._show_nothing(_("Choose a customer and a period."))
            panel.tell(_("Choose a customer and a period."), "muted")
            return
        for name in (CUSTOMER, FIRST, LAST):
            panel.form.show_error(name, "")
        panel.preview.show_loading(True)
        self._read.start(Making(self._desk, customer, first, last))

    def _on_made(self, made: Made) -> None:
        self._panel.preview.show_loading(False)
        self._shown = made.statement
        if not made.statement.lines:
            self._show_nothing(_("There are no sessions in this period."))
            self._panel.tell(_("There are no sessions in this period."), "muted")
            return
        self._panel.sums.show_lines(words.sums_of(made.statement))
        self._panel.preview.show_pdf(made.pdf)
        self._papers.set_paper(words.file_name(made.statement, "pdf"), made.pdf)
        self._panel.allow_saving(None)

    def _on_not_made(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._show_nothing(explain(error))
        if error.field in self._panel.form.names():
            self._panel.form.show_error(str(error.field), explain(error))
        else:
            self._panel.tell(explain(error))

    def _on_field_left(self, name: str) -> None:
        field = {FIRST: self._panel.first, LAST: self._panel.last}.get(name)
        if field is not None and field.is_wrong():
            error = RuleBroken(Rule.DATE_INVALID, field=name, value=field.text())
            self._panel.form.show_error(name, explain(error))

    def _show_nothing(self, reason: str) -> None:
        self._shown = None
        self._panel.sums.show_lines([])
        self._panel.preview.show_loading(False)
        self._panel.preview.clear()
        self._papers.set_paper("", b"")
        self._panel.allow_saving(reason)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._panel.preview.show_loading(False)
        self._panel.tell(explain(error))

    # --- into a file

    def _on_csv_wanted(self) -> None:
        self._ask("csv")

    def _ask(self, kind: Kind) -> None:
        if not self._panel.customer.customer():
            self._panel.form.show_error(CUSTOMER, _("Choose a customer from the list."))
            self._panel.form.focus_field(CUSTOMER)
            return
        for name in (FIRST, LAST):
            self._on_field_left(name)
        if self._shown is None or self.files.dialog is not None:
            return
        self._kind = kind
        kinds = {"pdf": "PDF (*.pdf)", "csv": _("CSV file (*.csv)")}
        name = words.file_name(self._shown, kind)
        self.files.ask_to_write(_("Save statement"), (kinds[kind],), name)

    def _on_file_chosen(self, file: Path) -> None:
        if self._shown is None:
            return
        work = Writing(self._desk, self._shown, file, self._kind)
        self._surroundings.background.run(self, work, self._on_written, self._on_failed)

    def _on_written(self, target: Path) -> None:
        sentence = _("Saved as %(file)s.") % {"file": target.name}
        self._panel.tell(sentence, "green")
        self._outcome = Outcome(sentence, customer_id=self._panel.customer.customer())

    def _on_papers_told(self, sentence: str, went_well: bool) -> None:
        self._panel.tell(sentence, "green" if went_well else "red")
