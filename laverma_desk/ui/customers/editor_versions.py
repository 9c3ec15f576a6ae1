"""What happens when somebody else wrote into the record while one typed: both versions, and a choice."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QObject

from laverma_desk.domain.edition import Clash, Side, Writer, clashes, settled
from laverma_desk.domain.errors import DeskError
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.customer_record import CustomerRecord, read_record, record_history
from laverma_desk.services.desk import Desk
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.customers.typed_store import Begun, Place, TypedStore, Values
from laverma_desk.ui.meeting_versions import MeetingVersions


class Typing(Protocol):
    """What is asked of the editor whose form was stopped."""

    desk: Desk
    form: CardForm
    store: TypedStore
    record: CustomerRecord | None

    def place(self) -> Place:
        """Return whose form it is."""

    def begun(self) -> Begun:
        """Return from what the typing began."""

    def kept(self, record: CustomerRecord) -> Values:
        """Return what a record holds, as the form shows it."""

    def take_over(self, record: CustomerRecord, values: Values) -> None:
        """Show values over a newer version of the record."""

    def save(self) -> bool:
        """Write the form; return whether it is written."""

    def refuse(self, error: DeskError) -> None:
        """Show why it is not written."""

    def close_after(self, result: Done[Any]) -> None:
        """Close the form."""


class EditorVersions(QObject):
    """Stands beside one form; the form keeps what is typed until somebody has decided."""

    def __init__(self, editor: Typing, parent: QObject) -> None:
        """Ask over the form."""
        super().__init__(parent)
        self._editor = editor
        self.meeting = MeetingVersions(editor.form, self)
        self.meeting.decided.connect(self._on_meeting_decided)
        self._record: CustomerRecord | None = None
        self._found: tuple[Clash, ...] = ()

    def meet(self) -> bool:
        """Show both versions; return whether the form is written after all.

        What others wrote elsewhere in the record, or in the same words, is nothing to ask about.
        """
        editor = self._editor
        if editor.record is None:
            return False
        try:
            record = read_record(editor.desk, editor.record.customer.id)
            lines = record_history(editor.desk, record.customer.id)
        except DeskError as error:
            editor.refuse(error)
            return False
        seen, own, theirs = editor.begun().values, editor.form.values(), editor.kept(record)
        self._record, self._found = record, clashes(seen, own, theirs)
        if theirs == seen or not self._found:
            editor.take_over(record, own)
            return self._save()
        writer = Writer(lines[0].who, lines[0].at) if lines else Writer()
        self.meeting.ask(self._found, writer, editor.form.label_of, editor.form.words_of)
        return False

    def _on_meeting_decided(self, sides: dict[str, Side]) -> None:
        editor, record = self._editor, self._record
        # The page may show somebody else by now; what is typed waits where it was.
        if record is None or editor.record is None or editor.record.customer.id != record.customer.id:
            return
        editor.take_over(record, settled(editor.form.values(), self._found, sides))
        self._save()

    def _save(self) -> bool:
        """Write what stands in the form, unless that is what the record holds already."""
        editor = self._editor
        if editor.store.typed(editor.place()) is not None:
            return editor.save()
        editor.close_after(done(None, Topic.CUSTOMERS))
        return True
