"""Partner IDs as they are read out, and the visit that would have been cheaper."""

from __future__ import annotations

import pytest

from laverma_desk.domain.agreement import AgreementState, AgreementStatus
from laverma_desk.domain.customer import Contact, Customer, CustomerCard, is_partner_id, partner_id_digits
from laverma_desk.domain.onsite import break_even_minutes


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("1 234 567 890", "1234567890"), ("ID: 123-456-789.", "123456789"), ("²٣x", ""), ("", "")],
)
def test_a_partner_id_is_its_digits(typed, digits):
    assert partner_id_digits(typed) == digits


@pytest.mark.parametrize(
    ("digits", "possible"),
    [("12345678", False), ("123456789", True), ("1234567890", True), ("12345678901", False), ("", False),
     ("12345678x", False), ("١٢٣٤٥٦٧٨٩", False), ("123 456 789", False)],
)  # fmt: skip
def test_a_partner_id_has_nine_or_ten_digits(digits, possible):
    assert is_partner_id(digits) is possible


@pytest.mark.parametrize(
    ("on_site", "price", "minutes"),
    [(9250, 225, 41), (9225, 225, 41), (9224, 225, 40), (224, 225, 0), (0, 225, 0), (None, 225, None),
     (9250, 0, None), (9250, -1, None)],
)  # fmt: skip
def test_the_last_minute_that_is_not_dearer_than_a_visit(on_site, price, minutes):
    assert break_even_minutes(on_site, price) == minutes


def test_the_first_contact():
    first, second = Contact(1, "Sabine Lorenz"), Contact(2, "Dr. Bohrer")
    status = AgreementStatus(AgreementState.MISSING)
    assert CustomerCard(Customer(1, "1", "ZAP"), (first, second), (), status).first_contact == first
    assert CustomerCard(Customer(1, "1", "ZAP"), (), (), status).first_contact is None
