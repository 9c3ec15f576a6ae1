"""Asks for the password where a server is back that wants one, and lets the desk come to it again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.server_login import address_of, log_in_again
from laverma_desk.ui.background import Lane
from laverma_desk.ui.offline.login_card import LoginCard
from laverma_desk.ui.surroundings import Surroundings


class LoggingIn(QObject):
    """Opens the card below what was pressed; once the password is right the rest goes by itself."""

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Ask nothing before `ask`."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._card: LoginCard | None = None

    @property
    def card(self) -> LoginCard | None:
        """Return the card that is open."""
        return self._card

    def ask(self, owner: QWidget) -> None:
        """Open the card."""
        address = address_of(self._surroundings.desk)
        if address is None or self._card is not None:
            return
        where = _("%(role)s at %(server)s") % {"role": address.user, "server": address.shown}
        self._card = card = LoginCard(owner, where)
        card.password_entered.connect(self._on_card_password_entered)
        card.destroyed.connect(self._on_card_destroyed)
        card.open_below()

    def close(self) -> None:
        """Take the card away: nobody is asked any more."""
        if self._card is not None:
            self._card.close()

    def _on_card_password_entered(self, password: str) -> None:
        work = partial(log_in_again, self._surroundings.desk, password)
        self._surroundings.background.run(self, work, self._on_let_in, self._on_refused, Lane.NETWORK)

    def _on_let_in(self, _done: object) -> None:
        self.close()

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            self.close()
            raise error
        if self._card is not None:
            self._card.show_trouble(explain(error))

    def _on_card_destroyed(self) -> None:
        self._card = None
