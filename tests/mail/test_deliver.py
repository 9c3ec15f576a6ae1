from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from support.certificates import Certificates
from support.smtp_server import MailServer, Step

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import Security
from laverma_desk.domain.message import Attachment, Failure, Letter
from laverma_desk.mail.compose import compose
from laverma_desk.mail.outcome import Outcome, Phase
from laverma_desk.mail.smtp import deliver

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


@pytest.mark.parametrize("security", list(Security))
@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_arrives_byte_for_byte(smtp_server, send: Send, security: Security, mechanism: str) -> None:
    server = smtp_server(security, login=LOGIN)
    server.mechanisms = (mechanism,)
    outcome = send(server)
    assert outcome == Outcome("250 2.0.0 Ok: queued as 4XyZ", None, (), Phase.FINISHED)
    (mail,) = server.mails
    assert mail.content == CONTENT
    assert (mail.sender, mail.recipients, mail.user) == (SENDER, (CUSTOMER,), LOGIN[0])
    assert mail.encrypted is (security is not Security.NONE)
    assert mail.message["Subject"] == "Fernwartung – Übergabe"
    assert mail.message.get_body().get_content().split() == [".", "..Punkte", "."]
    assert [part.get_filename() for part in mail.message.iter_attachments()] == ["Weiß.pdf"]
    assert f"AUTH {mechanism}" in " ".join(server.commands)


def test_says_good_bye_and_tells_nothing_about_the_machine(smtp_server, send: Send) -> None:
    server = smtp_server()
    send(server)
    assert server.mails[0].hello == "[127.0.0.1]"
    assert server.commands[-1] == "QUIT"


def test_needs_no_8bitmime_and_no_smtputf8(smtp_server, send: Send) -> None:
    server = smtp_server()
    send(server, recipients=["post@müller.example"])
    assert server.mails[0].recipients == ("post@xn--mller-kva.example",)
    assert server.mails[0].options == (f"SIZE={len(CONTENT)}",)


def test_nothing_secret_before_encryption(smtp_server, send: Send) -> None:
    server = smtp_server(Security.STARTTLS, login=LOGIN)
    send(server)
    assert server.commands[:3] == ["EHLO [127.0.0.1]", "STARTTLS", "EHLO [127.0.0.1]"]


def test_copies_are_in_the_envelope_once(smtp_server, send: Send) -> None:
    server = smtp_server()
    send(server, recipients=[CUSTOMER, COPY, CUSTOMER])
    assert server.mails[0].recipients == (CUSTOMER, COPY)


@pytest.mark.parametrize("words", ["550 5.1.1 User unknown", "451 4.7.1 later"])
def test_a_refused_copy_alone_is_no_failure(smtp_server, send: Send, words: str) -> None:
    server = smtp_server()
    server.answer(Step.RCPT, words, only=COPY)
    outcome = send(server, recipients=[CUSTOMER, COPY])
    assert outcome.failure is None
    assert outcome.refused == ((COPY, words),)
    assert server.mails[0].recipients == (CUSTOMER,)


def test_before_data_runs_once_right_before_the_body(smtp_server, send: Send) -> None:
    server = smtp_server()
    seen: list[tuple[str, int]] = []
    send(server, before_data=lambda: seen.append((server.commands[-1], len(server.mails))))
    assert seen == [("DATA", 0)]


def test_no_mail_where_before_data_fails(smtp_server, send: Send) -> None:
    server = smtp_server()

    def fail() -> None:
        raise OSError(28, "disk full")

    def break_down() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        send(server, before_data=break_down)
    with pytest.raises(OSError, match="disk full"):
        send(server, before_data=fail)
    send(server)
    assert len(server.mails) == 1
    assert server.connections == 3


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
    assert send(server, timeout=0.3).failure is None
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


def utf8_content(recipient: str, sender: str = SENDER) -> bytes:
    letter = Letter(sender, "", recipient, "Bericht", "Text")
    return compose(letter, at=datetime(2026, 3, 28, tzinfo=UTC), message_id="<1@laverma.example>")


def test_umlauts_before_the_at_use_smtputf8(smtp_server, send: Send) -> None:
    server = smtp_server()
    recipient = "jörg@praxis.example"
    assert send(server, recipients=[recipient], content=utf8_content(recipient)).failure is None
    assert server.mails[0].recipients == (recipient,)
    assert {"SMTPUTF8", "BODY=8BITMIME"} <= set(server.mails[0].options)


def test_umlauts_before_the_at_need_smtputf8(smtp_server, send: Send) -> None:
    server = smtp_server()
    server.hidden = {"SMTPUTF8"}
    recipient = "jörg@praxis.example"
    outcome = send(server, recipients=[recipient], content=utf8_content(recipient))
    assert (outcome.failure, outcome.phase) == (Failure.RECIPIENT_REFUSED, Phase.RECIPIENT)
    assert outcome.answer
    assert outcome.refused == ((recipient, outcome.answer),)
    outcome = send(server, sender=recipient, content=utf8_content(CUSTOMER, recipient))
    assert (outcome.failure, outcome.phase) == (Failure.SENDER_REFUSED, Phase.SENDER)
    outcome = send(server, recipients=[CUSTOMER, recipient])
    assert outcome.failure is None
    assert [address for address, _ in outcome.refused] == [recipient]
    assert [mail.recipients for mail in server.mails] == [(CUSTOMER,)]


@pytest.mark.parametrize(
    "evil", ["a@b.example>\r\nRCPT TO:<c@d.example", "a@b.example\n", "a\0@b.example", "a b"]
)
def test_no_command_is_injected(smtp_server, send: Send, evil: str) -> None:
    server = smtp_server()
    for changes in ({"sender": evil}, {"recipients": [evil]}, {"recipients": [CUSTOMER, evil]}):
        with pytest.raises(RuleBroken) as broken:
            send(server, **changes)
        assert broken.value.code is Rule.EMAIL_INVALID
    assert server.connections == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"recipients": []},
        {"content": b"Subject: x\n\nbare\n"},
        {"content": b"Subject: x\r\n\r\nsmuggled\n.\r\nMAIL FROM:<x@y.example>\r\n"},
        {"content": b"Subject: x\r\n\r\nbare\rreturn\r\n"},
        {"content": b"no end of line"},
    ],
)
def test_what_compose_did_not_make_is_a_bug(smtp_server, send: Send, changes: dict[str, object]) -> None:
    server = smtp_server()
    with pytest.raises(ValueError):
        send(server, **changes)
    assert server.connections == 0
