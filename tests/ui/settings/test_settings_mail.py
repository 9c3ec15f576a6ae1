"""The mail account: tried on a real server, saved, and its password nowhere but in the keyring."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.explain import explain
from laverma_desk.mail.secret import SERVICE, account_key
from laverma_desk.services.setup import house_mail
from laverma_desk.services.setup.house import read_house
from tests.support.certificates import Paper
from tests.support.smtp_server import Step

USER, PASSWORD = "bericht@laverma.example", "Sesam-4711-öffne"
WRONG = "Falsch-4711"


@pytest.fixture
def mail(make_hand, keyed_desk):
    return make_hand(keyed_desk).open("mail")


def fill(hand, server, password=PASSWORD):
    hand.type("sender_name", "Laverma, Klaus Klassen").type("sender", USER)
    hand.type("host", "127.0.0.1")
    hand.form.field("security").choose(server.security)
    hand.type("port", str(server.port)).type("user", USER)
    return hand.type("password", password) if password else hand


def test_the_way_from_a_missing_password_ends_in_its_field(mail):
    mail.controller.open_page("company")
    mail.controller.open_page("mail/password")
    mail.controller.activate()
    assert mail.form.field("password").hasFocus()
    mail.controller.activate()
    assert not mail.form.field("password").hasFocus(), "the next time the page begins at its beginning"


def run_trial(hand):
    hand.click(hand.form.test.button)
    hand.settle()
    return hand.form.test


@pytest.mark.parametrize("security", list(Security))
def test_a_working_account_is_said_to_work_with_the_time(mail, smtp_server, security):
    server = smtp_server(security, login=(USER, PASSWORD))
    row = run_trial(fill(mail, server))
    assert row.sentence() == "Verbindung steht, geprüft 01.03.2022 10:22 Uhr"
    assert server.mails == []
    assert read_house(mail.desk).mail.host == "", "trying saves nothing"
    mail.type("host", "localhost")
    assert row.sentence() == "", "something else is typed now"


def test_a_refused_login_is_said_with_the_words_of_the_server(mail, smtp_server):
    server = smtp_server(Security.STARTTLS, login=(USER, PASSWORD))
    row = run_trial(fill(mail, server, WRONG))
    assert row.sentence() == "Anmeldung am Mailserver fehlgeschlagen. Benutzername und Kennwort prüfen."
    assert row.answer().startswith("535")
    assert not row.button.is_blocked()


def test_a_wrong_certificate_is_said(mail, smtp_server):
    server = smtp_server(Security.TLS, login=(USER, PASSWORD), paper=Paper.WRONG_NAME)
    row = run_trial(fill(mail, server))
    assert row.sentence() == "Das Zertifikat des Servers ist ungültig. Namen prüfen."
    assert PASSWORD not in " ".join(server.commands)


def test_a_server_that_is_not_there_is_said(mail, smtp_server):
    server = smtp_server(Security.STARTTLS, login=(USER, PASSWORD))
    fill(mail, server)
    server.stop()
    server.stop = lambda: None
    row = run_trial(mail)
    assert row.sentence() == "Der Server antwortet nicht. Name, Port und Verschlüsselung prüfen."


def test_a_hanging_server_can_be_left(mail, smtp_server, qtbot):
    server = smtp_server(Security.STARTTLS, login=(USER, PASSWORD))
    server.hang(Step.EHLO)
    fill(mail, server)
    row = mail.form.test
    row.button.setFocus()
    QTest.keyClick(row.button, Qt.Key.Key_Space)
    assert row.button.label() == "Prüft …"
    assert row.cancel.isVisible()
    assert QApplication.focusWidget() is row.cancel
    qtbot.waitUntil(lambda: server.commands != [])
    QTest.keyClick(row.cancel, Qt.Key.Key_Space)
    assert row.sentence() == "Abgebrochen."
    assert row.button.label() == "Verbindung testen"
    assert QApplication.focusWidget() is row.button
    mail.settle()
    assert row.sentence() == "Abgebrochen.", "the late answer is not shown"
    server.behave()
    assert run_trial(mail).sentence().startswith("Verbindung steht")


def test_leaving_the_page_stops_a_trial(mail, smtp_server):
    server = smtp_server(Security.STARTTLS, login=(USER, PASSWORD))
    server.hang(Step.EHLO)
    fill(mail, server)
    mail.click(mail.form.test.button)
    mail.controller.leave()
    assert not mail.controller.section("mail").trial.running
    mail.settle()


def test_what_is_wrong_is_shown_before_anything_is_tried(mail):
    row = mail.form.test
    run_trial(mail)
    assert mail.form.error("host") == explain(RuleBroken(Rule.TEXT_MISSING))
    mail.type("sender", USER).type("host", "smtp.laverma.example")
    mail.form.field("security").choose(Security.NONE)
    run_trial(mail)
    assert mail.form.error("security") == explain(RuleBroken(Rule.PLAIN_TEXT_REFUSED))
    assert row.sentence() == ""


def test_the_account_is_kept_and_the_password_only_in_the_keyring(mail, smtp_server, keyring_in_memory):
    server = smtp_server(Security.STARTTLS, login=(USER, PASSWORD))
    fill(mail, server).tick("always_preview").save()
    account = read_house(mail.desk).mail
    assert account == server.account(
        user=USER, sender=USER, sender_name="Laverma, Klaus Klassen", always_preview=True
    )
    assert keyring_in_memory.stored == {(SERVICE, account_key(account)): PASSWORD}
    assert mail.controller.changes() == 0
    assert mail.form.text("password") == ""
    assert mail.form.password.is_kept_shown()
    assert "Anmeldespeicher Ihres Betriebssystems" in mail.form.password_sentence()
    assert run_trial(mail).sentence().startswith("Verbindung steht"), "the kept password is used"


def test_the_password_is_in_no_file(mail, smtp_server, tmp_path, machine_file):
    server = smtp_server(Security.STARTTLS, login=(USER, PASSWORD))
    fill(mail, server)
    run_trial(mail)
    mail.save()
    mail.open("look")
    mail.click(mail.panel.page("look").form.field("theme")._parts[2])
    assert machine_file.is_file()
    mail.desk.close()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(file.name == "desk.sqlite3" for file in files)
    for file in files:
        content = file.read_bytes()
        for form in (PASSWORD.encode(), PASSWORD.encode("utf-16-le"), b"Sesam-4711"):
            assert form not in content, file


def test_a_password_goes_along_when_only_the_port_changes(mail, keyring_in_memory):
    account = MailAccount(host="smtp.laverma.example", user=USER, sender=USER)
    mail.surroundings.bus.publish(house_mail.save_mail_account(mail.desk, account, PASSWORD))
    mail.settle()
    assert mail.form.password.is_kept_shown()
    mail.form.field("security").setFocus()
    QTest.keyClick(mail.form.field("security"), Qt.Key.Key_Down)
    assert mail.form.text("port") == "465", "the usual port follows the encryption"
    assert not mail.form.password.is_kept_shown()
    mail.save()
    moved = replace(account, port=465, security=Security.TLS)
    assert keyring_in_memory.stored == {(SERVICE, account_key(moved)): PASSWORD}
    assert mail.form.password.is_kept_shown()
    mail.type("host", "smtp.anderswo.example").save()
    assert not mail.form.password.is_kept_shown(), "no other server gets this password"


def test_a_password_alone_is_a_change(mail, keyring_in_memory):
    account = MailAccount(host="smtp.laverma.example", user=USER, sender=USER)
    mail.surroundings.bus.publish(house_mail.save_mail_account(mail.desk, account, None))
    mail.settle()
    assert not mail.form.password.is_kept_shown()
    mail.type("password", PASSWORD)
    assert mail.bar.words() == "1 Änderung nicht gespeichert"
    mail.save()
    assert list(keyring_in_memory.stored.values()) == [PASSWORD]
    assert mail.form.password.is_kept_shown()


def test_a_locked_keyring_saves_nothing_and_says_so(mail, keyring_in_memory):
    before = read_house(mail.desk).mail
    keyring_in_memory.locked = True
    mail.type("sender", USER).type("host", "smtp.laverma.example").type("user", USER).type(
        "password", "geheim"
    )
    mail.save()
    assert read_house(mail.desk).mail == before
    assert mail.bar.words() == explain(OutsideTrouble(Trouble.KEYRING_REFUSED))
    assert mail.form.text("password") == "geheim"
    assert mail.controller.changes() == 4
    keyring_in_memory.locked = False
    mail.save()
    assert mail.controller.changes() == 0


def test_without_a_keyring_the_program_says_how_long_a_password_lasts(hand):
    hand.open("mail")
    assert hand.form.password_sentence() == (
        "Dieses System hat keinen Anmeldespeicher. Das Kennwort gilt nur, bis das Programm endet."
    )


@pytest.mark.parametrize(
    ("address", "host", "port", "security", "note"),
    [
        ("praxis@gmail.com", "smtp.gmail.com", "465", Security.TLS, "App-Kennwort"),
        ("klaus@outlook.de", "smtp-mail.outlook.com", "587", Security.STARTTLS, "keine Anmeldung"),
        ("laverma@posteo.de", "posteo.de", "465", Security.TLS, ""),
    ],
)
def test_a_known_provider_fills_the_empty_server(mail, address, host, port, security, note):
    mail.type("sender", address).leave_field()
    values = mail.form.values()
    assert (values["host"], values["port"], values["security"], values["user"]) == (
        host,
        port,
        security,
        address,
    )
    assert note in mail.form.provider_note()
    assert bool(mail.form.provider_note()) == bool(note)


def test_a_typed_server_is_never_run_over(mail):
    mail.type("host", "smtp.laverma.example").type("sender", "praxis@gmail.com").leave_field()
    assert mail.form.text("host") == "smtp.laverma.example"
    mail.type("sender", "info@laverma.example").leave_field()
    assert mail.form.provider_note() == ""


def test_the_eye_shows_what_is_typed_and_nothing_else(mail):
    field = mail.form.password
    mail.type("password", "geheim")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    mail.click(field._eye)
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    assert field._eye.accessibleName() == "Kennwort verbergen"
    mail.click(field._eye)
    assert field.echoMode() is QLineEdit.EchoMode.Password


def test_the_sample_data_try_and_keep_no_password(make_hand, desk):
    hand = make_hand(replace(desk, demo=True)).open("mail")
    assert hand.form.test.button.is_blocked()
    hand.controller.section("mail").trial.start()
    assert not hand.controller.section("mail").trial.running
    assert not hand.form.password.isEnabled()
