"""Nothing secret leaves without an encryption that proved whom it leads to."""

from __future__ import annotations

import ssl

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import Security
from laverma_desk.domain.mail_outcome import Phase
from laverma_desk.domain.message import Failure
from tests.support.certificates import Paper
from tests.support.sending import LOGIN, Send
from tests.support.smtp_server import HOST, Step


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize("paper", [one for one in Paper if one is not Paper.GOOD])
def test_bad_certificates(smtp_server, send_hastily: Send, security: Security, paper: Paper) -> None:
    server = smtp_server(security, login=LOGIN, paper=paper)
    outcome = send_hastily(server, timeout=5.0)
    assert (outcome.failure, outcome.phase) == (Failure.CERTIFICATE, Phase.ENCRYPTION)
    assert outcome.answer
    assert not any(command.startswith(("AUTH", "MAIL")) for command in server.commands)


def test_the_systems_certificates_are_the_default(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(Security.TLS, login=LOGIN)
    assert send_hastily(server, context=None, timeout=5.0).failure is Failure.CERTIFICATE


@pytest.mark.parametrize("lax", ["names", "all"])
def test_a_context_that_does_not_verify_is_a_bug(smtp_server, send_hastily: Send, lax: str) -> None:
    context = ssl.create_default_context()
    context.check_hostname = False
    if lax == "all":
        context.verify_mode = ssl.CERT_NONE
    server = smtp_server(Security.TLS, login=LOGIN)
    with pytest.raises(ValueError):
        send_hastily(server, context=context)
    assert server.connections == 0


def test_starttls_not_offered(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(Security.STARTTLS, login=LOGIN)
    server.hidden = {"STARTTLS"}
    outcome = send_hastily(server)
    assert (outcome.failure, outcome.phase) == (Failure.ENCRYPTION_MISSING, Phase.ENCRYPTION)
    assert server.commands == ["EHLO [127.0.0.1]", "QUIT"]


@pytest.mark.parametrize(
    ("words", "failure"),
    [
        ("454 4.7.0 TLS not available due to temporary reason", Failure.TEMPORARY),
        ("502 5.5.1 not implemented", Failure.ENCRYPTION_MISSING),
    ],
)
def test_starttls_refused(smtp_server, send_hastily: Send, words: str, failure: Failure) -> None:
    server = smtp_server(Security.STARTTLS, login=LOGIN)
    server.answer(Step.STARTTLS, words)
    outcome = send_hastily(server)
    assert (outcome.failure, outcome.answer) == (failure, words)
    assert not any(command.startswith("AUTH") for command in server.commands)


def test_what_is_slipped_in_before_encryption_ends_it(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(Security.STARTTLS, login=LOGIN)
    server.answer(Step.STARTTLS, "220 go ahead\r\n250 slipped in")
    outcome = send_hastily(server)
    assert (outcome.failure, outcome.phase) == (Failure.ENCRYPTION_MISSING, Phase.ENCRYPTION)
    assert outcome.answer == "250 slipped in"


def test_tls_to_a_port_that_speaks_none(smtp_server, send_hastily: Send) -> None:
    server = smtp_server()
    account = server.account(security=Security.TLS)
    assert send_hastily(server, account=account).failure is Failure.ENCRYPTION_MISSING
    server.hang(Step.CONNECT)
    assert send_hastily(server, account=account).failure is Failure.NO_ANSWER
    server.behave()
    server.drop(Step.CONNECT)
    assert send_hastily(server, account=account).failure is Failure.NO_ANSWER


def test_starttls_to_a_port_that_waits_for_tls(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(Security.TLS)
    outcome = send_hastily(server, account=server.account(security=Security.STARTTLS))
    assert (outcome.failure, outcome.phase) == (Failure.NO_ANSWER, Phase.GREETING)


@pytest.mark.parametrize("host", ["192.0.2.1", "0.0.0.0", "2001:db8::1"])  # noqa: S104 (nothing is bound)
def test_unencrypted_only_to_this_machine(smtp_server, send_hastily: Send, host: str) -> None:
    server = smtp_server(login=LOGIN)
    begun: list[None] = []
    with pytest.raises(RuleBroken) as broken:
        send_hastily(server, account=server.account(host=host), before_data=lambda: begun.append(None))
    assert broken.value.code is Rule.PLAIN_TEXT_REFUSED
    assert (server.connections, begun) == (0, [])


def test_unencrypted_to_this_machine_by_any_of_its_names(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(login=LOGIN)
    for host in (HOST, "localhost"):
        assert send_hastily(server, account=server.account(host=host), timeout=5.0).failure is None
