"""A report on its way to a server of the tests, with everything about it open to change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from laverma_desk.domain.mail_outcome import Outcome
from laverma_desk.domain.message import Attachment, Letter
from laverma_desk.mail.compose import compose
from laverma_desk.mail.smtp import deliver
from tests.support.certificates import Certificates
from tests.support.smtp_server import MailServer

SENDER = "info@laverma.example"
CUSTOMER = "rezeption@praxis-weiss.example"
COPY = "kopie@laverma.example"
LOGIN = ("info@laverma.example", "Größenwahn§4711")
CONTENT = compose(
    Letter(
        SENDER,
        "Läßig IT",
        CUSTOMER,
        "Fernwartung – Übergabe",
        ".\n..Punkte\n.",
        (Attachment("Weiß.pdf", b"%PDF" * 999),),
    ),
    at=datetime(2026, 3, 28, 11, 0, tzinfo=UTC),
    message_id="<1@laverma.example>",
)
Send = Callable[..., Outcome]


@pytest.fixture
def send(certificates: Certificates) -> Send:
    """Send CONTENT to a server; anything can be set otherwise."""

    def send(server: MailServer, **changes: object) -> Outcome:
        values = {
            "account": server.account(),
            "password": server.login[1] if server.login else None,
            "sender": SENDER,
            "recipients": [CUSTOMER],
            "content": CONTENT,
            "before_data": lambda: None,
            "timeout": 5.0,
            "context": certificates.client_context(),
        } | changes
        given = [values.pop(name) for name in ("account", "password", "sender", "recipients", "content")]
        return deliver(*given, **values)

    return send


@pytest.fixture
def send_hastily(send: Send) -> Send:
    """Send with little patience, for servers that do not answer."""

    def hastily(server: MailServer, **changes: object) -> Outcome:
        return send(server, **({"timeout": 0.3} | changes))

    return hastily
