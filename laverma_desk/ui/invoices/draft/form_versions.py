"""What happens when somebody else changed the same part of a draft meanwhile: both versions, and a choice."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.edition import Clash, Side, Writer, clashes, settled
from laverma_desk.domain.invoice import InvoiceDraft
from laverma_desk.ui.meeting_versions import MeetingVersions
from laverma_desk.ui.settings.form import Form, Values


class FormVersions(QObject):
    """Stands beside a form. Emits `settled(InvoiceDraft, values)`: show these and write over that draft."""

    settled = Signal(object, object)

    def __init__(self, form: Form, parent: QObject) -> None:
        """Ask over the form."""
        super().__init__(parent)
        self._form = form
        self.meeting = MeetingVersions(form, self)
        self.meeting.decided.connect(self._on_meeting_decided)
        self._fresh: InvoiceDraft | None = None
        self._found: tuple[Clash, ...] = ()

    def meet(self, fresh: InvoiceDraft, seen: Values, theirs: Values) -> None:
        """Ask where both say otherwise; what others wrote elsewhere in the draft is nothing to ask about."""
        own = self._form.values()
        self._fresh, self._found = fresh, clashes(seen, own, theirs)
        if not self._found or dict(theirs) == {name: seen.get(name) for name in theirs}:
            self.settled.emit(fresh, own)
            return
        # Drafts keep no log: nobody knows whose hand it was.
        self.meeting.ask(self._found, Writer(), self._form.label_of, self._form.words_of)

    def _on_meeting_decided(self, sides: dict[str, Side]) -> None:
        if self._fresh is not None:
            self.settled.emit(self._fresh, settled(self._form.values(), self._found, sides))
