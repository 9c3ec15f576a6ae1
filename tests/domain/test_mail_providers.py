from __future__ import annotations

import pytest

from laverma_desk.domain import mail_providers
from laverma_desk.domain.mail_account import Security
from laverma_desk.domain.mail_providers import Note, preset_for


@pytest.mark.parametrize(
    ("address", "host", "port", "security", "note"),
    [
        ("a@online.de", "smtp.ionos.de", 465, Security.TLS, None),
        ("a@strato.de", "smtp.strato.de", 465, Security.TLS, None),
        ("a@mailbox.org", "smtp.mailbox.org", 465, Security.TLS, None),
        ("a@t-online.de", "securesmtp.t-online.de", 465, Security.TLS, Note.SEPARATE_PASSWORD),
        ("a@GMX.de", "mail.gmx.net", 465, Security.TLS, Note.SMTP_SWITCHED_OFF),
        ("a@web.de", "smtp.web.de", 465, Security.TLS, Note.SMTP_SWITCHED_OFF),
        ("a@posteo.de", "posteo.de", 465, Security.TLS, None),
        ("a@gmail.com", "smtp.gmail.com", 465, Security.TLS, Note.APP_PASSWORD),
        ("a@outlook.de", "smtp-mail.outlook.com", 587, Security.STARTTLS, Note.NO_PASSWORD_LOGIN),
        (
            "a@laverma.onmicrosoft.com",
            "smtp.office365.com",
            587,
            Security.STARTTLS,
            Note.PASSWORD_BEING_RETIRED,
        ),
        ("gmx.net", "mail.gmx.net", 465, Security.TLS, Note.SMTP_SWITCHED_OFF),
    ],
)
def test_known_domains(address: str, host: str, port: int, security: Security, note: Note | None) -> None:
    preset = preset_for(address)
    assert preset is not None
    assert (preset.host, preset.port, preset.security, preset.note) == (host, port, security, note)


@pytest.mark.parametrize(
    "address", ["", "a@", "a@laverma.example", "a@com", "a@notgmx.de", "gmx", "a@gmx.de.example"]
)
def test_other_domains_tell_nothing(address: str) -> None:
    assert preset_for(address) is None


def test_login_names() -> None:
    web, gmx = preset_for("anna@web.de"), preset_for("anna@gmx.de")
    assert web is not None
    assert gmx is not None
    assert web.user_for("anna@web.de") == "anna"
    assert gmx.user_for("anna@gmx.de") == "anna@gmx.de"


def test_presets_never_send_in_the_clear() -> None:
    presets = set(mail_providers._DOMAINS.values())
    assert len({preset.provider for preset in presets}) == len(presets) == 10
    assert all(preset.security is not Security.NONE for preset in presets)
