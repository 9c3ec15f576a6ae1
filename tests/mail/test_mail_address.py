from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.errors import Rule, RuleBroken, Trouble
from laverma_desk.mail.address import check_address, has_control_characters, wire_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("rezeption@praxis-weiss.example", "rezeption@praxis-weiss.example"),
        ("  Anna.Krueger@Praxis-Krueger.DE\t", "Anna.Krueger@praxis-krueger.de"),
        ("\u00a0info@laverma.example", "info@laverma.example"),
        ("post@MÜLLER.de", "post@müller.de"),
        ("post@xn--mller-kva.de", "post@müller.de"),
        ("jörg@praxis.example", "jörg@praxis.example"),
        ("jo\u0308rg@praxis.example", "jörg@praxis.example"),
        ("a+b_c-d'e@sub.firma.co.uk", "a+b_c-d'e@sub.firma.co.uk"),
        ("kunde@firma.test", "kunde@firma.test"),
    ],
)
def test_normalises(typed: str, kept: str) -> None:
    assert check_address(typed) == kept
    assert check_address(kept) == kept


@pytest.mark.parametrize("typed", ["rezeption@praxis-krueger", "a@b", "a@test", "root@localhost", "a@müller"])
def test_missing_ending_is_named(typed: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_address(typed)
    assert broken.value.code is Rule.EMAIL_WITHOUT_ENDING
    assert broken.value.field == "email"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "rezeption",
        "@praxis.de",
        "rezeption@",
        "a@@b.de",
        "a b@c.de",
        "a@b..de",
        "a@.de",
        "a@-b.de",
        "a@b_c.de",
        "a@b.de, c@d.de",
        "Anna <a@b.de>",
        '"a b"@c.de',
        "a@[127.0.0.1]",
        "a@1.2.3.4",
        ".a@b.de",
        "a..b@c.de",
        "a@b.local",
        "a@b.invalid",
        "a@b.de\r\nBcc: c@d.de",
        "a@b.de\n",
        "a\0@b.de",
        "a@b.de\u2028",
        "\ud800@b.de",
        "a@\udfff.de",
        "a" * 65 + "@b.de",
        "a@" + "b" * 64 + ".de",
        "a@" + "b." * 150 + "de",
        "x" * 1_000_000,
    ],
)
def test_everything_else_is_invalid(typed: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_address(typed, field="recipient")
    assert broken.value.code is Rule.EMAIL_INVALID
    assert broken.value.field == "recipient"


def answer(typed: str) -> tuple[str | None, Rule | Trouble | None]:
    try:
        return check_address(typed), None
    except RuleBroken as broken:
        return None, broken.code


@given(st.one_of(st.text(max_size=80), st.tuples(st.text(max_size=20), st.text(max_size=40)).map("@".join)))
def test_never_raises_anything_else(typed: str) -> None:
    kept, code = answer(typed)
    if kept is None:
        assert code in {Rule.EMAIL_INVALID, Rule.EMAIL_WITHOUT_ENDING}
    else:
        assert not has_control_characters(kept)
        assert check_address(kept) == kept
        wire = wire_address(kept)
        assert wire.rpartition("@")[2].isascii()
        assert not set(wire) & set("<> \t")


@given(st.emails(domains=st.sampled_from(["praxis.example", "laverma.de"])))
def test_takes_what_hypothesis_calls_an_address(address: str) -> None:
    """All but those whose local part is longer than 64 octets (RFC 5321 4.5.3.1.1)."""
    kept, _ = answer(address)
    assert kept is None if len(address.rpartition("@")[0]) > 64 else kept is not None


def test_servers_read_the_domain_in_ascii() -> None:
    assert wire_address("post@Müller.de") == "post@xn--mller-kva.de"
    assert wire_address("jörg@müller.de") == "jörg@xn--mller-kva.de"
