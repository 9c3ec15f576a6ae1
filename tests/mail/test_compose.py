from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import Attachment, Letter
from laverma_desk.mail.address import has_control_characters
from laverma_desk.mail.compose import compose, draft, new_message_id

NOON = datetime(2026, 3, 28, 11, 34, 10, tzinfo=UTC)
ID = "<0123456789abcdef@laverma.example>"
PDF = Attachment("Fernwartung Praxis Dr. Weiß – Übergabe.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40)
LETTER = Letter(
    sender="info@laverma.example",
    sender_name="Laverma IT, Inh. Jörg Läßig",
    recipient="rezeption@praxis-weiss.example",
    subject="Fernwartung am 28.03.2026: Drucker für Müller & Söhne wieder da – 29,25 €",
    body="Guten Tag,\n\nanbei der Bericht über 12 Minuten.\n.\nViele Grüße\n",
    attachments=(PDF,),
    bcc="kopie@laverma.example",
)

header_text = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=200)
written = st.text(st.characters(blacklist_categories=("Cs",)), max_size=2000)


def read(content: bytes) -> EmailMessage:
    parsed = message_from_bytes(content, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    return parsed


def shown_name(content: bytes) -> str:
    """The sender's name by Python's older reader: the newer one puts blanks between encoded words."""
    raw = message_from_bytes(content, policy=policy.compat32)["From"]
    return str(make_header(decode_header(parseaddr(raw.replace("\r\n", ""))[0])))


def lines(text: str) -> list[str]:
    """Lines as a mail knows them: CR, LF and CRLF all end one."""
    return re.split(r"\r\n|\r|\n", text.rstrip("\r\n"))


def assert_wire(content: bytes) -> None:
    assert content.isascii()
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 998


def test_reads_back_as_it_was_written() -> None:
    content = compose(LETTER, at=NOON, message_id=ID)
    assert_wire(content)
    mail = read(content)
    sender = mail["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == (LETTER.sender_name, LETTER.sender)
    assert [one.addr_spec for one in mail["To"].addresses] == [LETTER.recipient]
    assert mail["Subject"] == LETTER.subject
    assert mail["Message-ID"] == ID
    body = mail.get_body()
    assert body is not None
    assert body.get_content_type() == "text/plain"
    assert body.get_content_charset() == "utf-8"
    assert lines(body.get_content()) == lines(LETTER.body)
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == PDF.name
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == PDF.content


def test_umlauts_travel_as_rfc_2047_and_2231() -> None:
    content = compose(LETTER, at=NOON, message_id=ID)
    assert b"Subject: =?utf-8?" in content
    assert b"filename*" in content
    assert b"utf-8''Fernwartung%20Praxis%20Dr.%20Wei%C3%9F" in content


def test_same_letter_same_bytes() -> None:
    assert compose(LETTER, at=NOON, message_id=ID) == compose(LETTER, at=NOON, message_id=ID)
    assert compose(LETTER, at=NOON, message_id=ID) != compose(LETTER, at=NOON, message_id=f"<x{ID[1:]}")
    assert draft(LETTER) == draft(LETTER)


def test_copy_stays_out_of_the_headers() -> None:
    content = compose(LETTER, at=NOON, message_id=ID)
    assert b"kopie" not in content
    assert read(content)["Bcc"] is None


@pytest.mark.parametrize(
    ("at", "written_date"),
    [
        (datetime(2026, 3, 28, 11, 34, 10, tzinfo=UTC), "Sat, 28 Mar 2026 12:34:10 +0100"),
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), "Sun, 29 Mar 2026 01:59:59 +0100"),
        (datetime(2026, 3, 29, 1, 0, 0, tzinfo=UTC), "Sun, 29 Mar 2026 03:00:00 +0200"),
        (datetime(2026, 10, 25, 0, 30, 0, tzinfo=UTC), "Sun, 25 Oct 2026 02:30:00 +0200"),
        (datetime(2026, 10, 25, 1, 30, 0, tzinfo=UTC), "Sun, 25 Oct 2026 02:30:00 +0100"),
    ],
)
def test_date_is_the_houses_time(at: datetime, written_date: str) -> None:
    assert f"Date: {written_date}\r\n".encode() in compose(LETTER, at=at, message_id=ID)


def test_naive_time_is_a_bug() -> None:
    with pytest.raises(ValueError):
        compose(LETTER, at=NOON.replace(tzinfo=None), message_id=ID)


@pytest.mark.parametrize(
    "evil", ["\r\nBcc: all@victim.example", "a\nb", "a\rb", "a\0b", "a\x1bb", "a\u2028b"]
)
@pytest.mark.parametrize("field", ["sender", "sender_name", "recipient", "subject", "attachment"])
def test_header_injection_is_refused(field: str, evil: str) -> None:
    values = {name: getattr(LETTER, name) for name in LETTER.__dataclass_fields__}
    if field == "attachment":
        values["attachments"] = (Attachment(f"{evil}.pdf", b""),)
    else:
        values[field] = values[field] + evil
    letter = Letter(**values)
    with pytest.raises(RuleBroken) as broken:
        compose(letter, at=NOON, message_id=ID)
    assert broken.value.field == field
    assert broken.value.code in {Rule.EMAIL_INVALID, Rule.TEXT_INVALID}
    if not field.startswith("sender"):  # a draft has no sender
        with pytest.raises(RuleBroken):
            draft(letter)


@pytest.mark.parametrize(
    "identity", ["", "plain", "<no-at>", "<a@b>\r\nX: y", "<a@b\r\nX: y>", "<a b@c>", "<<a@b>>", "<ä@b>"]
)
def test_broken_message_id_is_a_bug(identity: str) -> None:
    with pytest.raises(ValueError):
        compose(LETTER, at=NOON, message_id=identity)


def test_message_ids_differ_and_tell_nothing_about_the_machine() -> None:
    ids = {new_message_id("laverma.example") for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch(r"<[0-9a-f]{32}@laverma\.example>", one) for one in ids)
    assert new_message_id("müller.example").endswith("@xn--mller-kva.example>")
    with pytest.raises(RuleBroken):
        new_message_id("a\r\nb.example")


def test_umlaut_domain_travels_in_ascii() -> None:
    letter = Letter("info@laverma.example", "", "post@müller.example", "Bericht", "Text")
    content = compose(letter, at=NOON, message_id=ID)
    assert b"To: post@xn--mller-kva.example\r\n" in content
    assert b"From: info@laverma.example\r\n" in content


def test_plain_names_are_quoted() -> None:
    letter = Letter(
        "info@laverma.example", 'IT "Laverma" <Berlin>, a\\b', "a@b.example", "=?utf-8?q?B=C3=B6se?=", "Text"
    )
    content = compose(letter, at=NOON, message_id=ID)
    assert b'From: "IT \\"Laverma\\" <Berlin>, a\\\\b"\r\n <info@laverma.example>\r\n' in content
    assert read(content)["From"].addresses[0].display_name == letter.sender_name
    assert read(content)["Subject"] == "=?utf-8?q?B=C3=B6se?="


def test_umlaut_before_the_at_makes_utf8_headers() -> None:
    letter = Letter("info@laverma.example", "Jörg", "jörg@praxis.example", "Für Jörg", "Text")
    content = compose(letter, at=NOON, message_id=ID)
    assert "To: jörg@praxis.example\r\n".encode() in content
    assert read(content)["Subject"] == "Für Jörg"


def test_draft_is_unsent_and_without_identity() -> None:
    content = draft(LETTER)
    assert_wire(content)
    mail = read(content)
    assert mail["X-Unsent"] == "1"
    assert [mail[name] for name in ("From", "Date", "Message-ID", "Bcc")] == [None] * 4
    assert mail["To"] == LETTER.recipient
    assert mail["Subject"] == LETTER.subject
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == PDF.content


def test_a_body_that_quotes_the_boundary_ends_nothing() -> None:
    boundary = read(compose(LETTER, at=NOON, message_id=ID)).get_boundary()
    body = f"--{boundary}\n\nfremd\n--{boundary}--\n"
    mail = read(compose(replace(LETTER, body=body), at=NOON, message_id=ID))
    assert mail.get_boundary() == boundary
    part = mail.get_body()
    assert part is not None
    assert lines(part.get_content()) == lines(body)
    assert len(list(mail.iter_attachments())) == 1


def test_long_notes_emoji_and_arabic() -> None:
    body = "Drucker 🖨️ geprüft, مرحبا بالعالم.\n" * 1500 + "x" * 5000
    letter = Letter("a@laverma.example", "", "b@praxis.example", "🖨️ " * 60, body)
    content = compose(letter, at=NOON, message_id=ID)
    assert_wire(content)
    mail = read(content)
    assert lines(mail.get_content()) == lines(body)
    assert mail["Subject"] == letter.subject.strip()


def test_half_characters_in_the_body_become_question_marks() -> None:
    letter = Letter("a@laverma.example", "", "b@praxis.example", "x", "halb \ud83d Zeichen")
    assert lines(read(compose(letter, at=NOON, message_id=ID)).get_content()) == ["halb ? Zeichen"]


@given(
    name=header_text,
    subject=header_text,
    body=written,
    file_name=header_text,
    content=st.binary(max_size=500),
)
def test_any_text_survives(name: str, subject: str, body: str, file_name: str, content: bytes) -> None:
    letter = Letter(
        "a@laverma.example", name, "b@praxis.example", subject, body, (Attachment(file_name or "x", content),)
    )
    sent = compose(letter, at=NOON, message_id=ID)
    assert_wire(sent)
    assert_wire(draft(letter))
    mail = read(sent)
    assert sorted(mail.keys()) == sorted(
        ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    )
    assert mail["From"].addresses[0].addr_spec == "a@laverma.example"
    assert shown_name(sent) == " ".join(name.split())
    assert mail["Subject"] == subject.strip()
    part = mail.get_body()
    assert part is not None
    assert lines(part.get_content()) == lines(body)
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == content
    assert attached.get_filename().strip() == (file_name or "x").strip()


@given(text=st.text(max_size=60), field=st.sampled_from(["sender", "sender_name", "recipient", "subject"]))
def test_whatever_is_typed_adds_no_header(text: str, field: str) -> None:
    values = {name: getattr(LETTER, name) for name in LETTER.__dataclass_fields__} | {field: text}
    try:
        content = compose(Letter(**values), at=NOON, message_id=ID)
    except RuleBroken:
        return
    assert not has_control_characters(text.strip(" \t"))
    head = content.partition(b"\r\n\r\n")[0]
    names = re.findall(rb"(?m)^([!-9;-~]+):", head)
    assert sorted(names) == sorted(
        [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"MIME-Version", b"Content-Type"]
    )
