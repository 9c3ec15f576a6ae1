from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from laverma_desk.domain.message import UNCLEAR_FAILURES, Attempt, Failure, Message, MessageKind, MessageState
from laverma_desk.ui.outbox.choosing import Action, Filter, choose, count_in, filled_action
from laverma_desk.ui.outbox.detail_words import blocked_actions
from laverma_desk.ui.outbox.words import (
    SETTINGS_PAGES,
    Remedy,
    answer_of,
    aside_of,
    kind_of,
    look_of,
    meaning_of,
    state_line,
    task_of,
    time_of,
    title_of,
)

NOON = datetime(2022, 3, 1, 11, 0, tzinfo=UTC)
MAIL = Message(
    1, MessageKind.REPORT, 1, "Praxis Dr. Weiß", "Klaus Klassen", "bericht@laverma.example",
    "empfang@dr-weiss.example", "", "Bericht zur Fernwartung", "Bericht.pdf", 2048,
    MessageState.WAITING, NOON, NOON,
)  # fmt: skip


def failed(failure, answer=""):
    return replace(MAIL, state=MessageState.FAILED, attempts=(Attempt(NOON, answer, failure),))


def test_open_mails_stand_first_the_oldest_on_top_and_sent_ones_the_newest():
    mails = [
        replace(MAIL, id=number, state=state, created_at=NOON + timedelta(minutes=number))
        for number, state in enumerate(
            (
                MessageState.HANDED_OVER,
                MessageState.WAITING,
                MessageState.FAILED,
                MessageState.HANDED_OVER,
                MessageState.SENDING,
                MessageState.UNCLEAR,
                MessageState.FAILED,
            )
        )
    ]
    assert [one.id for one in choose(mails, Filter.ALL, "")] == [2, 6, 5, 4, 1, 3, 0]
    assert count_in(mails, Filter.WAITING) == 2
    assert count_in(mails, Filter.FAILED) == 3


@pytest.mark.parametrize(
    ("words", "found"), [("weiss", True), ("WEIß bericht", True), ("empfang@dr", True), ("bohrer", False)]
)
def test_the_search_forgives_spelling_and_wants_every_word(words, found):
    assert bool(choose([MAIL], Filter.ALL, words)) is found


@pytest.mark.parametrize("failure", sorted(set(Failure) - UNCLEAR_FAILURES))
def test_every_failure_has_a_sentence_a_meaning_and_a_next_step(failure):
    mail = failed(failure)
    task = task_of(mail)
    assert task is not None
    assert task.sentence.endswith(".")
    assert meaning_of(mail, 0)
    assert answer_of(mail.attempts[0])
    assert (task.remedy is Remedy.NONE) == (task.link == "")
    assert (filled_action(mail) is None) == (task.remedy in SETTINGS_PAGES)


@pytest.mark.parametrize("state", list(MessageState))
def test_every_state_has_its_own_icon_and_word(state):
    look = look_of(state)
    others = [look_of(one) for one in MessageState if one is not state]
    assert look.icon not in {one.icon for one in others}
    assert look.words not in {one.words for one in others}


def test_a_mail_that_never_was_tried_says_when_it_leaves():
    assert aside_of(MAIL) == "geht um 12:00 Uhr raus"
    assert state_line(MAIL) == "wartet"


def test_the_enhanced_code_is_left_out_of_the_row_and_kept_in_the_list():
    mail = failed(Failure.RECIPIENT_REFUSED, "550 5.1.1 User unknown")
    assert aside_of(mail) == "550 User unknown"
    assert answer_of(mail.attempts[0]) == "550 5.1.1 User unknown"


def test_the_systems_own_words_give_way_to_ours():
    attempt = Attempt(NOON, "Connection refused", Failure.NO_NETWORK)
    assert answer_of(attempt) == "kein Netz"
    assert (
        answer_of(Attempt(NOON, "certificate has expired", Failure.CERTIFICATE)) == "certificate has expired"
    )


def test_the_pauses_grow_and_begin_anew_after_a_refusal():
    tries = [Failure.NO_NETWORK] * 5 + [Failure.RECIPIENT_REFUSED, Failure.NO_ANSWER]
    mail = replace(MAIL, attempts=tuple(Attempt(NOON, "", one) for one in tries))
    minutes = [meaning_of(mail, place).rsplit("nach ")[-1] for place in (0, 1, 2, 3, 4, 6)]
    assert minutes == [f"{one}\u00a0Min" for one in (1, 5, 10, 30, 30, 1)]


def test_a_close_day_is_short_and_a_far_one_whole():
    assert time_of(NOON, NOON) == "12:00"
    assert time_of(NOON, NOON + timedelta(days=4)) == "01.03. 12:00"
    assert time_of(NOON, NOON + timedelta(days=400)) == "01.03.2022"


def test_the_guide_has_its_own_words():
    guide = replace(MAIL, kind=MessageKind.GUIDE)
    assert (kind_of(guide), title_of(guide)) == ("Leitfaden", "Telefonleitfaden an Praxis Dr. Weiß")


def test_what_happened_to_an_interrupted_mail_is_said():
    mail = replace(MAIL, state=MessageState.UNCLEAR, attempts=(Attempt(NOON, "", Failure.INTERRUPTED),))
    assert task_of(mail).sentence == "Das Programm wurde beim Senden beendet."
    assert set(blocked_actions(mail, demo=True)) == {Action.SEND, Action.READDRESS}


def test_an_agreement_template_is_called_one():
    mail = replace(MAIL, kind=MessageKind.AGREEMENT, session_id=None)
    assert kind_of(mail) == "AVV-Vorlage"
    assert title_of(mail) == "AVV-Vorlage an Praxis Dr. Weiß"
