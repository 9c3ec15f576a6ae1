"""A practice about which a desk holds something of every kind, for those who ask for it or want it gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laverma_desk.domain.customer import Contact, FormerPartnerId, Tool
from laverma_desk.domain.message import MessageState
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.customers.customer_record import save_master
from laverma_desk.services.customers.forms import MasterDraft
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup import house
from laverma_desk.storage import (
    agreements,
    billing,
    customers,
    former_ids,
    outbox,
    sessions,
    stored_documents,
)
from laverma_desk.storage.agreements import NewAgreement
from laverma_desk.storage.session_history import Change, log_change
from tests.support.desks import Bohrer

PDF = b"%PDF-1.7 unterschrieben von Dr. Bohrer"
MAIL = b"From: bericht@laverma.example\r\n\r\nGuten Tag Frau Lorenz"


@dataclass(frozen=True)
class Held:
    """Rows of sessions: billed, billable, free with a sent report, free without, free with a refused one."""

    customer_id: int
    billed: int
    open: int
    reported: int
    free: int
    failed: int
    agreement: int
    document: int


def hold_everything(desk: Desk, bohrer: Bohrer) -> Held:
    """Fill the desk with sessions, mails, an agreement with its file, former IDs and logs of one practice."""
    with desk.database.write() as connection:
        customers.put_contact(
            connection, bohrer.customer_id, Contact(0, "Peter Panther", "Azubi", email="azubi@bohrer.example")
        )
        former_ids.add_former_id(
            connection, FormerPartnerId(bohrer.server, Tool.TEAMVIEWER, "111222333", desk.clock.now())
        )
        document = stored_documents.store(
            connection, kind="agreement", name="AVV Bohrer.pdf", mime_type="application/pdf", content=PDF,
            at=desk.clock.now(),
        )  # fmt: skip
        agreement = agreements.add_agreement(
            connection,
            NewAgreement(
                bohrer.customer_id, date(2022, 2, 1), signed_on=date(2022, 2, 1), document_id=document,
                version="2.1", signed_by_customer="Dr. Bohrer", signed_by_house="Klaus Klassen",
            ),
            desk.clock.now(),
        )  # fmt: skip
    billed = hold_session(desk, bohrer.server, "Geheimwort Rechnung", billable=True)
    with desk.database.write() as connection:
        billing.bill(connection, [billed], "RE-2022-0001")
    return Held(
        customer_id=bohrer.customer_id,
        billed=billed,
        open=hold_session(desk, bohrer.server, "Geheimwort offen", billable=True),
        reported=hold_session(
            desk, bohrer.reception, "Geheimwort Bericht", billable=False, mail=MessageState.HANDED_OVER
        ),
        free=hold_session(desk, bohrer.reception, "Geheimwort kostenlos", billable=False),
        failed=hold_session(
            desk, bohrer.reception, "Geheimwort Fehler", billable=False, mail=MessageState.FAILED
        ),
        agreement=agreement,
        document=document,
    )


def hold_session(
    desk: Desk, workstation_id: int, notes: str, *, billable: bool, mail: MessageState | None = None
) -> int:
    """Hold a session of five minutes with notes, a change in its log, and a mail if one is asked for."""
    reason = house.read_house(desk).free_reasons[0].id
    one = timekeeping.start_session(desk, workstation_id).value
    call_sheet.save_notes(desk, one.id, notes, "Interna")
    call_sheet.save_billing(desk, one.id, billable=billable, free_reason_id=reason)
    desk.clock.advance(minutes=5)
    timekeeping.end_session(desk, one.id)
    now = desk.clock.now()
    with desk.database.write() as connection:
        sessions.update_session(connection, one.id, report_open=False)
        log_change(
            connection, one.id, Change(now, "Klaus Klassen", "notes", "Alte Notiz", notes, "Tippfehler")
        )
        if mail is not None:
            content = stored_documents.store(
                connection, kind="mail", name="mail.eml", mime_type="message/rfc822", content=MAIL, at=now
            )
            paper = stored_documents.store(
                connection,
                kind="report",
                name="Bericht.pdf",
                mime_type="application/pdf",
                content=PDF,
                at=now,
            )
            outbox.insert_message(
                connection, kind="report", session_id=one.id, customer_id=one.customer_id,
                customer_name="ZAP Dr. Bohrer", sender="bericht@laverma.example",
                recipient="rezeption@zap-bohrer.example", subject="Bericht", body="Guten Tag Frau Lorenz",
                content_id=content, attachment_id=paper, state=mail.value, created_at=now, due_at=now,
            )  # fmt: skip
    return one.id


def change_phone(desk: Desk, customer_id: int, phone: str) -> None:
    """Change a record so that its log has lines."""
    save_master(
        desk,
        customer_id,
        MasterDraft("10017", "ZAP Dr. Bohrer", "Nebenstraße 7", "12345", "Musterstadt", phone=phone),
    )
