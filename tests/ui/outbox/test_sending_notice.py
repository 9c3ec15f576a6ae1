from __future__ import annotations

from dataclasses import replace

import pytest

from laverma_desk.services.calls import timekeeping
from laverma_desk.services.mails import delivery, outbox
from laverma_desk.ui.announcing import voice
from laverma_desk.ui.outbox.dispatcher import Dispatcher
from laverma_desk.ui.outbox.sending_notice import SendingNotice
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.notice_bar import NoticeBar
from tests.support.desks import set_mail_account, take_net_away
from tests.support.report_desks import queue
from tests.support.smtp_server import Step


@pytest.fixture
def bar(qtbot):
    made = NoticeBar()
    qtbot.addWidget(made)
    made.resize(900, 32)
    return made


@pytest.fixture
def notice(surroundings, dispatcher, bar, owner):
    made = SendingNotice(surroundings, dispatcher, bar, owner)
    yield made
    made._timer.stop()


@pytest.fixture
def heard():
    """What is said aloud."""
    said = []
    voice.spoke.connect(said.append)
    yield said
    voice.spoke.disconnect(said.append)


def link_of(bar):
    link = bar.findChild(Link)
    return link.text() if not link.isHidden() else ""


def pass_seconds(notice, clock, seconds):
    clock.advance(seconds=seconds)
    notice._on_timer_timeout()


def test_the_seconds_count_down_by_the_clock(server, notice, bar, desk, bohrer, clock):
    notice.follow(queue(desk, bohrer, clock, delay=10))
    assert bar.sentence() == "Bericht geht in 10 s raus."
    assert link_of(bar) == "Zurückholen (F8)"
    pass_seconds(notice, clock, 3.4)
    assert bar.sentence() == "Bericht geht in 7 s raus."
    assert notice.can_take_back()
    pass_seconds(notice, clock, 6.6)
    assert bar.sentence() == "Der Bericht geht jetzt raus."
    assert not notice.can_take_back()


def test_taken_back_in_time_the_session_is_named_and_the_bar_free(
    server, notice, bar, desk, bohrer, clock, qtbot
):
    queued = queue(desk, bohrer, clock, delay=10)
    notice.follow(queued)
    with qtbot.waitSignal(notice.taken_back) as taken:
        notice.take_back()
    assert taken.args == [queued.session_id]
    assert outbox.list_messages(desk) == []
    assert timekeeping.read_session(desk, queued.session_id).report_open
    assert bar.isHidden()


def test_the_link_takes_back_as_the_key_does(server, notice, bar, desk, bohrer, clock, qtbot):
    notice.follow(queue(desk, bohrer, clock, delay=10))
    with qtbot.waitSignal(notice.taken_back):
        bar.findChild(Link).click()


def test_a_mail_that_left_meanwhile_cannot_be_taken_back(server, notice, bar, desk, bohrer, clock, qtbot):
    queued = queue(desk, bohrer, clock, delay=10)
    notice.follow(queued)
    delivery.send_message(desk, queued.message_id)
    with qtbot.assertNotEmitted(notice.taken_back):
        notice.take_back()
    assert bar.sentence() == "Zu spät, der Bericht ist schon unterwegs."


def test_when_it_is_sent_the_bar_says_when_and_goes(
    server, notice, dispatcher, bar, desk, bohrer, clock, qtbot
):
    notice.follow(queue(desk, bohrer, clock, delay=10))
    pass_seconds(notice, clock, 10)
    with qtbot.waitSignal(dispatcher.handed_over):
        dispatcher.start()
    assert bar.sentence() == "Bericht gesendet um 10:34 Uhr."
    pass_seconds(notice, clock, 5)
    assert not bar.isHidden()
    pass_seconds(notice, clock, 2)
    assert bar.isHidden()
    assert not notice._timer.isActive()


def test_what_becomes_of_a_report_is_said_once_and_no_second_of_the_wait(
    server, notice, dispatcher, bar, desk, bohrer, clock, qtbot, heard
):
    notice.follow(queue(desk, bohrer, clock, delay=10))
    for _ in range(12):
        pass_seconds(notice, clock, 1)
    assert heard == ["Bericht geht in 10 s raus. Zurückholen (F8)", "Der Bericht geht jetzt raus."]
    with qtbot.waitSignal(dispatcher.handed_over):
        dispatcher.start()
    server.answer(Step.RCPT, "550 5.1.1 User unknown")
    pass_seconds(notice, clock, 10)
    notice.follow(queue(desk, bohrer, clock))
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.check_now()
    assert heard[2:] == [
        "Bericht gesendet um 10:34 Uhr.",
        "Der Server hat die Adresse abgelehnt: rezeption@zap-bohrer.example. Postausgang",
    ]


def test_a_refusal_names_the_address_and_leads_to_the_outbox(
    server, notice, dispatcher, bar, desk, bohrer, clock, qtbot
):
    server.answer(Step.RCPT, "550 5.1.1 User unknown")
    queued = queue(desk, bohrer, clock)
    notice.follow(queued)
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.start()
    assert bar.sentence() == "Der Server hat die Adresse abgelehnt: rezeption@zap-bohrer.example."
    with qtbot.waitSignal(notice.outbox_wanted) as asked:
        bar.findChild(Link).click()
    assert asked.args == [queued.message_id]


def test_without_a_net_the_report_waits_and_then_the_net_is_named(
    notice, dispatcher, bar, desk, bohrer, clock, qtbot
):
    take_net_away(desk)
    notice.follow(queue(desk, bohrer, clock))
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.start()
    assert bar.sentence() == "Kein Netz. Der Bericht liegt im Postausgang und geht automatisch raus."
    pass_seconds(notice, clock, 31)
    assert bar.sentence() == "Kein Netz. Berichte warten im Postausgang."
    assert link_of(bar) == "Jetzt prüfen"
    with qtbot.waitSignal(dispatcher.failed):
        bar.findChild(Link).click()


def test_the_net_that_is_back_frees_the_bar(smtp_server, notice, dispatcher, bar, desk, bohrer, clock, qtbot):
    take_net_away(desk)
    queue(desk, bohrer, clock)
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.start()
    assert bar.sentence() == "Kein Netz. Berichte warten im Postausgang."
    set_mail_account(desk, smtp_server().port)
    with qtbot.waitSignal(dispatcher.handed_over):
        dispatcher.check_now()
    assert bar.isHidden()


def test_a_broken_line_after_the_data_is_said_at_once(
    server, notice, dispatcher, bar, desk, bohrer, clock, qtbot
):
    server.drop(Step.END)
    notice.follow(queue(desk, bohrer, clock))
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.start()
    assert bar.sentence() == "Verbindung nach den Daten abgebrochen. Nicht noch einmal gesendet."


def test_of_several_the_latest_is_shown_and_taken_back_first(server, notice, bar, desk, bohrer, clock, qtbot):
    first = queue(desk, bohrer, clock, delay=10_000)
    second = queue(desk, bohrer, clock, delay=10)
    notice.follow(first)
    notice.follow(second)
    assert bar.sentence() == "Bericht geht in 10 s raus. (2)"
    with qtbot.waitSignal(notice.taken_back) as taken:
        notice.take_back()
    assert taken.args == [second.session_id]
    assert notice.can_take_back()
    assert "(2)" not in bar.sentence()


def test_news_of_other_mails_do_not_show(server, notice, dispatcher, bar, desk, bohrer, clock, qtbot):
    queue(desk, bohrer, clock)
    with qtbot.waitSignal(dispatcher.handed_over):
        dispatcher.start()
    assert bar.isHidden()


def test_a_demo_says_that_nothing_is_sent(surroundings, desk, bohrer, clock, bar, owner):
    set_mail_account(desk, 2525)
    sample = replace(surroundings, desk=replace(desk, demo=True))
    notice = SendingNotice(sample, Dispatcher(sample, owner), bar, owner)
    notice.follow(queue(desk, bohrer, clock, delay=10))
    assert bar.sentence() == "Beispieldaten: Es wird nichts gesendet."
    assert notice.can_take_back()
    pass_seconds(notice, clock, 11)
    assert bar.isHidden()


def test_cleared_it_follows_nothing(server, notice, bar, desk, bohrer, clock):
    notice.follow(queue(desk, bohrer, clock, delay=10))
    notice.clear()
    assert bar.isHidden()
    assert not notice.can_take_back()


def test_a_mail_that_was_discarded_elsewhere_is_counted_no_further(
    server, notice, bar, desk, bohrer, clock, surroundings
):
    queued = queue(desk, bohrer, clock, delay=10)
    notice.follow(queued)
    surroundings.bus.publish(timekeeping.reopen_session(desk, queued.session_id))
    assert bar.isHidden()
    assert not notice.can_take_back()


def test_bad_news_goes_as_soon_as_the_report_has_gone_after_all(
    server, notice, bar, dispatcher, desk, bohrer, clock, qtbot
):
    server.answer(Step.RCPT, "550 5.1.1 User unknown", only="rezeption", times=1)
    queued = queue(desk, bohrer, clock, delay=0)
    notice.follow(queued)
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.start()
    notice._on_timer_timeout()
    assert bar.sentence().startswith("Der Server hat die Adresse abgelehnt")
    with qtbot.waitSignal(dispatcher.handed_over):
        dispatcher.send_now(queued.message_id, force=True)
    assert bar.sentence().startswith("Bericht gesendet um")


def test_bad_news_goes_with_a_mail_that_is_taken_out(
    server, notice, bar, dispatcher, desk, bohrer, clock, qtbot, surroundings
):
    server.answer(Step.RCPT, "550 5.1.1 User unknown", only="rezeption")
    queued = queue(desk, bohrer, clock, delay=0)
    notice.follow(queued)
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.start()
    assert not bar.isHidden()
    surroundings.bus.publish(outbox.discard(desk, queued.message_id))
    assert bar.isHidden()


def test_bad_news_waits_until_the_seconds_of_another_report_are_over(
    server, notice, bar, dispatcher, desk, bohrer, clock, qtbot
):
    server.answer(Step.RCPT, "550 5.1.1 User unknown", only="rezeption", times=1)
    notice.follow(queue(desk, bohrer, clock, delay=0))
    notice.follow(queue(desk, bohrer, clock, delay=10))
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.start()
    assert bar.sentence() == "Bericht geht in 10 s raus."
    pass_seconds(notice, clock, 11)
    assert bar.sentence().startswith("Der Server hat die Adresse abgelehnt")
    assert link_of(bar) == "Postausgang"
