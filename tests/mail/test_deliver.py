from __future__ import annotations

from datetime import UTC, datetime

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import Security
from laverma_desk.domain.mail_outcome import Outcome, Phase
from laverma_desk.domain.message import Failure, Letter
from laverma_desk.mail.compose import compose
from tests.support.sending import CONTENT, COPY, CUSTOMER, LOGIN, SENDER, Send
from tests.support.smtp_server import Step


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


@pytest.mark.parametrize("evil", ["a@b.de>\r\nRCPT TO:<c@d.de", "a@b.example\n", "a\0@b.example", "a b"])
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
