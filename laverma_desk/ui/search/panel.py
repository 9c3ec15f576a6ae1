"""The page on which a call begins: the question, the field, what was found, and the panel beside it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.guide.guide_view import GuideView
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.search.exception_form import ExceptionForm
from laverma_desk.ui.search.head import NARROWEST_WITH_CONTEXT, SearchHead
from laverma_desk.ui.search.hit_context import HitContext, HitDetails
from laverma_desk.ui.search.legend import ListBar
from laverma_desk.ui.search.recent_cards import RecentCards
from laverma_desk.ui.search.result import Result
from laverma_desk.ui.search.result_list import ResultList
from laverma_desk.ui.widgets.context_panel import ContextPanel
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.labeled_field import HintLine
from laverma_desk.ui.widgets.link import Link

if TYPE_CHECKING:
    from laverma_desk.ui.search.form_bar import FormBar
    from laverma_desk.ui.search.form_context import FormContext
    from laverma_desk.ui.search.new_customer_form import NewCustomerForm
    from laverma_desk.ui.search.newcomer_parts import NewcomerParts

_LOWEST_WITH_RECENTS = 632


class Mode(Enum):
    """What stands below the field."""

    LIST = auto()
    EXCEPTION = auto()
    FORM = auto()


class SearchPanel(QWidget):
    """Everything that the search page shows; its parts are public, `set_mode` says which are seen.

    Emits `new_requested` from the sentence that says that nothing was found.
    """

    new_requested = Signal()

    def __init__(self, head: SearchHead | None = None) -> None:
        """Build the page, around a head that was there before it and may be typed into already."""
        super().__init__()
        self._mode = Mode.LIST
        self.head = head or SearchHead()
        self.field = self.head.field
        self._problem = HintLine()
        self.exception = ExceptionForm()
        self.results = ResultList(self.exception)
        self._nothing = Label("", tone="muted")
        self._nothing_link = Link(_("Create a new customer (%(key)s)") % {"key": key_name("Ctrl+U")})
        self._nothing_link.clicked.connect(self.new_requested)
        self.recents = RecentCards()
        self._newcomer: NewcomerParts | None = None
        self.list_bar = ListBar()
        self.hit = HitContext()
        self.guide = GuideView()
        self._arrange()
        self.show_details(None)
        self.show_problem("")
        self.show_nothing("")
        self.set_mode(Mode.LIST)

    def _arrange(self) -> None:
        self.context = ContextPanel()
        for section in (self.hit, self.guide):
            self.context.add(section)
        self._list_page = self._make_list_page()
        self.area = QWidget()
        self._main = QVBoxLayout(self.area)
        self._main.setContentsMargins(0, 0, 0, 0)
        self._main.setSpacing(0)
        self._main.addWidget(self.head)
        self._main.addWidget(self._list_page, 1)
        self._main.addWidget(self.list_bar)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.area, 1)
        across.addWidget(self.context)

    def _make_list_page(self) -> QWidget:
        page = QWidget()
        self._nothing_line = QWidget()
        nothing = QHBoxLayout(self._nothing_line)
        nothing.setContentsMargins(0, 8, 0, 0)
        nothing.setSpacing(8)
        nothing.addWidget(self._nothing)
        nothing.addWidget(self._nothing_link)
        nothing.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(0)
        column.addWidget(self._problem)
        column.addWidget(self.results)
        column.addWidget(self._nothing_line)
        self._recents_place = QWidget()
        recents = QVBoxLayout(self._recents_place)
        recents.setContentsMargins(0, 24, 0, 0)
        recents.addWidget(self.recents)
        column.addWidget(self._recents_place)
        column.addStretch(1)
        return page

    @property
    def form(self) -> NewCustomerForm:
        """Return the form for a new customer."""
        return self._newcomer_parts().form

    @property
    def form_bar(self) -> FormBar:
        """Return the bar below the form."""
        return self._newcomer_parts().bar

    @property
    def form_context(self) -> FormContext:
        """Return the panel beside the form."""
        return self._newcomer_parts().context

    def _newcomer_parts(self) -> NewcomerParts:
        if self._newcomer is None:
            from laverma_desk.ui.search.newcomer_parts import NewcomerParts  # noqa: PLC0415 (see there)

            self._newcomer = made = NewcomerParts(self.area)
            self._main.insertWidget(self._main.indexOf(self.list_bar), made.page, 1)
            self._main.addWidget(made.bar)
            self.context.add(made.context, before=self.guide)
        return self._newcomer

    def mode(self) -> Mode:
        """Return what stands below the field."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Show list, list with exception, or form, with the bar and the panel that belong to it."""
        self._mode = mode
        in_form = mode is Mode.FORM
        of_list: list[QWidget] = [self._list_page, self.list_bar]
        of_form: list[QWidget] = []
        if in_form or self._newcomer is not None:
            made = self._newcomer_parts()
            of_form = [made.page, made.bar, made.context]
        # What goes is hidden first: the window would grow to hold both.
        for widget in of_list if in_form else of_form:
            widget.hide()
        for widget in of_form if in_form else of_list:
            widget.show()
        self._show_hit()
        self._fit_recents()
        self.area.setFocusProxy(self.form if in_form else self.field)

    def show_heading(self, title: str, subtitle: str) -> None:
        """Change the question."""
        self.head.title.setText(title)
        self.head.subtitle.setText(subtitle)

    def show_results(self, results: Sequence[Result], more: str = "") -> None:
        """Show hits; without any the list is not there at all."""
        self.results.show_results(results, more)
        self.results.setVisible(bool(results))

    def show_nothing(self, sentence: str) -> None:
        """Say that nothing was found, with the way on; an empty sentence takes it back."""
        if self._nothing_line.isHidden():  # Not again with each further letter.
            announce(self.field, sentence)
        self._nothing.setText(sentence)
        self._nothing_line.setVisible(bool(sentence))

    def nothing_sentence(self) -> str:
        """Return what is said where nothing was found."""
        return self._nothing.text()

    def show_problem(self, sentence: str) -> None:
        """Say above the list why a session did not start; an empty sentence takes it back."""
        self._problem.show_words("", sentence)
        self._problem.setFixedHeight(28 if sentence else 0)

    def problem(self) -> str:
        """Return the sentence above the list."""
        return self._problem.error

    def show_details(self, details: HitDetails | None) -> None:
        """Show who the current hit is."""
        self._details = details
        if details is not None:
            self.hit.show_details(details)
        self._show_hit()

    def _show_hit(self) -> None:
        shown = self._mode is not Mode.FORM and self._details is not None
        self.hit.setVisible(shown)
        self.context.setFocusProxy(self.hit.button() if shown else self.guide)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll the form so that a part of it is seen."""
        page = self._newcomer_parts().page
        page.settle()
        page.ensureWidgetVisible(widget, 0, 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the panel at the right first where the window is narrow."""
        super().resizeEvent(event)
        self.context.setVisible(event.size().width() >= NARROWEST_WITH_CONTEXT)
        self._fit_recents()

    def _fit_recents(self) -> None:
        """Give the room of the latest calls to an exception that would be cut."""
        low = self._mode is Mode.EXCEPTION and self.height() < _LOWEST_WITH_RECENTS
        self._recents_place.setVisible(not low)
