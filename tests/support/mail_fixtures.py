"""Fixtures for everything that mails: certificates, SMTP servers, a keyring in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from laverma_desk.domain.mail_account import Security
from tests.support.certificates import Certificates
from tests.support.memory_keyring import MemoryKeyring
from tests.support.smtp_server import MailServer


@pytest.fixture(scope="session")
def certificates() -> Certificates:
    """The certificate authority of the run."""
    return Certificates()


@pytest.fixture
def smtp_server(certificates: Certificates) -> Iterator[Callable[..., MailServer]]:
    """Start servers: `smtp_server(Security.TLS, login=("anna", "geheim"), paper=Paper.EXPIRED)`."""
    started: list[MailServer] = []

    def start(security: Security = Security.NONE, **options: object) -> MailServer:
        server = MailServer(certificates, security, **options).start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def keyring_in_memory() -> MemoryKeyring:
    """A keyring that works, and that can be told to refuse."""
    return MemoryKeyring()
