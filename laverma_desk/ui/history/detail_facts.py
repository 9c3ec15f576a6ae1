"""The three columns of the chosen session: who and when, the notes, the bill."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.history.detail_words import ReportLine
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea

LINE = 24
_KEYS, _NARROW_KEYS = 112, 92
_SHARES, _NARROW_SHARES = (312, 288, 264), (340, 236, 268)
_NARROW = 800


class _Icon(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(20, LINE)
        self._name, self._tone = "minus", "muted"

    def show_icon(self, name: str, tone: str) -> None:
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.start(self)
        icons.paint(painter, self._name, QPointF(0, 4), 16, getattr(theme.palette(), self._tone))
        painter.end()


class _Column(QWidget):
    """A heading, and below it rows of 24 px."""

    def __init__(self, parent: QWidget, title: str, *, px: int, keys: int) -> None:
        super().__init__(parent)
        self._keys = keys
        self._labels: list[Label] = []
        self.title = Label(title, self, px=px, weight=600, line=LINE)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.title)
        self._column.addSpacing(8)

    def add_row(self, key: str, *parts: QWidget) -> Label:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        label = Label(key, holder, px=13, tone="muted", line=LINE)
        label.setFixedWidth(self._keys)
        self._labels.append(label)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        for part in parts:
            row.addWidget(part, 1 if part is parts[-1] else 0)
        self._column.addWidget(holder)
        return label

    def set_keys(self, wide: int) -> None:
        for label in self._labels:
            label.setFixedWidth(wide)

    def finish(self) -> None:
        self._column.addStretch(1)


class FactsColumn(_Column):
    """Partner, times, client, connection, and how often it was changed. Emits `changes_wanted`."""

    changes_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "", px=16, keys=_KEYS)
        self._rows: list[tuple[Label, Label]] = []
        for _place in range(5):
            value = Label("", self, px=13, line=LINE)
            self._rows.append((self.add_row("", value), value))
        self.changes = Link("", self, px=13, chevron="chevron-down")
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.changes)
        row.addStretch(1)
        self._changed = self.add_row(_("Changed"), holder)
        self.finish()
        self.changes.clicked.connect(self._on_changes_clicked)

    def show_facts(self, title: str, facts: Sequence[tuple[str, str]], changes: str) -> None:
        """Show a session; `changes` is empty where it was never changed."""
        self.title.setText(title)
        for (key, value), (name, words) in zip(self._rows, facts, strict=True):
            key.setText(name)
            value.setText(words)
        self.changes.set_words(changes)
        row = self._changed.parentWidget()
        if row is not None:
            row.setVisible(bool(changes))

    def facts(self) -> list[tuple[str, str]]:
        """Return the rows as shown."""
        return [(key.text(), value.text()) for key, value in self._rows]

    def _on_changes_clicked(self) -> None:
        self.changes_wanted.emit()


class _NotesArea(OverlayScrollArea):
    """The notes; only where they do not fit does the Tab key stop here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._inside = QWidget()
        self.label = Label("", self._inside, px=13, line=LINE, wrap=True)
        self.setWidget(self._inside)
        self.setAccessibleName(_("Notes"))
        self.viewport().setAutoFillBackground(False)
        # setWidget makes the inside paint the window's ground.
        self._inside.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._on_range_changed(0, 0)

    def show_text(self, words: str, tone: str) -> None:
        self.label.setText(words)
        self.label.set_tone(tone)
        self._arrange()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = max(32, self.width() - 16)
        high = self.label.heightForWidth(wide)
        self.label.setGeometry(0, 0, wide, high)
        self._inside.setMinimumHeight(high)

    def _on_range_changed(self, _lowest: int, highest: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if highest > 0 else Qt.FocusPolicy.NoFocus)


class NotesColumn(_Column):
    """What was done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Notes"), px=14, keys=0)
        self._area = _NotesArea(self)
        self._column.addWidget(self._area, 1)

    def show_notes(self, notes: str) -> None:
        """Show the notes from their first line on."""
        self._area.show_text(notes or _("No notes."), "text" if notes else "muted")
        self._area.setAccessibleDescription(notes)

    def notes(self) -> str:
        """Return what is shown."""
        return self._area.label.text()


class BillColumn(_Column):
    """Amount, invoice, report, and whether it can be changed.

    Emits `correction_wanted`, and `invoice_wanted(number)` where one bills the session.
    """

    correction_wanted = Signal()
    invoice_wanted = Signal(str)

    def __init__(self, parent: QWidget, correct_key: str) -> None:
        super().__init__(parent, _("Billing"), px=14, keys=72)
        self._amount = Label("", self, px=13, weight=600, line=LINE, wrap=True)
        self._invoice = Label("", self, px=13, tone="muted", line=LINE)
        self.invoice = Link("", self, px=13)
        self._icon = _Icon(self)
        self._report = Label("", self, px=13, weight=600, line=LINE)
        self._changeable = Label("", self, px=13, tone="muted", line=LINE)
        self._changeable.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.correct = Link(_("Correct"), self, px=13, shortcut_text=correct_key)
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._changeable)
        row.addWidget(self.correct)
        row.addStretch(1)
        self.add_row(_("Amount"), self._amount)
        billed = QWidget(self)
        either = QHBoxLayout(billed)
        either.setContentsMargins(0, 0, 0, 0)
        either.setSpacing(0)
        either.addWidget(self.invoice)
        either.addWidget(self._invoice, 1)
        self.add_row(_("Invoice"), billed)
        self.add_row(_("Report"), self._icon, self._report)
        self.add_row(_("Editable"), holder)
        self.finish()
        self.correct.clicked.connect(self._on_correct_clicked)
        self.invoice.clicked.connect(self._on_invoice_clicked)

    def show_bill(
        self, amount: str, invoice: str, report: ReportLine, changeable: str, *, locked: bool
    ) -> None:
        """Show how a session is billed; where it is `locked`, `invoice` is the number of the one to open."""
        self._amount.setText(amount)
        self._invoice.setText("" if locked else invoice)
        self.invoice.set_words(invoice if locked else "")
        self.invoice.setVisible(locked)
        self._icon.show_icon(report.icon, report.tone)
        self._report.setText(report.words)
        self._report.set_tone(report.tone)
        self._changeable.setText(changeable)
        self.correct.setVisible(not locked)

    def bill(self) -> tuple[str, str, str, str]:
        """Return amount, invoice, report and changeability as shown."""
        return (
            self._amount.text(), self._invoice.text() or self.invoice.accessibleName(),
            self._report.text(), self._changeable.text(),
        )  # fmt: skip

    def _on_correct_clicked(self) -> None:
        self.correction_wanted.emit()

    def _on_invoice_clicked(self) -> None:
        self.invoice_wanted.emit(self.invoice.accessibleName())


class DetailColumns(QWidget):
    """The three columns beside each other, in the shares of the picture."""

    def __init__(self, correct_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = FactsColumn(self)
        self.notes = NotesColumn(self)
        self.bill = BillColumn(self, correct_key)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for column in (self.facts, self.notes, self.bill):
            column.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            column.setContentsMargins(0, 0, 16, 0)
            self._row.addWidget(column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give who and when the room that they need in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        for place, share in enumerate(_NARROW_SHARES if narrow else _SHARES):
            self._row.setStretch(place, share)
        self.facts.set_keys(_NARROW_KEYS if narrow else _KEYS)
