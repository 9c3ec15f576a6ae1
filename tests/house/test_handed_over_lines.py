"""What is said to an open window comes from anywhere: a caller is heard, and nothing else."""

from __future__ import annotations

from hypothesis import assume, example, given
from hypothesis import strategies as st

from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.telephone import CallerId, read_caller
from laverma_desk.handing_over import LONGEST_MESSAGE, RAISE, call_message, read_call


@given(st.text("+0123456789*#abcXYZ@.:-/() ;?", max_size=90))
def test_who_was_read_arrives_as_the_same(written):
    try:
        caller = read_caller(written)
    except RuleBroken:
        assume(False)
    message = call_message(caller)
    assert message.count(b"\n") == 1
    assert len(message) <= LONGEST_MESSAGE
    assert read_call(message) == caller


@given(st.binary(max_size=200) | st.binary(max_size=90).map(lambda said: b"call " + said + b"\n"))
@example(RAISE)
@example(b"call \n")
@example(b"call +49\nraise\n")
@example(b"call " + b"0" * 5000 + b"\n")
def test_nothing_that_is_said_fails(said):
    heard = read_call(said)
    assert heard is None or isinstance(heard, CallerId)
    if heard is not None:
        assert said.startswith(b"call ")
        assert heard.text.isascii()
        assert heard.text.isprintable()


def test_what_is_longer_than_a_message_is_not_looked_at():
    assert read_call(b"call " + b"%30" * 24 + b"\n").text == "0" * 24
    assert read_call(b"call " + b"%30" * 26 + b"\n") is None
