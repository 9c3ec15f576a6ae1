"""A record that was deleted leaves its log behind: nobody else inherits it."""

from __future__ import annotations

from laverma_desk.domain.customer import Customer
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers.customer_record import MasterDraft
from laverma_desk.services.customers.trace import record_history
from laverma_desk.storage import bulk
from laverma_desk.storage.customer_history import customer_changes_of


def test_a_new_practice_does_not_inherit_the_log_of_a_deleted_one(desk, bohrer):
    gone = records.create_record(desk, MasterDraft("", "Praxis Alt", "", "", "")).value
    records.delete_customer(desk, gone.id)
    made = records.create_record(desk, MasterDraft("", "Praxis Neu", "", "", "")).value
    assert [(line.field, line.new) for line in record_history(desk, made.id)] == [("created", "Praxis Neu")]
    with desk.database.read() as connection:
        left = customer_changes_of(connection, gone.id)
    assert [line.field for line in left] == ["created", "deleted"]


def test_nor_does_one_that_is_imported(desk, bohrer):
    gone = records.create_record(desk, MasterDraft("", "Praxis Alt", "", "", "")).value
    records.delete_customer(desk, gone.id)
    with desk.database.write() as connection:
        new = [Customer(0, number, f"Praxis {number}") for number in ("20001", "20002")]
        rows = bulk.insert_customers(connection, new, desk.clock.now())
    assert rows["20002"] == rows["20001"] + 1
    assert record_history(desk, rows["20001"]) == []
