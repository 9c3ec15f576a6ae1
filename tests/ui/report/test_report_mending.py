from __future__ import annotations

from email import message_from_bytes, policy

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.support_session import GapDecision
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.mails import outbox
from laverma_desk.services.setup import house, house_mail
from laverma_desk.ui.announcing import voice
from tests.support.report_desks import end_session
from tests.support.report_page import ALT, CTRL, SHIFT, add_gap, mail_of, press


def test_missing_notes_are_written_here_and_reach_mail_and_paper(page, desk, bohrer, clock, qtbot):
    number = end_session(desk, bohrer, clock, notes="")
    panel = page.bring(number, RuleBroken(Rule.NOTES_MISSING, field="notes"))
    assert panel.needs.notes.hasFocus()
    assert panel.needs.notes_field.error() == "Noch keine Notiz. Der Bericht braucht mindestens eine Zeile."
    QTest.keyClicks(panel.needs.notes, "Drucker eingerichtet")
    with qtbot.waitSignal(page.report_queued) as queued:
        press(page, Qt.Key.Key_Return, CTRL)
    assert timekeeping.read_session(desk, number).notes == "Drucker eingerichtet"
    assert "Drucker eingerichtet" in mail_of(desk, queued.args[0].message_id).get_body().get_content()


def test_notes_are_saved_two_seconds_after_typing_and_when_left(page, desk, bohrer, clock, qtbot):
    number = end_session(desk, bohrer, clock, notes="")
    needs = page.bring(number).needs
    QTest.keyClicks(needs.notes, "Eins")
    assert needs._unsaved.interval() == 2000
    assert needs._unsaved.isActive()
    needs._unsaved.timeout.emit()
    assert timekeeping.read_session(desk, number).notes == "Eins"
    assert needs.notes_field.error() == ""
    assert needs.notes_field.hint() == "Gespeichert 10:34"
    QTest.keyClicks(needs.notes, " zwei")
    page.leave()
    saved = timekeeping.read_session(desk, number)
    assert (saved.notes, saved.internal_note) == ("Eins zwei", "Chef fragt nach dem Angebot")
    qtbot.waitUntil(lambda: not page._preparation.read.running)


def test_alt_n_opens_notes_that_are_there(page, desk, bohrer, clock, qtbot):
    number = end_session(desk, bohrer, clock)
    panel = page.bring(number)
    press(page, Qt.Key.Key_N, ALT)
    assert panel.needs.notes.hasFocus()
    QTest.keyClicks(panel.needs.notes, ", fertig")
    before = page._preparation.mail.pdf
    press(page, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not page._preparation.read.running)
    assert panel.form.body.text().count("Erläuterung der Neuerungen, fertig") == 1
    assert page._preparation.mail.pdf != before


def test_the_missing_reason_is_chosen_here(page, desk, bohrer, clock, qtbot):
    number = end_session(desk, bohrer, clock)
    call_sheet.save_billing(desk, number, billable=False, free_reason_id=None)
    panel = page.bring(number, RuleBroken(Rule.FREE_WITHOUT_REASON, field="free_reason"))
    assert panel.needs.reason.hasFocus()
    assert "Grund wählen" in panel.needs.reason_field.error()
    page.send()
    qtbot.waitUntil(lambda: page._busy is None)
    assert outbox.list_messages(desk) == []
    QTest.keyClicks(panel.needs.reason, "Kulanz")
    panel.needs.reason.activated.emit(panel.needs.reason.currentIndex())
    assert timekeeping.read_session(desk, number).free_reason == "Kulanz"
    assert panel.needs.reason_field.error() == ""
    assert "kostenlos, Kulanz" in panel.summary.accessibleName()
    with qtbot.waitSignal(page.report_queued):
        page.send()


def test_what_keeps_the_report_here_is_said_aloud_at_each_try(page, desk, bohrer, clock, qtbot):
    number = end_session(desk, bohrer, clock)
    add_gap(desk, clock, number)
    page.bring(number)
    for _ in range(2):
        with qtbot.waitSignal(voice.spoke) as said:
            press(page, Qt.Key.Key_Return, CTRL)
        assert said.args == ["Zuerst über die Zeitlücke entscheiden: behalten, abziehen oder teilen."]


def test_an_open_gap_is_asked_about_and_the_answer_changes_the_paper(page, desk, bohrer, clock, qtbot):
    number = end_session(desk, bohrer, clock)
    add_gap(desk, clock, number)
    panel = page.bring(number, RuleBroken(Rule.GAP_OPEN, field="gap"))
    assert panel.gap_bar.isVisible()
    assert panel.form.body.hasFocus()
    assert panel.needs.sentence().startswith("Zuerst über die Zeitlücke entscheiden")
    page.send()
    qtbot.waitUntil(lambda: page._busy is None)
    assert outbox.list_messages(desk) == []
    press(page, Qt.Key.Key_Z, ALT)
    assert not panel.gap_bar.isVisible()
    assert panel.needs.sentence() == ""
    assert timekeeping.read_session(desk, number).gaps[0].decision is GapDecision.DEDUCT
    assert "00:07:22" in panel.summary.accessibleName()
    qtbot.waitUntil(lambda: not page._preparation.read.running)
    with qtbot.waitSignal(page.report_queued):
        page.send()


def test_a_split_leaves_two_reports(page, desk, bohrer, clock, qtbot):
    number = end_session(desk, bohrer, clock)
    add_gap(desk, clock, number)
    page.bring(number)
    press(page, Qt.Key.Key_T, ALT)
    qtbot.waitUntil(lambda: not page._preparation.read.running)
    assert [one.charge.seconds for one in timekeeping.strip_sessions(desk)] == [262, 180]
    assert "00:04:22" in page.panel.summary.accessibleName()


def test_without_an_account_only_a_draft_can_leave(page, desk, bohrer, clock, qtbot, opened_files):
    house_mail.save_mail_account(desk, MailAccount(), None)
    number = end_session(desk, bohrer, clock)
    panel = page.bring(number)
    assert panel.sending_blocked()
    assert "E-Mail-Konto" in panel.needs.sentence()
    press(page, Qt.Key.Key_Return, CTRL)
    press(page, Qt.Key.Key_Return)
    assert page.heard.names == [("settings", "mail")]
    press(page, Qt.Key.Key_E, ALT)
    qtbot.waitUntil(lambda: bool(opened_files))
    assert page.heard.names[-1] == ("finished", number)
    assert not timekeeping.read_session(desk, number).report_open
    draft = message_from_bytes(opened_files[0].read_bytes(), policy=policy.default)
    assert draft["X-Unsent"] == "1"
    assert draft["Subject"] == "Bericht zur Fernwartung vom 01.03.2022, PC Rezeption"


def test_an_account_that_comes_later_unlocks_the_button(page, desk, bohrer, clock, surroundings, qtbot):
    account = house.read_house(desk).mail
    house_mail.save_mail_account(desk, MailAccount(), None)
    panel = page.bring(end_session(desk, bohrer, clock))
    surroundings.bus.publish(house_mail.save_mail_account(desk, account, None))
    assert not panel.sending_blocked()
    assert panel.needs.sentence() == ""
    qtbot.waitUntil(lambda: not page._preparation.read.running)


def test_where_no_mail_program_opens_the_draft_is_named_and_the_report_stays(
    page, desk, bohrer, clock, qtbot
):
    number = end_session(desk, bohrer, clock)
    panel = page.bring(number)
    page.open_draft()
    qtbot.waitUntil(lambda: bool(panel.needs.sentence()))
    assert str(desk.data.drafts) in panel.needs.sentence()
    assert timekeeping.read_session(desk, number).report_open
    assert page.heard.names == []


def test_a_report_can_be_left_out(page, desk, bohrer, clock):
    number = end_session(desk, bohrer, clock)
    page.bring(number)
    press(page, Qt.Key.Key_E, CTRL | SHIFT)
    assert page.heard.names == [("finished", number)]
    assert not timekeeping.read_session(desk, number).report_open


def test_the_chip_opens_the_paper_and_the_arrow_saves_it(
    page, desk, bohrer, clock, qtbot, opened_files, tmp_path
):
    panel = page.bring(end_session(desk, bohrer, clock))
    panel.form.attachment.click()
    assert opened_files[0].read_bytes() == page._preparation.mail.pdf
    panel.preview._download.click()
    dialog = page.shell.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path / "kopie.pdf"))
    dialog.reject()
    assert (tmp_path / "kopie.pdf").read_bytes() == page._preparation.mail.pdf
    assert panel.needs.sentence() == "Gespeichert als kopie.pdf."
    page._paper._files.chosen.emit(tmp_path / "fehlt" / "kopie.pdf")
    assert "kopie.pdf" in panel.needs.sentence()
    assert "nicht" in panel.needs.sentence()
