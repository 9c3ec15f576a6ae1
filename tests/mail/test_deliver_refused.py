from __future__ import annotations

import pytest

from laverma_desk.domain.mail_account import Security
from laverma_desk.domain.mail_outcome import Outcome, Phase
from laverma_desk.domain.message import Failure
from tests.support.sending import COPY, CUSTOMER, LOGIN, Send
from tests.support.smtp_server import Step

REFUSALS = [
    (Step.CONNECT, "554 5.3.2 no service", Failure.REFUSED, Phase.GREETING),
    (Step.CONNECT, "421 4.3.2 shutting down", Failure.TEMPORARY, Phase.GREETING),
    (Step.EHLO, "550 go away", Failure.REFUSED, Phase.HELLO),
    (Step.EHLO, "421 too busy", Failure.TEMPORARY, Phase.HELLO),
    (Step.AUTH, "535 5.7.8 Authentication credentials invalid", Failure.LOGIN_REFUSED, Phase.LOGIN),
    (
        Step.AUTH,
        "550 5.7.30 Basic authentication is not supported for Client Submission.",
        Failure.LOGIN_REFUSED,
        Phase.LOGIN,
    ),
    (Step.AUTH, "534 5.7.9 Application-specific password required", Failure.LOGIN_REFUSED, Phase.LOGIN),
    (Step.AUTH, "454 4.7.0 Temporary authentication failure", Failure.TEMPORARY, Phase.LOGIN),
    (Step.MAIL, "553 5.7.1 Sender address rejected: not owned by user", Failure.SENDER_REFUSED, Phase.SENDER),
    (Step.MAIL, "530 5.7.0 Must log in", Failure.LOGIN_REFUSED, Phase.SENDER),
    (Step.MAIL, "552 5.3.4 Message size exceeds fixed limit", Failure.CONTENT_REFUSED, Phase.SENDER),
    (Step.MAIL, "452 4.3.1 Insufficient system storage", Failure.TEMPORARY, Phase.SENDER),
    (Step.RCPT, "550 5.1.1 User unknown", Failure.RECIPIENT_REFUSED, Phase.RECIPIENT),
    (Step.RCPT, "451 4.7.1 Greylisted, come back later", Failure.TEMPORARY, Phase.RECIPIENT),
    (Step.RCPT, "421 4.7.0 Too many connections", Failure.TEMPORARY, Phase.RECIPIENT),
    (Step.DATA, "554 5.5.1 No valid recipients", Failure.CONTENT_REFUSED, Phase.DATA),
    (Step.DATA, "451 4.3.0 try later", Failure.TEMPORARY, Phase.DATA),
    (Step.DATA, "250 what?", Failure.REFUSED, Phase.DATA),
    (Step.END, "554 5.7.1 Message rejected as spam", Failure.CONTENT_REFUSED, Phase.ANSWER),
    (Step.END, "451 4.3.0 Queue full", Failure.TEMPORARY, Phase.ANSWER),
]


@pytest.mark.parametrize(("step", "words", "failure", "phase"), REFUSALS, ids=lambda value: str(value)[:24])
def test_refusals_keep_the_servers_words(
    smtp_server, send: Send, step: Step, words: str, failure: Failure, phase: Phase
) -> None:
    server = smtp_server(login=LOGIN)
    server.answer(step, words)
    outcome = send(server, recipients=[CUSTOMER, COPY])
    assert (outcome.answer, outcome.failure, outcome.phase) == (words, failure, phase)
    assert outcome.refused == (((CUSTOMER, words),) if step is Step.RCPT else ())
    assert server.mails == []
    if step is not Step.CONNECT:
        assert server.commands[-1] == "QUIT"


def test_wrong_password_and_no_login(smtp_server, send: Send) -> None:
    server = smtp_server(Security.TLS, login=LOGIN)
    wrong = send(server, password="falsch")
    assert (wrong.failure, wrong.answer) == (
        Failure.LOGIN_REFUSED,
        "535 5.7.8 Authentication credentials invalid",
    )
    assert sum(command.startswith("AUTH") for command in server.commands) == 1
    nobody = send(server, account=server.account(user=""))
    assert (nobody.failure, nobody.phase) == (Failure.LOGIN_REFUSED, Phase.SENDER)


@pytest.mark.parametrize("password", [None, ""])
def test_without_a_password_nobody_is_called(smtp_server, send: Send, password: str | None) -> None:
    server = smtp_server(login=LOGIN)
    assert send(server, password=password) == Outcome("", Failure.PASSWORD_MISSING, (), Phase.LOGIN)
    assert server.connections == 0


def test_a_server_without_password_login(smtp_server, send: Send) -> None:
    server = smtp_server(Security.TLS, login=LOGIN)
    server.mechanisms = ()
    outcome = send(server)
    assert (outcome.failure, outcome.phase) == (Failure.LOGIN_REFUSED, Phase.LOGIN)
    assert outcome.answer


def test_greylisted_once_then_accepted(smtp_server, send: Send) -> None:
    server = smtp_server()
    server.answer(Step.RCPT, "451 4.7.1 Greylisted", times=1)
    assert [send(server).failure, send(server).failure] == [Failure.TEMPORARY, None]


def test_a_copy_answered_with_good_bye_is_temporary(smtp_server, send: Send) -> None:
    server = smtp_server()
    server.answer(Step.RCPT, "421 4.4.5 shutting down", only=COPY, hang_up=True)
    assert send(server, recipients=[CUSTOMER, COPY]).failure is Failure.TEMPORARY
    assert server.mails == []


def test_too_large_is_known_before_the_body(smtp_server, send: Send) -> None:
    server = smtp_server(size_limit=1000)
    outcome = send(server)
    assert (outcome.failure, outcome.phase) == (Failure.CONTENT_REFUSED, Phase.SENDER)
    assert outcome.answer.startswith("552 ")


@pytest.mark.parametrize("step", ["drop", "hang", "answer"])
def test_trouble_after_the_250_changes_nothing(smtp_server, send: Send, step: str) -> None:
    server = smtp_server()
    if step == "answer":
        server.answer(Step.QUIT, "500 no")
    else:
        getattr(server, step)(Step.QUIT)
    # Only the server that hangs takes all of it; a busy machine must get as far as the 250.
    assert send(server, timeout=2.0).failure is None
    assert len(server.mails) == 1


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (b"550 Empf\xe4nger unbekannt", "550 Empfänger unbekannt"),
        ("550 Empfänger unbekannt".encode(), "550 Empfänger unbekannt"),
        (b"550-5.1.1 User unknown\r\n550 5.1.1 in this house", "550 5.1.1 User unknown 5.1.1 in this house"),
        (b"550 \x1b[31mred\x07\x00", "550 [31mred"),
        (b"550", "550"),
        (b"550 " + b"x" * 5000, "550 " + "x" * 500),
    ],
)
def test_words_are_readable(smtp_server, send: Send, said: bytes, kept: str) -> None:
    server = smtp_server()
    server.answer(Step.RCPT, said)
    outcome = send(server)
    assert (outcome.answer, outcome.failure) == (kept, Failure.RECIPIENT_REFUSED)
