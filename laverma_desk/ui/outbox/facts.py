"""The left part of a mail's detail: to whom, from whom, about what, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import icons, theme
from laverma_desk.ui.outbox.attached_files import AttachedFiles
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.line_edit import is_claim_on
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.text_field import TextField

_KEYS = 80


@dataclass(frozen=True)
class Facts:
    """The words of a mail's detail.

    `remedy` is the link behind the state, empty where there is none; `attachments` are names with sizes.
    """

    title: str
    recipient: str
    sender: str
    subject: str
    created: str
    state: str
    icon: str
    tone: str
    remedy: str
    attachments: tuple[tuple[str, str], ...]


class _Icon(QWidget):
    def __init__(self, name: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(20, 24)
        self._name, self._tone = name, tone

    def show_icon(self, name: str, tone: str) -> None:
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.start(self)
        icons.paint(painter, self._name, QPointF(0, 4), 16, getattr(theme.palette(), self._tone))
        painter.end()


class _AddressField(TextField):
    """The address while it is changed: Enter keeps it, Escape leaves it as it was."""

    kept = Signal()
    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        if is_claim_on(event, Qt.Key.Key_Escape):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class FactsColumn(QWidget):
    """Emits `address_entered(str)`, `address_given_up`, `remedy_wanted` and `attachment_opened(place)`."""

    address_entered = Signal(str)
    address_given_up = Signal()
    remedy_wanted = Signal()
    attachment_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", self, px=16, weight=600)
        self._recipient = Label("", self, px=13, line=24)
        self.address = _AddressField(self, height=32)
        self.address.setAccessibleName(_("To"))
        self._error = Label("", self, px=13, weight=500, tone="red", wrap=True)
        self._error.set_live()
        self._sender = Label("", self, px=13, line=24)
        self._subject = Label("", self, px=13, line=24, cut="middle")
        self._created = Label("", self, px=13, line=24)
        self._state_icon = _Icon("clock", "text", self)
        self._state = Label("", self, px=13, weight=600, line=24)
        self.remedy = Link("", self, px=13)
        self.attached = AttachedFiles(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._title)
        self._column.addSpacing(8)
        self._row(_("To"), self._recipient, self.address)
        self._wrong = QWidget(self)
        wrong = QHBoxLayout(self._wrong)
        wrong.setContentsMargins(_KEYS, 0, 0, 0)
        wrong.setSpacing(0)
        wrong.addWidget(_Icon("warning", "red", self._wrong), 0, Qt.AlignmentFlag.AlignTop)
        wrong.addWidget(self._error, 1)
        self._column.addWidget(self._wrong)
        self._row(_("From"), self._sender)
        self._row(_("Subject"), self._subject)
        self._made = self._row(_("Created"), self._created)
        self._row(_("State"), self._state_icon, self._state, self.remedy)
        self._attached = self._row(_("Attachment"), self.attached)
        self._column.addStretch(1)
        self._connect()
        self.show_address_edit(None)

    def _row(self, name: str, *parts: QWidget) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        label = Label(name, holder, px=13, tone="muted", line=24)
        label.setFixedWidth(_KEYS)
        row.addWidget(label)
        for place, part in enumerate(parts):
            alone = len(parts) == 1 or isinstance(part, TextField)
            row.addWidget(part, 1 if alone or part is self._recipient else 0)
            if place and not alone:
                row.insertSpacing(row.count() - 1, 0 if place == 1 else 8)
        if len(parts) > 2:
            row.addStretch(1)
        self._column.addWidget(holder)
        return holder

    def _connect(self) -> None:
        self.address.kept.connect(self._on_address_kept)
        self.address.given_up.connect(self.address_given_up)
        self.remedy.clicked.connect(self._on_remedy_clicked)
        self.attached.opened.connect(self.attachment_opened)

    def show_facts(self, facts: Facts) -> None:
        """Show a mail."""
        self._title.setText(facts.title)
        self._recipient.setText(facts.recipient)
        self._sender.setText(facts.sender)
        self._subject.setText(facts.subject)
        self._created.setText(facts.created)
        self._state_icon.show_icon(facts.icon, facts.tone)
        self._state.setText(facts.state)
        self._state.set_tone(facts.tone)
        self.remedy.set_words(facts.remedy)
        self.remedy.setVisible(bool(facts.remedy))
        self.attached.show_files(facts.attachments)
        self._attached.setVisible(bool(facts.attachments))

    def show_address_edit(self, address: str | None, error: str = "") -> None:
        """Let the address be changed in place, with what is wrong below it; None ends that."""
        editing = address is not None
        if address is not None and not error:
            self.address.setText(address)
        self._recipient.setVisible(not editing)
        self.address.setVisible(editing)
        self.address.set_invalid(bool(error))
        self._error.setText(error)
        self._wrong.setVisible(bool(error))
        # Two lines of error need the room of one that nobody misses meanwhile.
        self._made.setVisible(not error)
        if editing:
            self.address.setFocus(Qt.FocusReason.OtherFocusReason)
            if not error:
                self.address.selectAll()

    def edits_address(self) -> bool:
        """Return whether the address is being changed."""
        return not self.address.isHidden()

    def address_error(self) -> str:
        """Return what is said below the address."""
        return self._error.text()

    def _on_address_kept(self) -> None:
        self.address_entered.emit(self.address.text())

    def _on_remedy_clicked(self) -> None:
        self.remedy_wanted.emit()
