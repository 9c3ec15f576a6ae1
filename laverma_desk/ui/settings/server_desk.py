"""Where the desk lies: shows how it stands with its server, goes to one, or back to a desk of one's own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from laverma_desk import settings, text
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.rights import Right
from laverma_desk.domain.server_address import ServerAddress, parse_address
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.rights_words import right_name
from laverma_desk.services.server_login import ServerLogin, address_of
from laverma_desk.ui.background import Lane
from laverma_desk.ui.settings.server_form import ADDRESS, PASSWORD, ServerForm
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.services.server_state import ServerState


class SharedDesk(QObject):
    """The page „Shared desk“. Emits `restart_wanted`: what was chosen counts from the next start.

    `machine_file` is for tests.
    """

    restart_wanted = Signal()

    def __init__(
        self, surroundings: Surroundings, parent: QObject, *, machine_file: Path | None = None
    ) -> None:
        """Show where the desk lies, and ask its server how it stands."""
        super().__init__(parent)
        self._surroundings, self._file = surroundings, machine_file
        self._desk = surroundings.desk
        self._address = address_of(self._desk)
        self.form = ServerForm(shared=self._address is not None)
        self.form.connect_requested.connect(self._on_form_connect_requested)
        self.form.alone_requested.connect(self._on_form_alone_requested)
        self.form.check_requested.connect(self._ask)
        self.form.restart_requested.connect(self.restart_wanted)
        if self._desk.demo:
            self.form.connect_.set_blocked(_("The sample data are made anew at each start."))
        if self._address is None:
            self.form.show_rows([(_("This desk"), _("On this machine, for you alone: %(folder)s") % {
                "folder": self._desk.data.root})])  # fmt: skip
            return
        if settings.load(self._file).database != self._address.url:
            # Whoever said the address at the start hears of it again at the next one.
            self.form.alone.set_blocked(_("This window was started with --database: leave that out."))
        self.form.show_rows(self._known(self._address))
        self._ask()

    def set_unsaved(self, unsaved: bool) -> None:
        """Say whether a start would lose something."""
        self.form.restart.set_blocked(_("First save or discard the changes.") if unsaved else None)

    # --- how it stands

    def _known(self, address: ServerAddress) -> list[tuple[str, str]]:
        return [(_("Server"), address.shown), (_("Login"), address.user)]

    def _ask(self) -> None:
        from laverma_desk.services.server_state import server_state  # noqa: PLC0415 (only whoever has a server)

        self.form.show_busy(True)
        work = partial(server_state, self._desk)
        self._surroundings.background.run(
            self, work, self._on_state_read, self._on_state_failed, Lane.NETWORK
        )

    def _on_state_read(self, state: ServerState) -> None:
        self.form.show_busy(False)
        safe = (
            _("encrypted by %(protocol)s, its certificate proved") % {"protocol": state.encrypted}
            if state.encrypted
            else _("within this machine, not encrypted")
        )
        connection = _("PostgreSQL %(version)s answered in %(count)s ms, %(safe)s") % {
            "version": state.version,
            "count": text.number(state.milliseconds),
            "safe": safe,
        }
        login = f"{state.role} ({state.supporter})" if state.supporter else state.role
        given = [right_name(one) for one in Right if state.rights.may(one)]
        refused = [right_name(one) for one in Right if not state.rights.may(one)]
        rows = [(_("Server"), state.server), (_("Login"), login), (_("Connection"), connection)]
        rows.append((_("You may"), "\n".join(given) or _("look at everything, change nothing")))
        if refused:
            rows.append((_("You may not"), "\n".join(refused)))
        self.form.show_rows(rows)

    def _on_state_failed(self, error: Exception) -> None:
        self.form.show_busy(False)
        if not isinstance(error, DeskError):
            raise error
        if self._address is not None:
            self.form.show_rows([*self._known(self._address), (_("Connection"), explain(error))])

    # --- to a server, and back

    def _on_form_connect_requested(self, typed: str, password: str) -> None:
        self.form.clear_errors()
        self.form.say("", "info", "muted")
        try:
            address = parse_address(typed)
        except RuleBroken as error:
            self.form.show_error(ADDRESS, explain(error))
            self.form.focus_field(ADDRESS)
            return
        self.form.show_busy(True)
        login = ServerLogin(self._desk.data, address, self._desk.secrets)
        self._surroundings.background.run(
            self,
            partial(_tried, login, password),
            partial(self._on_connected, address),
            self._on_connect_failed,
            Lane.NETWORK,
        )

    def _on_connected(self, address: ServerAddress, _done: object) -> None:
        self.form.show_busy(False)
        self.form.show_values({ADDRESS: address.url, PASSWORD: ""})
        settings.change(self._file, database=address.url)
        sentence = _(
            "%(server)s answers, and knows you as %(role)s. The window opens that desk when it starts."
        )
        words = sentence % {"server": address.shown, "role": address.user}
        self.form.say(words, "check-circle", "green", restart=True)

    def _on_connect_failed(self, error: Exception) -> None:
        self.form.show_busy(False)
        if not isinstance(error, DeskError):
            raise error
        self.form.say(explain(error), "warning", "red")
        if error.code is not Rule.SERVER_STRANGER:
            self.form.password.setFocus()

    def _on_form_alone_requested(self) -> None:
        settings.change(self._file, database="")
        self.form.alone.set_blocked(_("It counts from the next start."))
        self.form.say(
            _("From the next start the window opens the desk of this machine."), "info", "muted", restart=True
        )


def _tried(login: ServerLogin, password: str) -> None:
    """Open the desk once, as the next start will; an empty password is the one that is kept."""
    desk = login.open_with(password) if password else login.open()
    desk.close()
