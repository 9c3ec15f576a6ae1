"""A locked copy opens with its passphrase, in our program and in every other that speaks age; else never."""

from __future__ import annotations

import io
import os
import unicodedata

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.storage import backup_sealing
from laverma_desk.storage.backup_sealing import seal, unseal

PHRASE = "grüne Bäume im März"


@pytest.fixture(autouse=True)
def _little_work(monkeypatch):
    """Guessing is cheap here, so that many files can be locked; what the program takes has its own test."""
    monkeypatch.setattr(backup_sealing, "WORK", 2)


def locked(content, phrase=PHRASE):
    target = io.BytesIO()
    seal(io.BytesIO(content), target, phrase, lambda _: None)
    return target.getvalue()


def opened(content, phrase=PHRASE):
    target = io.BytesIO()
    unseal(io.BytesIO(content), target, phrase, lambda _: None, name="kopie.age")
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131072, 300_000])
def test_every_size_comes_back_here_and_elsewhere(size):
    content = os.urandom(size)
    sealed = locked(content)
    assert opened(sealed) == content
    assert pyrage.passphrase.decrypt(sealed, PHRASE) == content


def test_what_another_program_locked_opens_here():
    content = os.urandom(100_000)
    assert opened(pyrage.passphrase.encrypt(content, PHRASE)) == content


def test_the_program_takes_the_work_of_age_itself(monkeypatch):
    monkeypatch.undo()
    sealed = locked(b"Inhalt")
    assert sealed.splitlines()[1].split()[-1] == b"18"
    assert opened(sealed) == b"Inhalt"


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_another_passphrase_is_wrong(one, other):
    sealed = locked(b"Inhalt", one)
    if unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other):
        assert opened(sealed, other) == b"Inhalt"
        return
    with pytest.raises(RuleBroken) as caught:
        opened(sealed, other)
    assert caught.value.code is Rule.PASSPHRASE_WRONG
    assert caught.value.field == "passphrase"


def test_an_umlaut_is_one_whether_composed_or_not():
    assert opened(locked(b"Inhalt", "gru\u0308n und lang"), "grün und lang") == b"Inhalt"


SAMPLE = b"".join(bytes([n % 251]) * 1000 for n in range(140))


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_a_single_flipped_bit_is_never_taken_for_the_content(data):
    sealed = bytearray(locked(SAMPLE))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((RuleBroken, OutsideTrouble)) as caught:
        opened(bytes(sealed))
    assert caught.value.code in (Rule.PASSPHRASE_WRONG, Trouble.BACKUP_DAMAGED)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_that_was_cut_or_grew_is_damaged(data):
    sealed = locked(SAMPLE)
    cut = data.draw(st.integers(0, len(sealed) - 1))
    with pytest.raises(OutsideTrouble) as caught:
        opened(sealed[:cut])
    assert caught.value.code is Trouble.BACKUP_DAMAGED
    with pytest.raises(OutsideTrouble):
        opened(sealed + data.draw(st.binary(min_size=1, max_size=100)))


def test_chunks_in_another_order_are_damaged():
    sealed = locked(SAMPLE)
    head = sealed.index(b"\n---")
    start = sealed.index(b"\n", head + 1) + 1 + 16
    size = 65536 + 16
    first, second = sealed[start : start + size], sealed[start + size : start + 2 * size]
    with pytest.raises(OutsideTrouble):
        opened(sealed[:start] + second + first + sealed[start + 2 * size :])


def test_a_file_that_asks_for_endless_work_is_refused():
    sealed = locked(b"Inhalt").replace(b" 2\n", b" 60\n", 1)
    with pytest.raises(OutsideTrouble) as caught:
        opened(sealed)
    assert caught.value.code is Trouble.BACKUP_DAMAGED


def test_the_content_does_not_shine_through_and_no_two_files_are_equal():
    sealed = locked(SAMPLE)
    assert SAMPLE[:32] not in sealed
    assert sealed != locked(SAMPLE)
