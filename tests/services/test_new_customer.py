"""A new practice is written whole or not at all, and what resembles it is found first."""

from __future__ import annotations

from datetime import date

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.agreements.agreement_file import (
    LARGEST_BYTES,
    AgreementFile,
    FileProblem,
    read_agreement_file,
)
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers.callers import (
    NewCustomer,
    check_field,
    create_customer,
    customer_card,
    similar_customers,
)
from laverma_desk.storage import customers
from tests.support.desks import add_customer


def _new(**values):
    return NewCustomer(
        **{
            "name": "Praxis Neu", "city": "Neudorf", "phone": "040 66969 318", "email_report": "",
            "workstation": "PC Empfang", "partner_id": "", **values,
        }
    )  # fmt: skip


def _count(desk):
    with desk.database.read() as connection:
        return len(customers.every_customer(connection))


def test_a_new_customer_gets_the_next_number_and_normal_values(desk, bohrer):
    result = create_customer(
        desk, _new(name="  Praxis \n Neu ", partner_id="1 702 998 341", has_agreement=True,
                   agreement_until=date(2024, 12, 31)),
    )  # fmt: skip
    assert result.changed == {Topic.CUSTOMERS}
    card = customer_card(desk, result.value.customer_id).card
    assert card.customer.name == "Praxis Neu"
    assert card.customer.phone == "+494066969318"
    assert card.customer.number != "10017"
    assert (card.workstations[0].id, card.workstations[0].partner_id) == (
        result.value.workstation_id, "1702998341"
    )  # fmt: skip
    assert card.agreement.until == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("values", "rule", "field"),
    [
        ({"name": " "}, Rule.TEXT_MISSING, "name"),
        ({"phone": ""}, Rule.TEXT_MISSING, "phone"),
        ({"phone": "1"}, Rule.PHONE_INVALID, "phone"),
        ({"email_report": "a@b"}, Rule.EMAIL_WITHOUT_ENDING, "email_report"),
        ({"email_report": "a@b.example\nBcc: c@d.example"}, Rule.EMAIL_INVALID, "email_report"),
        ({"workstation": ""}, Rule.TEXT_MISSING, "workstation"),
        ({"partner_id": "12345678"}, Rule.PARTNER_ID_INVALID, "partner_id"),
        (
            {"has_agreement": True, "agreement_until": date(2022, 2, 28)},
            Rule.END_BEFORE_START,
            "agreement_until",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(desk, values, rule, field):
    with pytest.raises(RuleBroken) as caught:
        create_customer(desk, _new(**values))
    assert (caught.value.code, caught.value.field) == (rule, field)
    assert _count(desk) == 0


def test_another_machine_of_a_practice(desk, bohrer):
    place = create_customer(desk, _new(name="", phone="", customer_id=bohrer.customer_id)).value
    assert place.customer_id == bohrer.customer_id
    names = [one.name for one in customer_card(desk, bohrer.customer_id).card.workstations]
    assert names == ["PC Rezeption", "Server", "PC Empfang"]


def test_a_machine_that_exists_keeps_its_partner_id_unless_one_is_typed(desk, bohrer):
    new = _new(workstation="pc rezeption", customer_id=bohrer.customer_id)
    assert create_customer(desk, new).value.workstation_id == bohrer.reception
    assert customer_card(desk, bohrer.customer_id).card.workstations[0].partner_id == "1234567890"
    again = _new(workstation="PC Rezeption", partner_id="987654321", customer_id=bohrer.customer_id)
    create_customer(desk, again)
    machines = customer_card(desk, bohrer.customer_id).card.workstations
    assert [(one.name, one.partner_id) for one in machines] == [("PC Rezeption", "987654321"), ("Server", "")]


def test_a_practice_that_is_not_there_gets_no_machine(desk):
    with pytest.raises(RuleBroken) as caught:
        create_customer(desk, _new(customer_id=4711))
    assert caught.value.code is Rule.CUSTOMER_UNKNOWN


@pytest.mark.parametrize(
    ("field", "typed", "rule"),
    [
        ("phone", "1", Rule.PHONE_INVALID),
        ("email_report", "x", Rule.EMAIL_INVALID),
        ("partner_id", "12345678", Rule.PARTNER_ID_INVALID),
        ("name", "x" * 301, Rule.TEXT_TOO_LONG),
    ],
)
def test_one_field_is_checked_alone(field, typed, rule):
    with pytest.raises(RuleBroken) as caught:
        check_field(field, typed)
    assert caught.value.code is rule
    check_field(field, "  ")


def test_similar_customers_by_name_line_and_partner_id(desk, bohrer):
    weiss = add_customer(desk, "10018", "Praxis Dr. Weiß", "PC", phone="+494066969122")
    assert [one.id for one in similar_customers(desk, "praxis dr weis", "", "")] == [weiss]
    assert [one.id for one in similar_customers(desk, "", "040-66969122", "")] == [weiss]
    assert [one.id for one in similar_customers(desk, "", "", "1 234 567 890")] == [bohrer.customer_id]
    both = similar_customers(desk, "Praxis Dr. Weiß", "", "1234567890")
    assert [one.id for one in both] == [bohrer.customer_id, weiss]
    assert similar_customers(desk, "", "", "") == []
    assert similar_customers(desk, "Ganz anders", "040 1", "12") == []


def test_an_agreement_file_is_a_pdf_of_a_size_that_can_be_kept(tmp_path):
    good = tmp_path / "AVV.pdf"
    good.write_bytes(b"%PDF-1.7\n")
    assert read_agreement_file(good) == AgreementFile("AVV.pdf", b"%PDF-1.7\n")
    text = tmp_path / "notes.pdf"
    text.write_bytes(b"hello")
    assert read_agreement_file(text) is FileProblem.NOT_PDF
    large = tmp_path / "large.pdf"
    with large.open("wb") as writer:
        writer.write(b"%PDF")
        writer.truncate(LARGEST_BYTES + 1)
    assert read_agreement_file(large) is FileProblem.TOO_LARGE
    assert read_agreement_file(tmp_path) is FileProblem.UNREADABLE
    assert read_agreement_file(tmp_path / "none.pdf") is FileProblem.UNREADABLE
