"""Keeps a page's phone guide as the house words it, and mails it to the caller."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.wording import fill
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup.house import read_house
from laverma_desk.ui.guide.guide_view import GuideView
from laverma_desk.ui.surroundings import Surroundings


class GuideController(QObject):
    """One for each `GuideView`. Say who is on the phone with `set_caller`; F1 is `toggle`."""

    def __init__(self, surroundings: Surroundings, view: GuideView, parent: QObject) -> None:
        """Connect the view; the steps are read when they are first wanted."""
        super().__init__(parent)
        self._surroundings, self._view = surroundings, view
        self._customer_name = ""
        self._stale = True
        view.mail_requested.connect(self._on_view_mail_requested)
        view.toggled.connect(self._on_view_toggled)
        surroundings.bus.changed.connect(self._on_bus_changed)

    def set_caller(self, customer_name: str, address: str) -> None:
        """Offer the address of a customer, or none."""
        self._customer_name = customer_name
        self._view.set_address(address)

    def toggle(self) -> None:
        """Open or close the guide."""
        self._view.set_open(not self._view.is_open())

    def refresh(self) -> None:
        """Read the steps again if the house has changed its wording, or if they were never read."""
        if self._stale:
            self._stale = False
            self._view.show_steps(self._steps())

    def _steps(self) -> list[str]:
        house = read_house(self._surroundings.desk)
        words = {
            "link": house.template.download_link or house.company.website,
            "supporter": house.supporter_name,
            "company": house.company.name,
            "phone": house.company.phone,
        }
        return [fill(step, words) for step in house.template.guide]

    @Slot(bool)
    def _on_view_toggled(self, on: bool) -> None:
        if on:
            self.refresh()

    @Slot(str)
    def _on_view_mail_requested(self, address: str) -> None:
        from laverma_desk.services.mails import queueing  # noqa: PLC0415 (no start needs it)

        try:
            result = queueing.queue_guide(self._surroundings.desk, address, self._customer_name)
        except DeskError as error:
            self._view.show_error(explain(error))
            return
        self._view.show_done(_("The guide to %(address)s is in the outbox.") % {"address": address.strip()})
        self._surroundings.bus.publish(result)

    @Slot(object)
    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if Topic.HOUSE in topics:
            self._stale = True
            if self._view.is_open() and self._view.isVisible():
                self.refresh()
