"""The mail account: what the provider wants, where the password lies, whether it all works."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Slot

from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.mail_account import DEFAULT_PORTS, LOOPBACK, MailAccount, Security
from laverma_desk.domain.mail_providers import preset_for
from laverma_desk.i18n import _
from laverma_desk.services import checks
from laverma_desk.services.changes import Done
from laverma_desk.services.setup import house_mail
from laverma_desk.services.setup.house import House
from laverma_desk.services.setup.house_mail import PasswordState
from laverma_desk.services.setup.setup_keys import SECTIONS
from laverma_desk.ui.background import Lane
from laverma_desk.ui.settings.connection_trial import ConnectionTrial
from laverma_desk.ui.settings.mail_form import MailForm
from laverma_desk.ui.settings.mail_words import provider_note
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings

_LOGIN = frozenset({"host", "port", "user"})
_CONNECTION = _LOGIN | {"security", "password"}
_TEXTS = frozenset({"host", "user", "sender", "sender_name"})


class MailSection(Section):
    """The account, and its password on the way into the keyring. `prepared` is a pair of both."""

    slow = True
    of_machine = frozenset({"password"})

    def __init__(self, form: MailForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("mail", form, surroundings, parent)
        self.mail_form = form
        self._account: MailAccount | None = None
        self._state = PasswordState(kept=False, persistent=True)
        self.trial = ConnectionTrial(self, form.test, surroundings)
        form.edited.connect(self._on_mail_form_edited)
        form.field_left.connect(self._on_mail_form_left)
        if surroundings.desk.demo:
            form.test.block(_("Nothing is sent from the sample data."))
            form.password.setEnabled(False)

    def stored(self, house_: House) -> dict[str, Any]:
        """Return the account; a password is never read back."""
        account = house_.mail
        if account != self._account:
            self._account = account
            self._ask_keyring(account)
        return self._fields(account)

    def compared(self, house_: House) -> dict[str, object]:
        """Return the account as the fields show it, without asking the keyring."""
        return {name: self.shown(name, value) for name, value in self._fields(house_.mail).items()}

    def _fields(self, account: MailAccount) -> dict[str, Any]:
        return {
            "sender_name": account.sender_name,
            "sender": account.sender,
            "host": account.host,
            "port": str(account.port),
            "security": account.security,
            "user": account.user,
            "password": "",  # nosec B105 # (an empty field)
            "copy_to_self": account.copy_to_self,
            "collect_offline": account.collect_offline,
            "always_preview": account.always_preview,
        }

    def checked(self, name: str, typed: Any) -> Any:
        """Check by the same rules as a setup file."""
        if name in _TEXTS:
            return SECTIONS["mail"][name](typed, name)
        if name == "security":
            return Security(typed)  # Qt hands an enumeration back as the text it is made of
        return checks.port(typed, name) if name == "port" else typed

    def shown(self, name: str, value: Any) -> object:
        """Show a port in figures."""
        return str(value) if name == "port" else value

    def together(self, values: dict[str, Any]) -> Any:
        """Return account and password; without encryption mail only goes to this machine."""
        password = values.pop("password") or None
        account = MailAccount(**values)
        if account.host and not account.sender:
            raise RuleBroken(Rule.TEXT_MISSING, field="sender")
        if account.host and account.security is Security.NONE and account.host.casefold() not in LOOPBACK:
            raise RuleBroken(Rule.PLAIN_TEXT_REFUSED, field="security")
        return account, password

    def write(self, prepared: tuple[MailAccount, str | None]) -> Done[Any]:
        """Keep the account, and the password in the keyring; not in the GUI thread."""
        account, password = prepared
        return house_mail.save_mail_account(self.surroundings.desk, account, password)

    def mark_saved(self, values: dict[str, object]) -> None:
        """Empty the password's field again: the keyring has it now."""
        if self.form.value("password") == values["password"]:
            self.form.show_field("password", "")
            self.mail_form.password.hide_letters()
        super().mark_saved({**values, "password": ""})  # nosec B105 # (an empty field)
        self._account = None  # whether a password is kept has to be asked anew

    def follow(self) -> None:
        """Show whether a password is kept for the login that is typed, and what the provider wants."""
        same = all(self.form.value(name) == self._kept.get(name) for name in _LOGIN)
        self.mail_form.show_password_state(kept=same and self._state.kept, persistent=self._state.persistent)
        preset = preset_for(self.form.text("sender"))
        self.mail_form.show_provider_note(provider_note(preset.provider, preset.note) if preset else "")

    def _ask_keyring(self, account: MailAccount) -> None:
        desk = self.surroundings.desk

        def ask() -> PasswordState:
            return house_mail.password_state(desk, account)

        self.surroundings.background.run(
            self, ask, self._on_keyring_answered, self._on_keyring_refused, Lane.NETWORK
        )

    def _on_keyring_answered(self, state: PasswordState) -> None:
        self._state = state
        self.follow()

    def _on_keyring_refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._on_keyring_answered(PasswordState(kept=False, persistent=True))

    @Slot(str)
    def _on_mail_form_edited(self, name: str) -> None:
        if name in _CONNECTION:
            self.trial.forget()
        if name == "security":
            self._follow_security()

    def _follow_security(self) -> None:
        now = Security(self.form.text("security"))
        usual = {str(port) for port in DEFAULT_PORTS.values()}
        if self.form.text("port").strip() in usual | {""}:
            self.form.show_field("port", str(DEFAULT_PORTS[now]))
        self.follow()
        self.changed.emit()

    @Slot(str)
    def _on_mail_form_left(self, name: str) -> None:
        if name != "sender" or self.form.error("sender") or self.form.text("host").strip():
            return
        preset = preset_for(self.form.text("sender"))
        if preset is None:
            return
        self.form.show_values({"host": preset.host, "port": str(preset.port), "security": preset.security})
        if not self.form.text("user").strip():
            self.form.show_field("user", preset.user_for(self.form.text("sender").strip()))
        self.trial.forget()
        self.follow()
        self.changed.emit()


def mail_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for the mail account."""
    return MailSection(MailForm(), surroundings, parent)
