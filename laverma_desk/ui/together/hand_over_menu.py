"""Lets a session be given to a colleague, from the page that shows it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError
from laverma_desk.i18n import _
from laverma_desk.services.calls import handing_over
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.choice_popup import Choice, ChoicePopup
from laverma_desk.ui.widgets.link import Link


class HandOverMenu(QObject):
    """Opens the list of colleagues below a link, which it shows: made only where desks share a server.

    `asked` returns the session shown; `keep` saves what is half typed on it, and tells whether it could.
    Emits `failed(DeskError)`, and `closed` for the list. That the session is somebody else's now is heard on
    the bus, as from any other desk.
    """

    failed = Signal(object)
    closed = Signal()

    def __init__(
        self,
        surroundings: Surroundings,
        link: Link,
        asked: Callable[[], int | None],
        keep: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._surroundings, self._link = surroundings, link
        self._asked, self._keep = asked, keep
        self._session_id: int | None = None
        self.popup: ChoicePopup | None = None
        link.setToolTip(key_name("Alt+U"))
        link.show()
        link.clicked.connect(self.open)

    def open(self) -> None:
        """Offer the colleagues, those at an open desk first (Alt+U)."""
        self._session_id = self._asked()
        if self._session_id is None:
            return
        try:
            found = handing_over.receivers(self._surroundings.desk)
        except DeskError as error:
            self.failed.emit(error)
            return
        choices = [Choice(one.id, one.name, "" if one.present else _("logged out")) for one in found] or [
            Choice(None, _("Nobody else can run sessions here yet."))
        ]
        self.popup = popup = ChoicePopup(self._link, choices, None, name=_("Hand over to"))
        popup.choice_taken.connect(self._on_choice_taken)
        popup.destroyed.connect(self._on_popup_destroyed)
        popup.open_below()

    def _on_popup_destroyed(self) -> None:
        self.popup = None
        self.closed.emit()

    def _on_choice_taken(self, choice: Choice) -> None:
        if isinstance(choice.key, int) and self._session_id is not None:
            self._give(self._session_id, choice.key, choice.name)

    def _give(self, session_id: int, supporter_id: int, name: str) -> None:
        if not self._keep():
            return  # What could not be kept is said where it is typed.
        try:
            result = handing_over.hand_over(self._surroundings.desk, session_id, supporter_id)
        except DeskError as error:
            self.failed.emit(error)
            return
        announce(self._link, _("Handed over to %(name)s.") % {"name": name})
        self._surroundings.bus.publish(result)
