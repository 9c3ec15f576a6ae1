from __future__ import annotations

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.mail_outcome import Outcome, Phase
from laverma_desk.domain.message import Failure
from laverma_desk.mail.probe import check_account
from tests.support.certificates import Certificates, Paper
from tests.support.smtp_server import Step

LOGIN = ("anna", "Sesam-4711")


@pytest.mark.parametrize("security", list(Security))
def test_says_that_all_is_well_and_sends_nothing(
    smtp_server, certificates: Certificates, security: Security
) -> None:
    server = smtp_server(security, login=LOGIN)
    outcome = check_account(server.account(), LOGIN[1], context=certificates.client_context())
    assert outcome == Outcome("235 2.7.0 Authentication successful", None, (), Phase.FINISHED)
    assert server.commands[-2:] == ["NOOP", "QUIT"]
    assert server.mails == []
    assert not any(command.startswith(("MAIL", "RCPT")) for command in server.commands)


def test_without_login(smtp_server) -> None:
    server = smtp_server()
    assert check_account(server.account(), None) == Outcome("250 OK", None, (), Phase.FINISHED)


@pytest.mark.parametrize(
    ("step", "words", "failure", "phase"),
    [
        (Step.CONNECT, "421 4.3.2 later", Failure.TEMPORARY, Phase.GREETING),
        (Step.AUTH, "535 5.7.8 Authentication credentials invalid", Failure.LOGIN_REFUSED, Phase.LOGIN),
        (Step.NOOP, "502 5.5.1 no", Failure.REFUSED, Phase.CHECK),
    ],
)
def test_says_what_is_wrong(smtp_server, step: Step, words: str, failure: Failure, phase: Phase) -> None:
    server = smtp_server(login=LOGIN)
    server.answer(step, words)
    assert check_account(server.account(), LOGIN[1]) == Outcome(words, failure, (), phase)


def test_wrong_certificate_and_no_password(smtp_server, certificates: Certificates) -> None:
    server = smtp_server(Security.TLS, login=LOGIN, paper=Paper.WRONG_NAME)
    outcome = check_account(server.account(), LOGIN[1], context=certificates.client_context())
    assert outcome.failure is Failure.CERTIFICATE
    assert "127.0.0.1" in outcome.answer
    assert check_account(server.account(), None).failure is Failure.PASSWORD_MISSING


def test_hanging_server(smtp_server) -> None:
    server = smtp_server(login=LOGIN)
    server.hang(Step.NOOP)
    outcome = check_account(server.account(), LOGIN[1], timeout=2.0)
    assert (outcome.failure, outcome.phase) == (Failure.NO_ANSWER, Phase.CHECK)


def test_unencrypted_only_to_this_machine() -> None:
    with pytest.raises(RuleBroken) as broken:
        check_account(MailAccount("192.0.2.1", 25, Security.NONE, "anna"), "x")
    assert broken.value.code is Rule.PLAIN_TEXT_REFUSED
