"""Who may do what is decided on the server: past the program nobody may more, and with it each may enough."""

from __future__ import annotations

from datetime import date
from functools import partial
from types import SimpleNamespace

import psycopg
import pytest
from psycopg import errors

from laverma_desk.domain.company import Company
from laverma_desk.domain.customer import Channel
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.rights import ALL_RIGHTS, Right
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services import presence
from laverma_desk.services.calls import call_sheet, handing_over, timekeeping, vigilance
from laverma_desk.services.calls.interruptions import read_clocks
from laverma_desk.services.customers import changing
from laverma_desk.services.customers.forms import ContactDraft, MasterDraft, TermsDraft, WorkstationDraft
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.invoicing import drafts, payments
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.services.invoicing.issuing import issue_invoice, issue_open
from laverma_desk.services.mails import outbox
from laverma_desk.services.mails.queueing import queue_report
from laverma_desk.services.privacy.erasure import erase
from laverma_desk.services.rights import rights_at
from laverma_desk.services.server_login import refuse_strangers
from laverma_desk.services.server_people import change_rights, prepare_server, remove_supporter, seats
from laverma_desk.services.setup import house
from laverma_desk.storage import erasing, sending
from tests.support.desks import add_bohrer, add_customer, lay_out, memory_secrets, set_mail_account
from tests.support.invoice_houses import COMPANY, add_practice, add_sessions
from tests.support.prepared_servers import PreparedServer
from tests.support.servers import shared_server
from tests.support.session_steps import machine_of

TODAY = date(2022, 3, 1)
LOGINS = {"calls": Right.CALLS, "billing": Right.BILLING, "house": Right.HOUSE}


def _fill(desk):
    lay_out(desk)
    house.save_company(desk, COMPANY)
    set_mail_account(desk, 25)


@pytest.fixture
def server(tmp_path):
    prepared = PreparedServer(tmp_path, _fill)
    for name, right in LOGINS.items():
        prepared.add(f"Wer {name} darf", name, right)
    yield prepared
    prepared.close()


@pytest.fixture
def billed(server):
    """A practice with a session on an invoice, and one more that is open."""
    owner = server.desk()
    place = add_practice(owner)
    first, second = add_sessions(owner, place, 600, 900)
    invoice = issue_open(owner, DraftWish(place.customer_id, (first,)), TODAY).value
    return SimpleNamespace(place=place, invoice=invoice, session=first, open=second)


BEYOND = {
    "calls": (
        "INSERT INTO invoice SELECT * FROM invoice",
        "DELETE FROM invoice",
        "UPDATE invoice SET gross_cents = 1",
        "UPDATE session SET invoice_number = NULL",
        "UPDATE session SET invoice_number = 'RE-1' WHERE invoice_number IS NULL",
        "INSERT INTO payment SELECT * FROM payment",
        "INSERT INTO reminder SELECT * FROM reminder",
        "INSERT INTO invoice_draft (customer_id, until) VALUES (1, '2022-01-01')",
        "UPDATE number_range SET last = 900 WHERE kind = 'invoice'",
        "DELETE FROM number_range",
        "INSERT INTO number_range (kind, year, last) VALUES ('invoice', 2031, 7)",
        "UPDATE setting SET value = '{}' WHERE key = 'company'",
        "DELETE FROM setting WHERE key = 'company'",
        "INSERT INTO setting (key, value) VALUES ('mine', '{}')",
        "INSERT INTO tariff SELECT * FROM tariff",
        "UPDATE vat_rate SET rate = 0",
        "UPDATE supporter SET name = 'Ich'",
        "UPDATE supporter SET role = current_user",
        "UPDATE customer SET merged_into = id",
        "UPDATE customer SET restricted_at = now()",
        "UPDATE customer SET erased_at = now()",
        "UPDATE customer SET on_site_cents = 1",
        "UPDATE customer SET debtor_account = 10000",
        "INSERT INTO customer_tariff (customer_id, valid_from) SELECT id, '2022-01-01' FROM customer",
        "INSERT INTO message SELECT * FROM message WHERE kind = 'invoice'",
        "UPDATE document SET content = ''",
        "DELETE FROM session_change",
    ),
    "billing": (
        "UPDATE session SET notes = 'anders'",
        "UPDATE session SET state = 'running'",
        "INSERT INTO session SELECT * FROM session",
        "DELETE FROM segment",
        "UPDATE invoice SET gross_cents = 1",
        "DELETE FROM invoice",
        "DELETE FROM payment",
        "UPDATE number_range SET last = 900 WHERE kind = 'session'",
        "DELETE FROM setting WHERE key = 'invoice'",
        "UPDATE setting SET value = '{}' WHERE key = 'company'",
        "UPDATE tariff SET price_cents = 1",
        "UPDATE supporter SET role = current_user",
        "UPDATE customer SET merged_into = id",
        "UPDATE customer SET erased_at = now()",
        "DELETE FROM customer",
        "UPDATE document SET content = ''",
    ),
    "house": (
        "INSERT INTO invoice SELECT * FROM invoice",
        "DELETE FROM invoice",
        "UPDATE session SET invoice_number = NULL",
        "INSERT INTO payment SELECT * FROM payment",
        "INSERT INTO invoice_draft (customer_id, until) VALUES (1, '2022-01-01')",
        "UPDATE number_range SET last = 900",
        "DELETE FROM session",
        "DELETE FROM segment",
        "UPDATE supporter SET role = current_user",
        "INSERT INTO supporter (name, role) VALUES ('Ich', current_user)",
        "DELETE FROM setting_change",
        "UPDATE setting_change SET new = ''",
    ),
}
NOBODY = (
    "TRUNCATE session CASCADE",
    "DROP TABLE session",
    "ALTER TABLE session DISABLE TRIGGER ALL",
    "DROP TRIGGER session_no_delete ON session",
    "CREATE TABLE mine (id integer)",
    "CREATE TEMP TABLE mine (id integer)",
    "CREATE FUNCTION public.laverma_may(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "CREATE OR REPLACE FUNCTION laverma_may(wanted text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "ALTER TABLE setting DISABLE ROW LEVEL SECURITY",
    "SET session_replication_role = replica",
    "CREATE ROLE mine",
    "DELETE FROM alembic_version",
)


@pytest.mark.parametrize("who", LOGINS)
def test_past_the_program_nobody_may_more(server, billed, who):
    for one in (*BEYOND[who], *NOBODY):
        try:
            touched = server.ask(who, one)
        except errors.InsufficientPrivilege:
            continue
        assert touched == [0], f"{who} could say: {one}"


@pytest.mark.parametrize("who", LOGINS)
def test_nobody_gives_rights_to_themselves(server, who):
    for group in ("calls", "billing", "house"):
        if group != who:
            with pytest.raises(errors.InsufficientPrivilege):
                server.ask(who, f"GRANT {server.name}_{group} TO {server.login(who)}")
            with pytest.raises(errors.InsufficientPrivilege):
                server.ask(who, f"SET ROLE {server.name}_{group}")


def test_the_statements_are_ones_that_the_owner_may_say(server, billed):
    """Else a typing error would look like a refusal."""
    for one in (
        "UPDATE session SET notes = notes",
        "UPDATE tariff SET price_cents = 1",
        "DELETE FROM setting",
    ):
        assert server.ask("", one) != [0]


@pytest.mark.parametrize("who", LOGINS)
def test_each_login_knows_what_it_may(server, who):
    assert rights_at(server.desk(who)).given == {LOGINS[who]}
    assert rights_at(server.desk()) == ALL_RIGHTS


@pytest.mark.parametrize("who", LOGINS)
def test_a_window_begins_for_everybody(server, who):
    desk = server.desk(who)
    house.prepare_new_desk(desk)
    vigilance.recover(desk)
    vigilance.beat(desk, read_clocks(desk))
    assert house.read_house(desk).supporter_name == f"Wer {who} darf"
    refuse_strangers(desk, server.address(who))


def test_calls_are_enough_for_a_call_from_the_first_word_to_the_report(server):
    desk = server.desk("calls")
    made = changing.create_record(
        desk,
        MasterDraft(name="Praxis Neu", email_report="praxis@neu.example"),
        ContactDraft(name="Frau Neu"),
        WorkstationDraft(name="PC"),
    ).value
    with_gate = {"exception_reason": "Notfall", "exception_by": "Klaus Klassen"}
    session = timekeeping.start_session(desk, machine_of(desk, made.id), **with_gate).value
    call_sheet.save_notes(desk, session.id, "Drucker", "intern")
    call_sheet.save_order(desk, session.id, "Frau Neu", Channel.PHONE)
    desk.clock.advance(minutes=3)
    timekeeping.pause_session(desk, session.id)
    desk.clock.advance(minutes=1)
    timekeeping.resume_session(desk, session.id)
    desk.clock.advance(minutes=3)
    timekeeping.end_session(desk, session.id)
    queued = queue_report(desk, session.id).value
    assert timekeeping.read_session(desk, session.id).supporter_name == "Wer calls darf"
    assert queued.recipient == "praxis@neu.example"
    changing.archive_customer(desk, made.id, archived=True)


def test_billing_is_enough_from_the_draft_to_the_cancellation(server, billed):
    desk = server.desk("billing")
    draft = drafts.create_drafts(desk, [DraftWish(billed.place.customer_id, (billed.open,))], TODAY).value
    issued = issue_invoice(desk, draft[0]).value
    payments.add_payment(desk, issued.row.id, 100, TODAY)
    cancelled = cancel_invoice(desk, issued.row.id, "Falsch").value
    assert cancelled.row.number.startswith("ST-")
    changing.save_terms(desk, billed.place.customer_id, TermsDraft(payment_days="7"))


def test_the_house_is_enough_for_settings_and_data_protection(server):
    owner = server.desk()
    kept = add_bohrer(owner).customer_id
    other = add_customer(owner, "10030", "ZAP Bohrer", "PC")
    desk = server.desk("house")
    house.save_company(desk, Company(name="Andere GmbH"))
    house.save_tariff(desk, Tariff(date(2022, 1, 1), price_cents=300))
    house.save_snippets(desk, [("Neu", "gestartet")])
    house.save_supporter(desk, "Neue Kraft", "neu@laverma.example")
    merge(desk, kept, other, {}, "Doppelt")
    erase(desk, kept, "10017", "Verlangen vom 01.03.2022")


REFUSED = {
    ("calls", "issue"): lambda desk, b: issue_open(desk, DraftWish(b.place.customer_id, (b.open,)), TODAY),
    ("calls", "cancel"): lambda desk, b: cancel_invoice(desk, b.invoice.row.id, "Falsch"),
    ("calls", "pay"): lambda desk, b: payments.add_payment(desk, b.invoice.row.id, 100, TODAY),
    ("calls", "settings"): lambda desk, _b: house.save_company(desk, Company(name="Meine")),
    ("calls", "prices"): lambda desk, b: changing.save_terms(
        desk, b.place.customer_id, TermsDraft(payment_days="7")
    ),
    ("billing", "call"): lambda desk, b: timekeeping.start_session(
        desk, b.place.id, exception_reason="Notfall", exception_by="Ich"
    ),
    ("billing", "settings"): lambda desk, _b: house.save_tariff(desk, Tariff(date(2023, 1, 1))),
    ("house", "issue"): lambda desk, b: issue_open(desk, DraftWish(b.place.customer_id, (b.open,)), TODAY),
    ("house", "cancel"): lambda desk, b: cancel_invoice(desk, b.invoice.row.id, "Falsch"),
}


@pytest.mark.parametrize(("who", "what"), REFUSED)
def test_what_a_login_may_not_is_said_plainly_and_leaves_nothing(server, billed, who, what):
    with pytest.raises(OutsideTrouble) as refused:
        REFUSED[who, what](server.desk(who), billed)
    assert refused.value.code is Trouble.SERVER_RIGHT_MISSING


@pytest.fixture
def mails(server):
    """A report, row 1, and an invoice, row 2, of which neither is sent."""
    _say(
        server,
        "",
        "INSERT INTO document (kind, name, mime_type, content, sha256, created_at) "
        "VALUES ('mail', 'mail.eml', 'message/rfc822', 'x', encode(sha256('x'), 'hex'), now())",
        "INSERT INTO message (kind, sender, recipient, subject, body, content_id, state, created_at, due_at) "
        "SELECT two.kind, 'a', 'b', 's', 'b', max(id), 'failed', now(), now() "
        "FROM document, (VALUES (1, 'report'), (2, 'invoice')) AS two (place, kind) "
        "GROUP BY place, two.kind ORDER BY place",
    )
    owner = server.desk()
    return {one.kind.value: one.id for one in outbox.list_messages(owner)}


MAILS_BEYOND = (
    ("calls", "UPDATE message SET kind = 'invoice'"),
    ("calls", "UPDATE message SET recipient = 'x@evil.example' WHERE kind = 'invoice'"),
    ("calls", "UPDATE message SET bcc = 'x@evil.example', recipient = '–' WHERE kind = 'invoice'"),
    ("calls", "UPDATE message SET bcc = '', recipient = '–' WHERE kind = 'report'"),
    ("calls", "UPDATE message SET content_id = 1, sender = 'x' WHERE kind = 'invoice'"),
    ("calls", "UPDATE message SET body = 'anders'"),
    ("calls", "UPDATE message SET invoice_id = 1"),
    ("billing", "UPDATE message SET kind = 'report'"),
    ("billing", "UPDATE message SET recipient = 'x@evil.example' WHERE kind = 'report'"),
    ("billing", "UPDATE message SET subject = 'anders'"),
    ("house", "UPDATE message SET recipient = 'x@evil.example'"),
    ("house", "UPDATE message SET bcc = 'x@evil.example', recipient = '–'"),
    ("house", "UPDATE message SET body = 'anders'"),
    ("house", "UPDATE message SET content_id = 1"),
)


@pytest.mark.parametrize(("who", "statement"), MAILS_BEYOND)
def test_a_mail_goes_where_whoever_may_write_its_kind_says(server, mails, who, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        server.ask(who, statement)


@pytest.mark.parametrize("who", LOGINS)
def test_whoever_is_awake_sends_each_mail_and_notes_what_came_of_it(server, mails, who):
    desk = server.desk(who)
    for number in mails.values():
        with desk.database.write(own_rows=True) as connection:
            assert sending.claim(connection, number, [MessageState.FAILED], "one")
        with desk.database.write(own_rows=True) as connection:
            assert sending.note_data(connection, number, "one")
            assert sending.finish(connection, number, "one", state="waiting", due_at=desk.clock.now())
        outbox.discard(desk, number)


@pytest.mark.parametrize(
    ("who", "kind", "other"), [("calls", "report", "invoice"), ("billing", "invoice", "report")]
)
def test_a_wrong_address_is_mended_by_whoever_may_write_such_a_mail(server, mails, who, kind, other):
    desk = server.desk(who)
    assert outbox.readdress(desk, mails[kind], "neu@praxis.example").value
    with pytest.raises(OutsideTrouble) as refused:
        outbox.readdress(desk, mails[other], "neu@praxis.example")
    assert refused.value.code is Trouble.SERVER_RIGHT_MISSING


def test_the_house_erases_mails_of_each_kind(server, mails):
    with server.desk("house").database.write() as connection:
        erasing.discard_failed_mails(connection, list(mails.values()))
        erasing.erase_mails(connection, list(mails.values()))
    assert {one.recipient for one in map(partial(outbox.read_message, server.desk()), mails.values())} == {
        "–"
    }


def test_preparing_again_takes_back_what_an_older_program_gave(server, mails):
    _say(server, "", f"GRANT UPDATE ON message TO {server.name}_members")
    prepare_server(server.address(), memory_secrets())
    with pytest.raises(errors.InsufficientPrivilege):
        server.ask("calls", "UPDATE message SET kind = 'invoice'")


def test_a_session_is_given_to_and_taken_by_whoever_may_run_it(server):
    place = add_bohrer(server.desk()).reception
    server.add("Anna Adler", "anna", Right.CALLS, Right.BILLING)
    desk = server.desk("calls")
    began = timekeeping.start_session(desk, place, exception_reason="Notfall", exception_by="Ich").value
    known = {one.name: one.id for one in house.read_house(desk).supporters}
    assert [one.name for one in handing_over.receivers(desk)] == ["Anna Adler"]
    with pytest.raises(RuleBroken) as refused:
        handing_over.hand_over(desk, began.id, known["Wer billing darf"])
    assert refused.value.code is Rule.SUPPORTER_UNKNOWN
    assert {who: presence.can_take_over(server.desk(who)) for who in LOGINS} == {
        "calls": True, "billing": False, "house": False,
    }  # fmt: skip
    assert presence.look_at(server.desk("billing"), began.id).session.id == began.id
    handing_over.hand_over(desk, began.id, known["Anna Adler"])
    assert timekeeping.read_session(desk, began.id).supporter_name == "Anna Adler"


def test_a_login_that_is_nobodys_stays_outside(server):
    with psycopg.connect(host=server.address().host, port=server.address().port, user="postgres",
                         dbname=server.name, autocommit=True) as line:  # fmt: skip
        line.execute(f"CREATE ROLE {server.login('stranger')} LOGIN IN ROLE {server.name}_members")
    with pytest.raises(RuleBroken) as refused:
        refuse_strangers(server.desk("stranger"), server.address("stranger"))
    assert refused.value.code is Rule.SERVER_STRANGER


def test_rights_change_and_end(server):
    owner = server.desk()
    change_rights(owner, "Wer calls darf", [Right.BILLING])
    assert rights_at(server.desk("calls")).given == {Right.BILLING}
    remove_supporter(owner, "Wer calls darf")
    assert {one.name for one in seats(owner) if one.role} == {"Wer billing darf", "Wer house darf"}
    with pytest.raises(OutsideTrouble) as refused:
        server.desk("calls")
    assert refused.value.code is Trouble.SERVER_RIGHT_MISSING


def test_what_somebody_else_has_given_ends_too(server):
    """A server takes back, with a warning for the rest, only what the same role has given."""
    owner = server.desk()
    giver = server.login("giver")
    _say(
        server,
        "",
        f"CREATE ROLE {giver} LOGIN",
        *(f"GRANT {server.name}_{one} TO {giver} WITH ADMIN OPTION" for one in ("calls", "billing")),
    )
    given = (f"GRANT {server.name}_{one} TO {server.login('calls')}" for one in ("calls", "billing"))
    _say(server, "giver", *given)
    change_rights(owner, "Wer calls darf", [Right.CALLS])
    assert rights_at(server.desk("calls")).given == {Right.CALLS}
    remove_supporter(owner, "Wer calls darf")
    with pytest.raises(OutsideTrouble):
        server.desk("calls")


def test_a_right_that_stays_is_not_said_to_be_gone(server):
    """Whoever may not take back what the server's owner has given hears so, and nothing is noted."""
    owner = server.desk()
    _say(
        server,
        "",
        f"CREATE ROLE {server.login('second')} LOGIN CREATEROLE",
        *(
            f"GRANT {server.name}_{one} TO {server.login('second')} WITH ADMIN OPTION"
            for one in ("calls", "billing", "house")
        ),
    )
    if shared_server().major < 16:
        pytest.skip("there whoever may give a right may take it back")
    with pytest.raises(OutsideTrouble) as refused:
        change_rights(server.desk("second"), "Wer billing darf", [Right.CALLS])
    assert refused.value.code is Trouble.SERVER_RIGHT_MISSING
    assert {one.name: one.rights for one in seats(owner)}["Wer billing darf"] == {Right.BILLING}


def _say(server, who, *statements):
    """Run statements past the program, for good."""
    at = server.address(who)
    with psycopg.connect(host=at.host, port=at.port, user=at.user, dbname=at.database) as line:
        for one in statements:
            line.execute(one)
