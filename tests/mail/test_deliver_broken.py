"""Lines that break, hang, trickle, or lead nowhere."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack
from dataclasses import replace

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.mail_outcome import Phase
from laverma_desk.domain.message import Failure, MessageState, state_after
from tests.support.sending import LOGIN, Send
from tests.support.smtp_server import HOST, Step

# More than what the buffers of both sides take before anybody reads.
LARGE = b"Subject: Bericht\r\n\r\n" + (b"x" * 998 + b"\r\n") * 16_000


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
def test_no_answer_before_the_data(
    smtp_server, send_hastily: Send, way: str, step: Step, phase: Phase
) -> None:
    server = smtp_server(Security.STARTTLS, login=LOGIN)
    getattr(server, way)(step)
    begun: list[None] = []
    outcome = send_hastily(server, before_data=lambda: begun.append(None))
    assert (outcome.failure, outcome.phase) == (Failure.NO_ANSWER, phase)
    assert begun == []
    assert state_after(outcome.failure) is MessageState.WAITING
    server.behave()
    assert send_hastily(server, timeout=5.0).failure is None


@pytest.mark.parametrize(
    ("way", "security"),
    [
        ("drop", Security.NONE),
        ("drop", Security.STARTTLS),
        ("drop", Security.TLS),
        ("hang", Security.TLS),
        ("trickle", Security.NONE),
    ],
)
def test_unclear_after_the_last_dot(smtp_server, send_hastily: Send, way: str, security: Security) -> None:
    server = smtp_server(security, login=LOGIN)
    getattr(server, way)(Step.END)
    begun: list[None] = []
    outcome = send_hastily(server, before_data=lambda: begun.append(None))
    assert (outcome.failure, outcome.phase) == (Failure.BROKEN_AFTER_DATA, Phase.ANSWER)
    assert begun == [None]
    assert state_after(outcome.failure) is MessageState.UNCLEAR


def test_nonsense_after_the_last_dot_is_unclear(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(login=LOGIN)
    server.answer(Step.END, "what was that?")
    assert send_hastily(server).failure is Failure.BROKEN_AFTER_DATA


@pytest.mark.parametrize("way", ["hang", "drop"])
@pytest.mark.parametrize("security", [Security.NONE, Security.TLS])
def test_in_the_body_nothing_was_handed_over(
    smtp_server, send_hastily: Send, way: str, security: Security
) -> None:
    server = smtp_server(security, login=LOGIN)
    getattr(server, way)(Step.BODY)
    outcome = send_hastily(server, content=LARGE)
    assert (outcome.failure, outcome.phase) == (Failure.NO_ANSWER, Phase.BODY)


def test_words_before_hanging_up_on_the_body_count(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(login=LOGIN)
    server.answer(Step.BODY, "552 5.3.4 Message too big", hang_up=True)
    outcome = send_hastily(server, content=LARGE)
    assert (outcome.failure, outcome.answer) == (Failure.CONTENT_REFUSED, "552 5.3.4 Message too big")


@pytest.mark.parametrize("security", list(Security))
def test_a_yes_before_the_last_dot_is_no_yes_to_the_mail(
    smtp_server, send_hastily: Send, security: Security
) -> None:
    """Taken for one, a mail would count as handed over of which the server has not seen the end."""
    server = smtp_server(security, login=LOGIN)
    server.answer(Step.DATA, "354 go ahead\r\n250 2.0.0 Ok: queued")
    outcome = send_hastily(server, timeout=5.0)
    assert (outcome.failure, outcome.phase) == (Failure.REFUSED, Phase.BODY)
    assert outcome.answer == "250 2.0.0 Ok: queued"
    assert server.mails == []


def test_a_no_before_the_last_dot_is_believed(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(login=LOGIN)
    server.answer(Step.DATA, "354 go ahead\r\n452 4.3.1 Disk full")
    outcome = send_hastily(server, timeout=5.0)
    assert (outcome.failure, outcome.phase) == (Failure.TEMPORARY, Phase.BODY)


@pytest.mark.parametrize(("security", "words", "failure"), [
    (Security.NONE, "452 4.3.1 Disk full", Failure.TEMPORARY),
    (Security.TLS, "552 5.3.4 Message too big", Failure.CONTENT_REFUSED),
    (Security.STARTTLS, "250 2.0.0 Ok: queued", Failure.REFUSED),
])  # fmt: skip
def test_words_in_the_middle_of_the_text_are_heard_before_the_last_dot(
    smtp_server, send_hastily: Send, security: Security, words: str, failure: Failure
) -> None:
    server = smtp_server(security, login=LOGIN)
    server.answer(Step.BODY, words, reads_on=True)
    outcome = send_hastily(server, content=LARGE, timeout=10.0)
    assert (outcome.failure, outcome.phase, outcome.answer) == (failure, Phase.BODY, words)


@pytest.mark.parametrize("words", ["354 go on", "150 wait", "600 what", "334 UGFzc3dvcmQ6"])
def test_an_answer_of_no_kind_after_the_last_dot_is_unclear(
    smtp_server, send_hastily: Send, words: str
) -> None:
    """It says neither yes nor no: sent once more, the mail might be there twice."""
    server = smtp_server(login=LOGIN)
    server.answer(Step.END, words)
    outcome = send_hastily(server, timeout=5.0)
    assert (outcome.failure, outcome.phase) == (Failure.BROKEN_AFTER_DATA, Phase.ANSWER)
    assert outcome.answer == words


def test_a_large_mail_arrives(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(Security.TLS, login=LOGIN)
    assert send_hastily(server, content=LARGE, timeout=10.0).failure is None
    assert server.mails[0].content == LARGE


def test_a_reply_without_end_is_cut_off(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(login=LOGIN)
    server.answer(Step.EHLO, "250-" + "x" * 70_000)
    assert send_hastily(server, timeout=5.0).failure is Failure.REFUSED
    server.behave()
    server.answer(Step.EHLO, "250-x\r\n" * 20_000 + "250 ok")
    assert send_hastily(server, timeout=5.0).failure is Failure.REFUSED


def test_who_speaks_no_smtp_is_refused_with_its_words(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(login=LOGIN)
    server.answer(Step.CONNECT, "SSH-2.0-OpenSSH_9.2")
    outcome = send_hastily(server)
    assert (outcome.failure, outcome.answer) == (Failure.REFUSED, "SSH-2.0-OpenSSH_9.2")


# --- no network


def test_nobody_listens(smtp_server, send_hastily: Send) -> None:
    with socket.create_server((HOST, 0)) as closed:
        port = closed.getsockname()[1]
    outcome = send_hastily(smtp_server(), account=MailAccount(HOST, port, Security.TLS))
    assert (outcome.failure, outcome.phase) == (Failure.NO_ANSWER, Phase.CONNECT)
    assert outcome.answer


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse where Linux lets callers wait")
def test_nobody_picks_up(smtp_server, send_hastily: Send) -> None:
    with ExitStack() as stack:
        busy = stack.enter_context(socket.create_server((HOST, 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(busy.getsockname())
        account = MailAccount(HOST, busy.getsockname()[1], Security.TLS)
        outcome = send_hastily(smtp_server(), account=account)
    assert (outcome.failure, outcome.phase) == (Failure.NO_ANSWER, Phase.CONNECT)


def test_no_such_host(smtp_server, send_hastily: Send) -> None:
    account = MailAccount("no-such-host.invalid", 465, Security.TLS)
    outcome = send_hastily(smtp_server(), account=account)
    assert (outcome.failure, outcome.phase) == (Failure.NO_NETWORK, Phase.CONNECT)


def test_a_second_address_is_tried(smtp_server, send_hastily: Send) -> None:
    """Where localhost is ::1 first, nobody listens there."""
    server = smtp_server(Security.TLS, login=LOGIN)
    assert send_hastily(server, account=server.account(host="localhost"), timeout=5.0).failure is None


@pytest.mark.parametrize(
    ("host", "port"), [("a..b", 25), ("x" * 64 + ".de", 25), ("nul\0.de", 25), (HOST, 70_000), (HOST, -1)]
)
def test_what_can_be_no_host(smtp_server, send_hastily: Send, host: str, port: int) -> None:
    with pytest.raises(RuleBroken) as broken:
        send_hastily(smtp_server(), account=MailAccount(host, port, Security.TLS))
    assert broken.value.code is Rule.HOST_INVALID


def test_no_account(smtp_server, send_hastily: Send) -> None:
    with pytest.raises(RuleBroken) as broken:
        send_hastily(smtp_server(), account=MailAccount())
    assert broken.value.code is Rule.MAIL_ACCOUNT_MISSING


# --- called off


def test_called_off_before_anything_was_said(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(login=LOGIN)
    outcome = send_hastily(server, cancelled=lambda: True)
    assert (outcome.failure, outcome.phase) == (Failure.CANCELLED, Phase.CONNECT)
    assert (server.commands, server.mails) == ([], [])


def test_called_off_while_waiting(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(login=LOGIN)
    server.hang(Step.RCPT)
    outcome = send_hastily(
        server, cancelled=lambda: any("RCPT" in one for one in server.commands), timeout=60.0
    )
    assert (outcome.failure, outcome.phase) == (Failure.CANCELLED, Phase.RECIPIENT)
    assert state_after(outcome.failure) is MessageState.WAITING


def test_called_off_at_the_last_moment(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(login=LOGIN)
    begun: list[None] = []
    outcome = send_hastily(
        server,
        cancelled=lambda: "DATA" in server.commands,
        before_data=lambda: begun.append(None),
        timeout=5.0,
    )
    assert (outcome.failure, outcome.phase, begun) == (Failure.CANCELLED, Phase.DATA, [])
    assert server.mails == []


def test_too_late_to_call_off(smtp_server, send_hastily: Send) -> None:
    server = smtp_server(login=LOGIN)
    begun: list[None] = []
    outcome = send_hastily(
        server, before_data=lambda: begun.append(None), cancelled=lambda: bool(begun), timeout=5.0
    )
    assert outcome.failure is None
    assert len(server.mails) == 1


def test_accounts_with_another_port_only_differ_there(smtp_server, send_hastily: Send) -> None:
    first, second = smtp_server(login=LOGIN), smtp_server(login=LOGIN)
    send_hastily(first, account=replace(first.account(), port=second.port), timeout=5.0)
    assert (len(first.mails), len(second.mails)) == (0, 1)
