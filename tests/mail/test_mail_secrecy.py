"""A planted password, looked for in everything that a conversation leaves behind."""

from __future__ import annotations

import base64
import logging
import traceback
from collections.abc import Callable

import pytest

from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.mail.probe import check_account
from laverma_desk.mail.smtp import deliver
from tests.support.certificates import Certificates, Paper
from tests.support.smtp_server import MailServer, Step

USER = "anna"
# With umlauts, because an encoding error would quote it.
SECRET = "Geheim-Größe-4711"
CODED = base64.b64encode(SECRET.encode()).decode()
BOTH_CODED = base64.b64encode(f"\0{USER}\0{SECRET}".encode()).decode()
FORMS = (SECRET, SECRET[:7], repr(SECRET.encode())[2:-1], CODED, BOTH_CODED, BOTH_CODED[:16])


class BrokenOffError(Exception):
    """What the caller's own code raises in the middle."""


def fail() -> None:
    raise BrokenOffError


def answered(step: Step, words: str | bytes) -> Callable[[MailServer], None]:
    return lambda server: server.answer(step, words)


def hanging(step: Step) -> Callable[[MailServer], None]:
    return lambda server: server.hang(step)


def dropped(step: Step) -> Callable[[MailServer], None]:
    return lambda server: server.drop(step)


def without(keyword: str) -> Callable[[MailServer], None]:
    return lambda server: server.hidden.add(keyword)


def only_login(server: MailServer) -> None:
    server.mechanisms = ("LOGIN",)
    server.answer(Step.AUTH, f"334 VXNlcm5hbWU6\r\n334 UGFzc3dvcmQ6\r\n535 5.7.8 not {CODED}")


WAYS = [
    *[answered(step, "554 5.0.0 no") for step in Step if step is not Step.BODY],
    *[answered(step, "421 4.0.0 later") for step in Step if step is not Step.BODY],
    *[hanging(step) for step in (Step.CONNECT, Step.AUTH, Step.END)],
    *[dropped(step) for step in Step],
    answered(Step.AUTH, f"535 5.7.8 no login for {USER} with {SECRET}"),
    answered(Step.AUTH, f"500 5.5.1 unknown command {CODED}"),
    answered(Step.AUTH, f"500 5.5.1 unknown command AUTH PLAIN {BOTH_CODED}"),
    answered(Step.AUTH, f"500 5.5.1 unknown command AUTH PLAIN {BOTH_CODED[:-5]}"),
    answered(Step.AUTH, f"500 5.5.1 {BOTH_CODED[:16]}... is too long"),
    answered(Step.AUTH, SECRET),
    answered(Step.AUTH, f"535 {'x' * 495}{SECRET}"),
    answered(Step.AUTH, f"535 {SECRET}".encode() + b" l\xe4uft nicht"),
    answered(Step.EHLO, "nonsense"),
    only_login,
    without("STARTTLS"),
    without("AUTH"),
]


@pytest.mark.parametrize("way", WAYS, ids=range(len(WAYS)))
def test_no_password_in_what_is_left_behind(
    smtp_server, certificates: Certificates, caplog, capfd, way: Callable[[MailServer], None]
) -> None:
    server = smtp_server(Security.STARTTLS, login=(USER, SECRET))
    way(server)
    with caplog.at_level(logging.DEBUG):
        context = certificates.client_context()
        outcomes = [
            deliver(
                server.account(),
                SECRET,
                "info@laverma.example",
                ["a@praxis.example"],
                b"Subject: x\r\n\r\nText\r\n",
                before_data=lambda: None,
                timeout=0.3,
                context=context,
            ),
            check_account(server.account(), SECRET, timeout=0.3, context=context),
        ]
    own = [record for record in caplog.records if not record.name.startswith("mail.")]  # mail.*: aiosmtpd
    written = f"{outcomes!r} {outcomes} {own} {capfd.readouterr()}"
    assert not [form for form in FORMS if form in written]


def test_no_password_in_the_outcome_of_bad_certificates(smtp_server, certificates: Certificates) -> None:
    server = smtp_server(Security.TLS, login=(USER, SECRET), paper=Paper.EXPIRED)
    outcome = check_account(server.account(), SECRET, context=certificates.client_context())
    assert not [form for form in FORMS if form in repr(outcome)]
    assert server.commands == []


def test_no_password_in_what_is_raised(smtp_server) -> None:
    server = smtp_server(login=(USER, SECRET))
    mail = ("info@laverma.example", ["a@praxis.example"], b"x\r\n")
    attempts: list[Callable[[], object]] = [
        lambda: deliver(server.account(), SECRET, *mail, before_data=fail),
        lambda: deliver(server.account(host="a..b"), SECRET, *mail, before_data=fail),
        lambda: deliver(server.account(host="192.0.2.1"), SECRET, *mail, before_data=fail),
        lambda: deliver(server.account(), SECRET, "a\nb", ["a@praxis.example"], b"x\r\n", before_data=fail),
        lambda: check_account(MailAccount(user=USER), SECRET),
    ]
    for attempt in attempts:
        with pytest.raises(Exception) as raised:
            attempt()
        told = "".join(traceback.format_exception(raised.value)) + repr(raised.value)
        assert not [form for form in FORMS if form in told]


def test_a_half_character_in_a_password_is_only_a_wrong_password(smtp_server) -> None:
    """The keyring gives back what was stored; encoding must not raise, since that would quote it."""
    server = smtp_server(login=(USER, SECRET))
    outcome = check_account(server.account(), f"{SECRET}\ud800")
    assert outcome.failure is not None
    assert not [form for form in FORMS if form in repr(outcome)]
