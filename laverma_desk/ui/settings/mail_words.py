"""What a tried connection and a known provider mean, in words."""

from __future__ import annotations

from laverma_desk.domain.mail_providers import Note
from laverma_desk.domain.message import Failure
from laverma_desk.explain import failure_sentence
from laverma_desk.i18n import _


def trial_sentence(failure: Failure) -> str:
    """Return why a mail account did not work when it was tried; nothing was to be sent."""
    return {
        Failure.NO_NETWORK: _("The server cannot be reached. Check its name and the network."),
        Failure.NO_ANSWER: _("The server does not answer. Check its name, port and encryption."),
        Failure.TEMPORARY: _("The server takes nothing just now. Try again later."),
        Failure.CERTIFICATE: _("The certificate of the server is not valid. Check its name."),
        Failure.ENCRYPTION_MISSING: _(
            "The server does not offer this encryption. Check port and encryption."
        ),
        Failure.LOGIN_REFUSED: _("The login to the mail server failed. Check user name and password."),
        Failure.PASSWORD_MISSING: _("The password is missing."),
        Failure.REFUSED: _("The server has refused the connection."),
        Failure.CANCELLED: _("Stopped."),
    }.get(failure) or failure_sentence(failure, "")


def provider_note(provider: str, note: Note | None) -> str:
    """Return what else a provider asks for, "" where a password is enough."""
    words = {
        Note.APP_PASSWORD: _(
            "%(provider)s wants two-step login and an app password of 16 letters in place of your own."
        ),
        Note.SEPARATE_PASSWORD: _(
            "%(provider)s wants its own password for e-mail programs, not the one of its web page."
        ),
        Note.SMTP_SWITCHED_OFF: _(
            "%(provider)s lets other programs send only after you have allowed it in the mailbox's settings."
        ),
        Note.PASSWORD_BEING_RETIRED: _(
            "%(provider)s often switches the login with a password off. If it fails, open reports as drafts"
            " in the mail program."
        ),
        Note.NO_PASSWORD_LOGIN: _(
            "%(provider)s allows no login with a password. Open reports as drafts in the mail program."
        ),
    }
    return words[note] % {"provider": provider} if note else ""
