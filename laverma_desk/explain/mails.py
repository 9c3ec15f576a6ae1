"""The sentences about mails that did not go out."""

from __future__ import annotations

from laverma_desk.domain.message import Failure
from laverma_desk.i18n import _


def failure_sentence(failure: Failure, recipient: str) -> str:
    """Return what happened to a mail; where it is unclear, the sentence goes on in `failure_remedy`."""
    return {
        Failure.ACCOUNT_MISSING: _("No mail account is set up."),
        Failure.NO_NETWORK: _("No network. The report is in the outbox and leaves by itself."),
        Failure.NO_ANSWER: _("The mail server does not answer. The next attempt comes by itself."),
        Failure.TEMPORARY: _("The mail server takes nothing just now. The next attempt comes by itself."),
        Failure.CERTIFICATE: _("The certificate of the mail server is not valid. Nothing was sent."),
        Failure.ENCRYPTION_MISSING: _("The mail server offers no secure connection. Nothing was sent."),
        Failure.LOGIN_REFUSED: _("The login to the mail server failed."),
        Failure.PASSWORD_MISSING: _("The password of the mail account is missing."),
        Failure.SENDER_REFUSED: _("The server has refused the sender."),
        Failure.RECIPIENT_REFUSED: _("The server has refused the address: %(recipient)s."),
        Failure.CONTENT_REFUSED: _("The server has refused the content of the mail."),
        Failure.CONTENT_ALTERED: _("The mail is not what was stored: its SHA-256 differs. Nothing was sent."),
        Failure.REFUSED: _("The server has refused the mail."),
        Failure.BROKEN_AFTER_DATA: _("Connection lost after the data. Not sent again. Ask the customer or"),
        Failure.INTERRUPTED: _("The program ended while sending. Not sent again. Ask the customer or"),
        Failure.RESTORED: _("A backup was restored since. Not sent again. Ask the customer or"),
        Failure.CANCELLED: _("The sending was stopped. The next attempt comes by itself."),
    }[failure] % {"recipient": recipient}


def failure_remedy(failure: Failure) -> str:
    """Return the words of the link that leads to the way out, "" where waiting is all there is to do."""
    return {
        Failure.ACCOUNT_MISSING: _("Set up mail account"),
        Failure.CERTIFICATE: _("Check server"),
        Failure.ENCRYPTION_MISSING: _("Check encryption"),
        Failure.LOGIN_REFUSED: _("Check password"),
        Failure.PASSWORD_MISSING: _("Enter password"),
        Failure.SENDER_REFUSED: _("Check sender"),
        Failure.RECIPIENT_REFUSED: _("Check address"),
        Failure.CONTENT_REFUSED: _("Open as draft"),
        Failure.CONTENT_ALTERED: _("Open as draft"),
        Failure.REFUSED: _("Check mail account"),
        Failure.BROKEN_AFTER_DATA: _("send all the same"),
        Failure.INTERRUPTED: _("send all the same"),
        Failure.RESTORED: _("send all the same"),
    }.get(failure, "")
