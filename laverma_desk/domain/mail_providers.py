"""What the mail providers of German offices ask for, so that nobody has to look up a host name.

Source: Thunderbird's ISPDB, and the providers' own pages for the notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from laverma_desk.domain.mail_account import Security


class Note(StrEnum):
    """What a password alone does not do at a provider; `ui/settings/mail_words.py` holds the sentence."""

    APP_PASSWORD = "app_password"  # nosec B105 # noqa: S105 (a reason, not a secret)
    SEPARATE_PASSWORD = "separate_password"  # nosec B105 # noqa: S105 (a reason, not a secret)
    SMTP_SWITCHED_OFF = "smtp_switched_off"
    PASSWORD_BEING_RETIRED = "password_being_retired"  # nosec B105 # noqa: S105 (a reason, not a secret)
    NO_PASSWORD_LOGIN = "no_password_login"  # nosec B105 # noqa: S105 (a reason, not a secret)


@dataclass(frozen=True)
class Preset:
    """A provider's outgoing server.

    `note` says what else is needed: APP_PASSWORD (Gmail: two-step login and a password of 16
    letters), SEPARATE_PASSWORD (T-Online: the e-mail password, not the one of the web page),
    SMTP_SWITCHED_OFF (GMX, WEB.DE: to be allowed once in the mailbox), PASSWORD_BEING_RETIRED
    (Microsoft 365: often switched off, ends for existing houses with 2026), NO_PASSWORD_LOGIN
    (Outlook.com: impossible, use the mail program).
    """

    provider: str
    host: str
    port: int = 465
    security: Security = Security.TLS
    login_is_local_part: bool = False
    note: Note | None = None

    def user_for(self, address: str) -> str:
        """Return the login name that the provider expects for an address."""
        return address.rpartition("@")[0] if self.login_is_local_part else address


_IONOS = Preset("IONOS", "smtp.ionos.de")
_STRATO = Preset("Strato", "smtp.strato.de")
_MAILBOX = Preset("mailbox.org", "smtp.mailbox.org")
_T_ONLINE = Preset("T-Online", "securesmtp.t-online.de", note=Note.SEPARATE_PASSWORD)
_GMX = Preset("GMX", "mail.gmx.net", note=Note.SMTP_SWITCHED_OFF)
_WEB_DE = Preset("WEB.DE", "smtp.web.de", login_is_local_part=True, note=Note.SMTP_SWITCHED_OFF)
_POSTEO = Preset("Posteo", "posteo.de")
_GMAIL = Preset("Gmail", "smtp.gmail.com", note=Note.APP_PASSWORD)
_OUTLOOK = Preset("Outlook.com", "smtp-mail.outlook.com", 587, Security.STARTTLS, note=Note.NO_PASSWORD_LOGIN)
_MICROSOFT_365 = Preset(
    "Microsoft 365", "smtp.office365.com", 587, Security.STARTTLS, note=Note.PASSWORD_BEING_RETIRED
)

_DOMAINS: dict[str, Preset] = {
    domain: preset
    for preset, domains in (
        (_IONOS, "ionos.de 1und1.de online.de onlinehome.de sofortstart.de sofort-start.de sofortsurf.de"),
        (_IONOS, "sofort-surf.de go4more.de kundenserver.de schlund.de"),
        (_STRATO, "strato.de rzone.de"),
        (_MAILBOX, "mailbox.org"),
        (_T_ONLINE, "t-online.de magenta.de"),
        (_GMX, "gmx.net gmx.de gmx.at gmx.ch gmx.eu gmx.biz gmx.org gmx.info mein.gmx mail.gmx email.gmx"),
        (_WEB_DE, "web.de"),
        (_POSTEO, "posteo.de posteo.net posteo.org posteo.eu posteo.at posteo.ch posteo.com posteo.me"),
        (_GMAIL, "gmail.com googlemail.com"),
        (_OUTLOOK, "outlook.com outlook.de outlook.at hotmail.com hotmail.de live.com live.de live.at"),
        (_OUTLOOK, "msn.com windowslive.com"),
        (_MICROSOFT_365, "office365.com onmicrosoft.com"),
    )
    for domain in domains.split()
}


def preset_for(address: str) -> Preset | None:
    """Return the provider's server for an address (or a bare domain), None for a domain that tells nothing.

    Microsoft 365 gives each house a domain below `onmicrosoft.com`, so a domain counts with what
    stands below it.
    """
    labels = address.rpartition("@")[2].strip().lower().split(".")
    for start in range(len(labels) - 1):
        preset = _DOMAINS.get(".".join(labels[start:]))
        if preset is not None:
            return preset
    return None
