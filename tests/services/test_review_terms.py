"""An own tariff by which somebody was charged stays; an agreement may end on the day it began."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.tariff import CustomerTariff
from laverma_desk.services.agreements.reading import agreement_sheet
from laverma_desk.services.agreements.writing import AgreementDraft, append_agreement, end_agreement
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers import filled_forms
from laverma_desk.services.customers.merging import merge
from laverma_desk.storage import customers
from tests.support.desks import add_customer
from tests.support.report_desks import end_session


def _own_tariffs(desk, customer_id, *tariffs):
    with desk.database.write() as connection:
        for one in tariffs:
            customers.put_customer_tariff(connection, customer_id, one)


def _without(desk, customer_id, place):
    record = records.read_record(desk, customer_id)
    kept = filled_forms.terms_draft(record.customer, record.tariffs)
    left = kept.tariffs[:place] + kept.tariffs[place + 1 :]
    return records.save_terms(desk, customer_id, replace(kept, tariffs=left))


def test_a_tariff_that_another_one_followed_before_the_first_session_may_go(desk, bohrer, clock):
    first, second = CustomerTariff(date(2022, 1, 1), 100), CustomerTariff(date(2022, 2, 1), 200)
    _own_tariffs(desk, bohrer.customer_id, first, second)
    end_session(desk, bohrer, clock)  # on 1 March
    _without(desk, bohrer.customer_id, 0)
    assert records.read_record(desk, bohrer.customer_id).tariffs == (second,)
    with pytest.raises(RuleBroken) as refused:
        _without(desk, bohrer.customer_id, 0)
    assert refused.value.code is Rule.TARIFF_IN_USE


def test_a_tariff_is_in_use_by_the_sessions_of_a_record_that_was_merged_too(desk, bohrer, clock):
    end_session(desk, bohrer, clock)
    other = add_customer(desk, "10030", "Praxis Bohrer", "PC Labor")
    merge(desk, other, bohrer.customer_id, {}, "eine Praxis")
    _own_tariffs(desk, other, CustomerTariff(date(2022, 1, 1), 100))
    with pytest.raises(RuleBroken) as refused:
        _without(desk, other, 0)
    assert refused.value.code is Rule.TARIFF_IN_USE


def test_an_agreement_that_ends_on_its_first_day_never_counted(desk):
    customer = add_customer(desk, "10002", "Praxis Weiß", "PC", has_agreement=False)
    day = date(2022, 3, 1)
    draft = AgreementDraft(
        customer,
        day,
        signed_by_customer="Dr. Weiß",
        signed_on=day,
        signed_by_house="Klaus",
        signed_on_house=day,
    )
    number = append_agreement(desk, draft).value
    end_agreement(desk, number, day, "Irrtum")
    assert agreement_sheet(desk, customer).status.state is AgreementState.ENDED
