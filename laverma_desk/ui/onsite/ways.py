"""The ways out of a call that cannot be helped from afar: the visit, the call again, what was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.ui.onsite.attempt_notice import AttemptNotice
from laverma_desk.ui.page import Page
from laverma_desk.ui.stage import Stage
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.visit_wish import VisitWish
from laverma_desk.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from laverma_desk.ui.onsite.controller import VisitController


class OnSiteWays(QObject):
    """Joins the pages of the call with the page of the visit."""

    def __init__(self, surroundings: Surroundings, stage: Stage, bar: NoticeBar, parent: QObject) -> None:
        """Listen to the pages; the visit's own is made when somebody wants it."""
        super().__init__(parent)
        self._surroundings, self._stage, self._bar = surroundings, stage, bar
        self.notice = AttemptNotice(surroundings, bar, self)
        self._visits: VisitController | None = None
        self._before: Page | None = None
        context, offer = stage.call.context, stage.search.on_site
        context.attempt_ended.connect(self._on_attempt_ended)
        offer.attempt_recorded.connect(self._on_attempt_recorded)
        for source in (context, offer, self.notice):
            source.visit_wanted.connect(self.show_visit)
        for source in (context, offer):
            source.history_wanted.connect(stage.memory.show_history_of)
        offer.last_visit_wanted.connect(self.notice.want_visit)
        self.notice.taken_back.connect(stage.show_session)
        stage.take_back_wanted.connect(self.notice.take_back)
        stage.call.session_closed.connect(self._on_call_went_on)
        stage.search.session_started.connect(self._on_call_went_on)

    @property
    def visits(self) -> VisitController:
        """Return the page of the visit."""
        if self._visits is None:
            from laverma_desk.ui.onsite.controller import VisitController  # noqa: PLC0415 (see __init__)

            self._visits = VisitController(self._surroundings, self)
            self._visits.left.connect(self._on_visits_left)
        return self._visits

    @Slot(object)
    def show_visit(self, wish: VisitWish) -> None:
        """Bring the form of a visit to the front."""
        page = self.visits
        try:
            page.show_visit(wish)
        except DeskError as error:
            self._bar.show_notice(explain(error), tone="red")
            return
        if self._stage.front is not page:
            self._before = self._stage.front
        self._stage.show_page(page)

    def unsaved(self) -> list[str]:
        """Return the name of the visit where one is in front and not saved yet."""
        visits = self._visits
        in_front = visits is not None and self._stage.front is visits and visits.typed
        return [_("On-site appointment")] if in_front else []

    def _on_visits_left(self) -> None:
        self._stage.show_page(self._before or self._stage.search)

    def _on_attempt_ended(self, attempt: SupportSession) -> None:
        self._stage.show_new()
        self.notice.show_attempt(attempt)

    def _on_attempt_recorded(self, attempt: SupportSession) -> None:
        self.notice.show_attempt(attempt)

    def _on_call_went_on(self, _what: object) -> None:
        self.notice.clear()
