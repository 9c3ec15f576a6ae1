"""The start of a call at work: typing finds, Enter starts, the gate is asked, and nothing needs a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.rights import Right
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.i18n import _
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.guide.controller import GuideController
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.search.exception_gate import ExceptionGate
from laverma_desk.ui.search.finding import Finding
from laverma_desk.ui.search.head import SearchHead
from laverma_desk.ui.search.on_site_offer import OnSiteOffer
from laverma_desk.ui.search.panel import Mode, SearchPanel
from laverma_desk.ui.search.recent_calls import RecentCalls
from laverma_desk.ui.search.starting import Starting
from laverma_desk.ui.search.template_offer import TemplateOffer
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.services.telephone import Caller
    from laverma_desk.ui.search.newcomer_controller import NewcomerController


class SearchController(QObject):
    """The page that starts a session, or gives a running one to another workstation.

    Emits `session_started(SupportSession)` and behind it `connect_wanted(session)` for Ctrl+Enter,
    `session_moved(SupportSession)`, and `cancelled()` for an Escape that has nothing left to close or clear.
    """

    session_started = Signal(object)
    session_moved = Signal(object)
    connect_wanted = Signal(int)
    cancelled = Signal()

    def __init__(
        self, surroundings: Surroundings, parent: QObject | None = None, head: SearchHead | None = None
    ) -> None:
        """Build the page; nothing is read before it is in front.

        What was typed into a `head` that was there before the desk is searched for, and Enter is taken.
        """
        super().__init__(parent)
        self._surroundings = surroundings
        words, entered = (head.field.text(), head.entered) if head is not None else ("", False)
        self._panel = SearchPanel(head)
        self._panel.guide.set_open(True)  # Before its controller hears of it: nobody sees it yet.
        self._guide = GuideController(surroundings, self._panel.guide, self)
        self._finding = Finding(surroundings, self._panel, self._guide, self)
        self._recents = RecentCalls(surroundings, self._panel, self)
        self._newcomers: NewcomerController | None = None
        self._gate = ExceptionGate(surroundings, self._panel, self)
        self._template = TemplateOffer(surroundings, self._panel, self._finding, self)
        self.on_site = OnSiteOffer(surroundings, self._panel, self._finding, self)
        self._starting = Starting(
            surroundings, self._panel, self._finding, self, gate=self._gate, template=self._template
        )
        self._connect()
        self.begin_new()
        if words:
            self._panel.field.setText(words)
        if entered:
            self._finding.enter()

    def _connect(self) -> None:
        panel = self._panel
        if not self._surroundings.rights.may(Right.CALLS):
            from laverma_desk.services.rights_words import missing  # noqa: PLC0415 (a server's alone)

            panel.hit.button().forbid(missing(self._surroundings.rights, Right.CALLS))
        panel.exception.stepped.connect(self._finding.step)
        panel.new_requested.connect(self._on_new_requested)
        panel.list_bar.new_requested.connect(self._on_new_requested)
        self._finding.typed.connect(self._on_finding_moved_on)
        self._finding.stepping.connect(self._on_finding_moved_on)
        self._finding.finder_loaded.connect(self._on_finder_loaded)
        self._recents.chosen.connect(self._starting.choose)
        self._starting.form_wanted.connect(self._open_form)
        self._starting.finished.connect(self.begin_new)
        self._starting.session_started.connect(self.session_started)
        self._starting.session_moved.connect(self.session_moved)
        self._starting.connect_wanted.connect(self.connect_wanted)
        self._surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def _newcomer(self) -> NewcomerController:
        """Return the form for a new customer at work, made for the first of them."""
        if self._newcomers is None:
            from laverma_desk.ui.search.newcomer_controller import NewcomerController  # noqa: PLC0415

            self._newcomers = made = NewcomerController(self._surroundings, self._panel, self)
            made.created.connect(self._starting.start_created)
            made.caller_named.connect(self._guide.set_caller)
            self._panel.form_bar.cancelled.connect(self._on_escape)
        return self._newcomers

    # --- the page

    @property
    def panel(self) -> QWidget:
        """Return the page's widget."""
        return self._panel

    @property
    def typed(self) -> str:
        """Return the words in the search field."""
        return self._panel.field.text()

    @property
    def unsaved(self) -> bool:
        """Return whether a new customer is half typed."""
        return self._panel.mode() is Mode.FORM and not self._panel.form.is_empty()

    def keys(self) -> KeyMap:
        """Return the page's keys; arrows and Enter belong to the search field itself."""
        return {
            "Ctrl+Return": self._on_commit,
            "Escape": self._on_escape,
            "Ctrl+U": self._on_new_requested,
            "Ctrl+F": self._on_search_requested,
            "Alt+V": self._template.advance,
            "Alt+M": self.on_site.open_menu,
            "Alt+O": self.on_site.want_visit,
            "Alt+1": self._recents.press_first,
            "Alt+2": self._recents.press_second,
            "Alt+3": self._recents.press_third,
            "F1": self._guide.toggle,
        }

    def expect(self) -> None:
        """Read all customers already, because whoever comes to this page types at once."""
        self._finding.want()

    def activate(self) -> None:
        """Read what may have changed, and put the focus where work goes on."""
        self._finding.want()
        self._show_recents()
        self.refresh_context()
        self._guide.refresh()
        self._focus()

    def leave(self) -> None:
        """Rest; what was typed stays."""
        if self._newcomers is not None:
            self._newcomers.leave()

    def areas(self) -> list[QWidget]:
        """Return the main area and the panel beside it."""
        return [self._panel.area, self._panel.context]

    def refresh_context(self) -> None:
        """Read the current customer again."""
        self._finding.refresh_context()

    def begin_new(self) -> None:
        """Ask anew who is calling."""
        self._panel.head.ask()
        self._begin(None)

    def start_at(self, workstation_id: int) -> None:
        """Start for a machine that another page shows; what is in the way is shown here.

        The customers may still have to be read: typing meanwhile takes the wish back.
        """
        self._starting.start_at(workstation_id)

    def show_caller(self, caller: Caller) -> None:
        """Show who the telephone says is calling, ready to be started for."""
        from laverma_desk.ui import caller_words  # noqa: PLC0415 (with the first call of the day)

        self.begin_new()
        sentence = caller_words.subtitle(caller)
        self._panel.show_heading(_("Who is calling?"), sentence)
        # A number is nobody's but its owner's: what only looks like it would be started for with Enter.
        owners = tuple(hit.customer_id for hit in caller.customers) if caller.caller_id.is_number else None
        self._finding.show_callers(caller_words.field_words(caller), owners)
        announce(self._panel.field, sentence)

    def begin_move(self, session_id: int) -> None:
        """Ask to whom a session that has not ended belongs. Raises RuleBroken SESSION_UNKNOWN."""
        session = timekeeping.read_session(self._surroundings.desk, session_id)
        values = {"number": session.number, "partner": session.partner}
        self._panel.show_heading(
            _("Who is the session for?"),
            _("%(number)s, so far %(partner)s. Time and notes stay.") % values,
        )
        self._begin(session)

    def _begin(self, moving: SupportSession | None) -> None:
        self._starting.begin(moving)
        if self._newcomers is not None:
            self._newcomers.reset()
        self._gate.forget()
        self._panel.show_problem("")
        self._panel.set_mode(Mode.LIST)
        self._finding.begin(moving)
        self._panel.list_bar.set_escape(_("back to the session") if moving else _("clear"))
        self._panel.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self) -> None:
        mode = self._panel.mode()
        if mode is Mode.FORM:
            self._newcomer.focus()
        elif mode is Mode.EXCEPTION:
            self._gate.focus()
        else:
            self._panel.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_recents(self) -> None:
        self._recents.show(self._finding.finder(), self._starting.moving)

    @Slot()
    def _on_finder_loaded(self) -> None:
        if self._panel.isVisible():  # Else they are read when the page comes to the front.
            QTimer.singleShot(0, self, self._show_recents)  # What was typed meanwhile is answered first.

    @Slot(object)
    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if self._panel.isVisible() and topics & {Topic.SESSIONS, Topic.HOUSE}:
            self._show_recents()
            self.refresh_context()

    # --- what is pressed

    @Slot()
    def _on_commit(self) -> None:
        if self._panel.mode() is Mode.FORM:
            self._newcomer.commit()
        elif self._panel.mode() is Mode.EXCEPTION:
            self._gate.confirm()
        else:
            if self._panel.field.text().strip():
                self._starting.wish_to_connect()
            self._finding.enter()

    @Slot()
    def _on_finding_moved_on(self) -> None:
        self._starting.forget_wish()
        had_focus = self._gate.has_focus()
        self._gate.close()
        if self._panel.mode() is Mode.FORM:
            self._panel.set_mode(Mode.LIST)
        if had_focus:
            self._panel.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- a new customer, and the way back

    @Slot()
    def _on_new_requested(self) -> None:
        if self._panel.mode() is not Mode.FORM:
            self._open_form(None)

    def _open_form(self, customer_id: int | None) -> None:
        self._gate.close()
        self._panel.show_problem("")
        newcomer = self._newcomer  # Made before its form is shown, which it listens to.
        self._panel.set_mode(Mode.FORM)
        self._guide.set_caller("", "")
        moving = self._starting.moving is not None
        if customer_id is None:
            newcomer.begin(self._panel.field.text(), moving=moving)
        else:
            newcomer.begin_for(customer_id, moving=moving)
        newcomer.focus()

    @Slot()
    def _on_search_requested(self) -> None:
        self._panel.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._panel.field.selectAll()

    @Slot()
    def _on_escape(self) -> None:
        """Close what is open, else clear what is typed, else leave."""
        if self._panel.guide.fold_up() or self._template.give_up():
            return
        if self._panel.mode() is not Mode.LIST:
            if self._newcomers is not None:
                self._newcomers.leave()
            self._gate.close()
            self._panel.set_mode(Mode.LIST)
            self._finding.search_again()
        elif self._panel.field.text():
            self._panel.field.clear()
        else:
            self.cancelled.emit()
            return
        self._panel.field.setFocus(Qt.FocusReason.OtherFocusReason)
