"""The page of a running session as the window knows it: what it shows, its keys, its news."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.support_session import SessionState
from laverma_desk.i18n import _
from laverma_desk.ui.call.call_panel import CallPanel
from laverma_desk.ui.call.clock_controller import ClockController
from laverma_desk.ui.call.connecting import Connecting
from laverma_desk.ui.call.context_controller import ContextController
from laverma_desk.ui.call.ending import Ending
from laverma_desk.ui.call.fields_controller import FieldsController
from laverma_desk.ui.call.notes_controller import NotesController
from laverma_desk.ui.call.open_call import OpenCall, ShownCall
from laverma_desk.ui.call.snippet_row import KEYS
from laverma_desk.ui.call.timer_reading import state_words
from laverma_desk.ui.guide.controller import GuideController
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.surroundings import Surroundings


class CallController(QObject):
    """A page (`ui.page.Page`). Show a session with `show_session`.

    Emits `report_wanted(int)` and `session_closed(int)` with the session that has ended,
    `report_queued(QueuedReport)`, `report_refused(RefusedReport)` after a report that could not be queued,
    `change_wanted(int)` from the picker, `settings_wanted(str)` with a page key ("mail", "snippets"), and
    `session_changed(int)` when the page goes on with another session because this one was split.
    """

    report_wanted = Signal(int)
    report_queued = Signal(object)
    report_refused = Signal(object)
    session_closed = Signal(int)
    change_wanted = Signal(int)
    settings_wanted = Signal(str)
    session_changed = Signal(int)

    def __init__(
        self,
        surroundings: Surroundings,
        pulse: Pulse,
        parent: QObject,
        *,
        has_own_words: Callable[[int], bool],
    ) -> None:
        """Make the page; `has_own_words` tells whether a session's report was reworded."""
        super().__init__(parent)
        self._panel = CallPanel()
        self._column = self._panel.column
        self._call = OpenCall(surroundings, self)
        self._call.changed.connect(self._on_call_changed)
        self.notes = NotesController(surroundings, self._column.notes, self)
        self.clock = ClockController(
            surroundings, pulse, self._call, self._panel, notes=self.notes, parent=self
        )
        self._fields = FieldsController(surroundings, self._call, self._panel, self)
        self.connecting = Connecting(surroundings, self._call, self._panel, self._fields, self)
        self.connecting.settings_wanted.connect(self.settings_wanted)
        self.ending = Ending(
            surroundings,
            self._call,
            self._panel,
            (self.clock, self._fields, self.notes),
            self,
            has_own_words=has_own_words,
        )
        self.context = ContextController(
            surroundings, self._call, self._panel, self.ending, self.notes, parent=self
        )
        self._guide = GuideController(surroundings, self._panel.guide, self)
        self._trouble = ""
        self._announced: set[int] = set()
        self._connect()

    def _connect(self) -> None:
        column, ending = self._column, self.ending
        ending.report_wanted.connect(self.report_wanted)
        ending.report_queued.connect(self.report_queued)
        ending.report_refused.connect(self.report_refused)
        ending.session_closed.connect(self.session_closed)
        self.clock.session_split.connect(self._on_session_split)
        self._call.troubled.connect(self._on_call_troubled)
        self._call.recovered.connect(self._on_call_recovered)
        self._panel.notice.link_activated.connect(self._call.retry)
        self._panel.seen_changed.connect(self._call.set_seen)
        column.head.change_pressed.connect(self._on_change_pressed)
        column.notes.internal.toggled.connect(self._on_internal_toggled)
        column.notes.snippets.add_pressed.connect(self._on_add_snippets_pressed)
        column.bar.recipient.account_wanted.connect(self._on_account_wanted)
        for source in (
            column.head.requested_by.popup_closed,
            column.head.requested_by.confirmed,
            column.billing.popup_closed,
            column.timer.connection.popup_closed,
            column.bar.recipient.edit_closed,
            column.timer.start.edit_closed,
        ):
            source.connect(self._on_popup_closed)
        column.billing.confirmed.connect(column.notes.focus_notes)

    # --- what the window asks

    @property
    def panel(self) -> QWidget:
        """Return the widget."""
        return self._panel

    @property
    def session_id(self) -> int | None:
        """Return the session shown."""
        return self._call.session_id

    def show_session(self, session_id: int) -> None:
        """Show a session; what was typed on the one before is saved first."""
        other = not self.notes.shows(session_id)
        if session_id != self._call.session_id:
            self.leave()
        self._call.open(session_id)
        shown = self._call.shown
        if shown is None:
            return
        if session_id not in self._announced and shown.session.state is SessionState.RUNNING:
            self._announced.add(session_id)
            self._panel.announce(state_words(shown.session.state))
        if not other:
            return
        self.notes.show(shown.session)
        self._column.notes.internal.set_open(False)
        self._column.timer.start.close_edit()
        self._panel.close_overlay()
        self._column.fit()

    def activate(self) -> None:
        """Come to the front: work goes on in the notes."""
        self._column.notes.focus_notes()

    def leave(self) -> None:
        """Save what is half typed."""
        if self._call.shown is not None:
            self.clock.commit_start()
            self._fields.commit()
        self.flush()

    def flush(self) -> bool:
        """Save typed notes at once; False where the machine refused: they are kept and tried again."""
        return self.notes.flush()

    def areas(self) -> list[QWidget]:
        """Return the column and the panel with the customer."""
        return [self._column, self._panel.context]

    def keys(self) -> KeyMap:
        """Return what keys do on this page."""
        column = self._column
        snippets = {
            f"Ctrl+{number}": partial(column.notes.insert_snippet, number) for number in range(1, KEYS + 1)
        }
        return {
            **snippets,
            "Ctrl+Return": self.ending.end_and_send,
            "Ctrl+E": self.ending.end_and_show,
            "Ctrl+Shift+E": self.ending.end_only,
            "Ctrl+K": self._on_change_pressed,
            "Ctrl+B": column.billing.toggle,
            "Ctrl+S": self._save_now,
            "Ctrl+T": self.connecting.connect_now,
            "Ctrl+Shift+B": column.notes.snippets.open_list,
            "F8": self.clock.pause_or_resume,
            "F2": self.clock.edit_start,
            "F1": self._toggle_guide,
            "Alt+N": column.notes.focus_notes,
            "Alt+P": column.timer.connection.focus_partner_id,
            "Alt+A": column.head.requested_by.focus_name,
            "Alt+G": column.billing.focus_reason,
            "Alt+I": self._toggle_internal,
            "Alt+B": self.clock.keep_gap,
            "Alt+Z": self.clock.deduct_gap,
            "Alt+T": self.clock.split_gap,
            "Alt+M": self.context.open_menu,
            "Alt+U": self.context.open_hand_over,
            "Escape": self._on_escape,
        }

    # --- keys

    def _save_now(self) -> None:
        self._fields.commit()
        self.notes.save_now()

    def _toggle_guide(self) -> None:
        self._panel.toggle_guide()

    def _toggle_internal(self) -> None:
        internal = self._column.notes.internal
        if internal.is_open() and internal.area().hasFocus():
            internal.set_open(False)
            self._column.notes.focus_notes()
        elif internal.is_open():
            internal.area().setFocus()
        else:
            internal.set_open(True)

    def _on_escape(self) -> None:
        """Go back to the notes; nothing ends, no note is discarded."""
        if self._panel.guide.fold_up():
            return
        self._column.timer.start.close_edit()
        self._column.bar.recipient.close_edit()
        self._panel.close_overlay()
        self._column.notes.focus_notes()

    # --- news

    def _on_call_changed(self) -> None:
        shown = self._call.shown
        if shown is None:
            return
        if shown.session.state is SessionState.ENDED:
            self._announced.discard(shown.session.id)
        self.notes.refresh(shown.session)
        self._column.notes.show_snippets(shown.house.snippets)
        card = shown.customer.card
        self._panel.customer.show_customer(card, shown.session.exception)
        self._panel.last_sessions.show_sessions(shown.customer.last_sessions)
        self._guide.set_caller(card.customer.name, shown.session.recipient or card.customer.email_report)
        self._show_notice()

    def _show_notice(self) -> None:
        expired = _agreement_sentence(self._call.shown)
        if self._trouble:
            link = _("Try again") if self._call.can_retry else ""
            self._panel.notice.show_notice(self._trouble, link=link, tone="red")
        elif expired:
            self._panel.notice.show_notice(expired, icon="shield-expiring")
        else:
            self._panel.notice.clear()

    def _on_call_troubled(self, sentence: str) -> None:
        self._trouble = sentence
        self._show_notice()

    def _on_call_recovered(self) -> None:
        self._trouble = ""
        self._show_notice()

    def _on_session_split(self, session_id: int) -> None:
        self.show_session(session_id)
        self.session_changed.emit(session_id)

    def _on_change_pressed(self) -> None:
        if self._call.session_id is not None:
            self.change_wanted.emit(self._call.session_id)

    def _on_internal_toggled(self, _on: bool) -> None:
        self._column.fit()

    def _on_add_snippets_pressed(self) -> None:
        self.settings_wanted.emit("snippets")

    def _on_account_wanted(self) -> None:
        self.settings_wanted.emit("mail")

    def _on_popup_closed(self) -> None:
        # A list gives the focus back after it has closed: the notes take it from there.
        QTimer.singleShot(0, self, self._column.notes.focus_notes)


def _agreement_sentence(shown: ShownCall | None) -> str:
    """Return what is said of an agreement that has run out since the start; empty otherwise."""
    if shown is None or shown.session.exception is not None:
        return ""
    status = shown.customer.card.agreement
    if status.until is None:
        return ""
    sentences = {
        AgreementState.EXPIRED: _(
            "The DPA expired on %(date)s. This session may be finished, the next one is blocked."
        ),
        AgreementState.ENDED: _(
            "The DPA was cancelled on %(date)s. This session may be finished, the next one is blocked."
        ),
    }
    return sentences.get(status.state, "") % {"date": text.date(status.until)}
