"""Lines that break, hang, trickle, or are not what they claim to be."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from dataclasses import replace

import pytest
from support.certificates import Certificates, Paper
from support.smtp_server import HOST, MailServer, Step

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.message import Failure, MessageState, state_after
from laverma_desk.mail.outcome import Outcome, Phase
from laverma_desk.mail.smtp import deliver

LOGIN = ("anna", "Sesam-4711")
SMALL = b"Subject: Bericht\r\n\r\nText\r\n"
# More than what the buffers of both sides take before anybody reads.
LARGE = b"Subject: Bericht\r\n\r\n" + (b"x" * 998 + b"\r\n") * 16_000
Send = Callable[..., Outcome]


@pytest.fixture
def send(certificates: Certificates) -> Send:
    """Send SMALL with little patience; anything can be set otherwise."""

    def send(server: MailServer, **changes: object) -> Outcome:
        values = {
            "account": server.account(),
            "password": LOGIN[1],
            "content": SMALL,
            "before_data": lambda: None,
            "timeout": 0.3,
            "context": certificates.client_context(),
        } | changes
        given = [values.pop(name) for name in ("account", "password")]
        content = values.pop("content")
        return deliver(*given, "info@laverma.example", ["a@praxis.example"], content, **values)

    return send


BEFORE_DATA = [
    (Step.CONNECT, Phase.GREETING),
    (Step.EHLO, Phase.HELLO),
    (Step.STARTTLS, Phase.ENCRYPTION),
    (Step.AUTH, Phase.LOGIN),
    (Step.MAIL, Phase.SENDER),
    (Step.RCPT, Phase.RECIPIENT),
    (Step.DATA, Phase.DATA),
]


@pytest.mark.parametrize("way", ["hang", "drop", "trickle"])
@pytest.mark.parametrize(("step", "phase"), BEFORE_DATA)
def test_no_answer_before_the_data(smtp_server, send: Send, way: str, step: Step, phase: Phase) -> None:
    server = smtp_server(Security.STARTTLS, login=LOGIN)
    getattr(server, way)(step)
    begun: list[None] = []
    outcome = send(server, before_data=lambda: begun.append(None))
    assert (outcome.failure, outcome.phase) == (Failure.NO_ANSWER, phase)
    assert begun == []
    assert state_after(outcome.failure) is MessageState.WAITING
    server.behave()
    assert send(server, timeout=5.0).failure is None


@pytest.mark.parametrize("way", ["hang", "drop", "trickle"])
@pytest.mark.parametrize("security", list(Security))
def test_unclear_after_the_last_dot(smtp_server, send: Send, way: str, security: Security) -> None:
    server = smtp_server(security, login=LOGIN)
    getattr(server, way)(Step.END)
    begun: list[None] = []
    outcome = send(server, before_data=lambda: begun.append(None), timeout=0.2)
    assert (outcome.failure, outcome.phase) == (Failure.BROKEN_AFTER_DATA, Phase.ANSWER)
    assert begun == [None]
    assert state_after(outcome.failure) is MessageState.UNCLEAR


def test_nonsense_after_the_last_dot_is_unclear(smtp_server, send: Send) -> None:
    server = smtp_server(login=LOGIN)
    server.answer(Step.END, "what was that?")
    assert send(server).failure is Failure.BROKEN_AFTER_DATA


@pytest.mark.parametrize("way", ["hang", "drop"])
@pytest.mark.parametrize("security", [Security.NONE, Security.TLS])
def test_in_the_body_nothing_was_handed_over(smtp_server, send: Send, way: str, security: Security) -> None:
    server = smtp_server(security, login=LOGIN)
    getattr(server, way)(Step.BODY)
    outcome = send(server, content=LARGE)
    assert (outcome.failure, outcome.phase) == (Failure.NO_ANSWER, Phase.BODY)


def test_words_before_hanging_up_on_the_body_count(smtp_server, send: Send) -> None:
    server = smtp_server(login=LOGIN)
    server.answer(Step.BODY, "552 5.3.4 Message too big", hang_up=True)
    outcome = send(server, content=LARGE)
    assert (outcome.failure, outcome.answer) == (Failure.CONTENT_REFUSED, "552 5.3.4 Message too big")


def test_a_large_mail_arrives(smtp_server, send: Send) -> None:
    server = smtp_server(Security.TLS, login=LOGIN)
    assert send(server, content=LARGE, timeout=10.0).failure is None
    assert server.mails[0].content == LARGE


def test_a_reply_without_end_is_cut_off(smtp_server, send: Send) -> None:
    server = smtp_server(login=LOGIN)
    server.answer(Step.EHLO, "250-" + "x" * 70_000)
    assert send(server, timeout=5.0).failure is Failure.REFUSED
    server.behave()
    server.answer(Step.EHLO, "250-x\r\n" * 20_000 + "250 ok")
    assert send(server, timeout=5.0).failure is Failure.REFUSED


def test_who_speaks_no_smtp_is_refused_with_its_words(smtp_server, send: Send) -> None:
    server = smtp_server(login=LOGIN)
    server.answer(Step.CONNECT, "SSH-2.0-OpenSSH_9.2")
    outcome = send(server)
    assert (outcome.failure, outcome.answer) == (Failure.REFUSED, "SSH-2.0-OpenSSH_9.2")


# --- no network


def test_nobody_listens(smtp_server, send: Send) -> None:
    with socket.create_server((HOST, 0)) as closed:
        port = closed.getsockname()[1]
    outcome = send(smtp_server(), account=MailAccount(HOST, port, Security.TLS))
    assert (outcome.failure, outcome.phase) == (Failure.NO_NETWORK, Phase.CONNECT)
    assert outcome.answer


def test_no_such_host(smtp_server, send: Send) -> None:
    account = MailAccount("no-such-host.invalid", 465, Security.TLS)
    outcome = send(smtp_server(), account=account)
    assert (outcome.failure, outcome.phase) == (Failure.NO_NETWORK, Phase.CONNECT)


def test_a_second_address_is_tried(smtp_server, send: Send) -> None:
    """Where localhost is ::1 first, nobody listens there."""
    server = smtp_server(Security.TLS, login=LOGIN)
    assert send(server, account=server.account(host="localhost"), timeout=5.0).failure is None


@pytest.mark.parametrize(
    ("host", "port"), [("a..b", 25), ("x" * 64 + ".de", 25), ("nul\0.de", 25), (HOST, 70_000), (HOST, -1)]
)
def test_what_can_be_no_host(smtp_server, send: Send, host: str, port: int) -> None:
    with pytest.raises(RuleBroken) as broken:
        send(smtp_server(), account=MailAccount(host, port, Security.TLS))
    assert broken.value.code is Rule.HOST_INVALID


def test_no_account(smtp_server, send: Send) -> None:
    with pytest.raises(RuleBroken) as broken:
        send(smtp_server(), account=MailAccount())
    assert broken.value.code is Rule.MAIL_ACCOUNT_MISSING


# --- encryption


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize("paper", [one for one in Paper if one is not Paper.GOOD])
def test_bad_certificates(smtp_server, send: Send, security: Security, paper: Paper) -> None:
    server = smtp_server(security, login=LOGIN, paper=paper)
    outcome = send(server, timeout=5.0)
    assert (outcome.failure, outcome.phase) == (Failure.CERTIFICATE, Phase.ENCRYPTION)
    assert outcome.answer
    assert not any(command.startswith(("AUTH", "MAIL")) for command in server.commands)


def test_the_systems_certificates_are_the_default(smtp_server, send: Send) -> None:
    server = smtp_server(Security.TLS, login=LOGIN)
    assert send(server, context=None, timeout=5.0).failure is Failure.CERTIFICATE


@pytest.mark.parametrize("lax", ["names", "all"])
def test_a_context_that_does_not_verify_is_a_bug(smtp_server, send: Send, lax: str) -> None:
    context = ssl.create_default_context()
    context.check_hostname = False
    if lax == "all":
        context.verify_mode = ssl.CERT_NONE
    server = smtp_server(Security.TLS, login=LOGIN)
    with pytest.raises(ValueError):
        send(server, context=context)
    assert server.connections == 0


def test_starttls_not_offered(smtp_server, send: Send) -> None:
    server = smtp_server(Security.STARTTLS, login=LOGIN)
    server.hidden = {"STARTTLS"}
    outcome = send(server)
    assert (outcome.failure, outcome.phase) == (Failure.ENCRYPTION_MISSING, Phase.ENCRYPTION)
    assert server.commands == ["EHLO [127.0.0.1]", "QUIT"]


@pytest.mark.parametrize(
    ("words", "failure"),
    [
        ("454 4.7.0 TLS not available due to temporary reason", Failure.TEMPORARY),
        ("502 5.5.1 not implemented", Failure.ENCRYPTION_MISSING),
    ],
)
def test_starttls_refused(smtp_server, send: Send, words: str, failure: Failure) -> None:
    server = smtp_server(Security.STARTTLS, login=LOGIN)
    server.answer(Step.STARTTLS, words)
    outcome = send(server)
    assert (outcome.failure, outcome.answer) == (failure, words)
    assert not any(command.startswith("AUTH") for command in server.commands)


def test_what_is_slipped_in_before_encryption_ends_it(smtp_server, send: Send) -> None:
    server = smtp_server(Security.STARTTLS, login=LOGIN)
    server.answer(Step.STARTTLS, "220 go ahead\r\n250 slipped in")
    outcome = send(server)
    assert (outcome.failure, outcome.phase) == (Failure.ENCRYPTION_MISSING, Phase.ENCRYPTION)


def test_tls_to_a_port_that_speaks_none(smtp_server, send: Send) -> None:
    server = smtp_server()
    account = server.account(security=Security.TLS)
    assert send(server, account=account).failure is Failure.ENCRYPTION_MISSING
    server.hang(Step.CONNECT)
    assert send(server, account=account).failure is Failure.NO_ANSWER
    server.behave()
    server.drop(Step.CONNECT)
    assert send(server, account=account).failure is Failure.NO_ANSWER


def test_starttls_to_a_port_that_waits_for_tls(smtp_server, send: Send) -> None:
    server = smtp_server(Security.TLS)
    outcome = send(server, account=server.account(security=Security.STARTTLS))
    assert (outcome.failure, outcome.phase) == (Failure.NO_ANSWER, Phase.GREETING)


@pytest.mark.parametrize("host", ["192.0.2.1", "0.0.0.0", "2001:db8::1"])  # noqa: S104 (nothing is bound)
def test_unencrypted_only_to_this_machine(smtp_server, send: Send, host: str) -> None:
    server = smtp_server(login=LOGIN)
    begun: list[None] = []
    with pytest.raises(RuleBroken) as broken:
        send(server, account=server.account(host=host), before_data=lambda: begun.append(None))
    assert broken.value.code is Rule.PLAIN_TEXT_REFUSED
    assert (server.connections, begun) == (0, [])


def test_unencrypted_to_this_machine_by_any_of_its_names(smtp_server, send: Send) -> None:
    server = smtp_server(login=LOGIN)
    for host in (HOST, "localhost"):
        assert send(server, account=server.account(host=host), timeout=5.0).failure is None


# --- called off


def test_called_off_before_anything_was_said(smtp_server, send: Send) -> None:
    server = smtp_server(login=LOGIN)
    outcome = send(server, cancelled=lambda: True)
    assert (outcome.failure, outcome.phase) == (Failure.CANCELLED, Phase.CONNECT)
    assert (server.commands, server.mails) == ([], [])


def test_called_off_while_waiting(smtp_server, send: Send) -> None:
    server = smtp_server(login=LOGIN)
    server.hang(Step.RCPT)
    outcome = send(server, cancelled=lambda: any("RCPT" in one for one in server.commands), timeout=60.0)
    assert (outcome.failure, outcome.phase) == (Failure.CANCELLED, Phase.RECIPIENT)
    assert state_after(outcome.failure) is MessageState.WAITING


def test_called_off_at_the_last_moment(smtp_server, send: Send) -> None:
    server = smtp_server(login=LOGIN)
    questions: list[bool] = []

    def cancelled() -> bool:
        questions.append("DATA" in server.commands)
        return False

    assert send(server, cancelled=cancelled, timeout=5.0).failure is None
    asked = len(questions)
    assert questions[-1] is True
    begun: list[None] = []

    def cancelled_last() -> bool:
        questions.append(True)
        return len(questions) == 2 * asked

    outcome = send(server, cancelled=cancelled_last, before_data=lambda: begun.append(None), timeout=5.0)
    assert (outcome.failure, outcome.phase, begun) == (Failure.CANCELLED, Phase.DATA, [])
    assert len(server.mails) == 1


def test_too_late_to_call_off(smtp_server, send: Send) -> None:
    server = smtp_server(login=LOGIN)
    begun: list[None] = []
    outcome = send(server, before_data=lambda: begun.append(None), cancelled=lambda: bool(begun), timeout=5.0)
    assert outcome.failure is None
    assert len(server.mails) == 1


def test_accounts_with_another_port_only_differ_there(smtp_server, send: Send) -> None:
    first, second = smtp_server(login=LOGIN), smtp_server(login=LOGIN)
    send(first, account=replace(first.account(), port=second.port), timeout=5.0)
    assert (len(first.mails), len(second.mails)) == (0, 1)
