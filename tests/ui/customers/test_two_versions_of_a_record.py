"""Two edit one record: who saves second sees both versions, loses nothing that was typed, and chooses."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from laverma_desk.domain.customer import Contact
from laverma_desk.domain.edition import Side
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers.filled_forms import contact_draft, master_draft
from laverma_desk.services.setup import house
from tests.support.neighbours import neighbour as _neighbour

neighbour = _neighbour


@pytest.fixture
def anna(neighbour):
    """A second desk on the same store, at which Anna sits."""
    other = neighbour()
    house.choose_supporter(other, house.save_supporter(other, "Anna Albers", "").value)
    return other


def master(desk, customer_id, **values):
    record = records.read_record(desk, customer_id)
    draft = records.MasterDraft(**(vars(master_draft(record.customer)) | values))
    records.save_master(desk, customer_id, draft)


def typed_over(shown, anna, **values):
    """Type another street at the page while Anna saves other values."""
    shown.record.master.open()
    shown.fill(shown.cards.master.form, "street", "Neue Straße 7")
    master(anna, shown.controller.customer_id, **values)
    shown.control(Qt.Key.Key_Return)
    return shown.record.master.versions.meeting.shown


def words(dialog):
    return {row.name: (row.own._said.text(), row.theirs._said.text(), row.side()) for row in dialog.rows}


def test_who_saves_over_a_newer_version_sees_both_and_nothing_is_written(shown, anna):
    dialog = typed_over(shown, anna, street="Lange Gasse 3", city="Neustadt")
    assert words(dialog) == {
        "street": ("Neue Straße 7", "Lange Gasse 3", Side.OWN),
        "city": ("Musterstadt", "Neustadt", Side.THEIRS),
    }
    assert shown.read().customer.street == "Lange Gasse 3"
    dialog.reject()
    assert shown.record.master.is_open
    assert shown.cards.master.form.text("street") == "Neue Straße 7"


def test_what_is_ticked_is_saved(shown, anna):
    typed_over(shown, anna, street="Lange Gasse 3", city="Neustadt").save.click()
    shown.settle()
    after = shown.read().customer
    assert (after.street, after.city) == ("Neue Straße 7", "Neustadt")
    assert not shown.record.master.is_open
    assert not shown.controller.unsaved


def test_taking_ones_own_writes_every_field_as_typed(shown, anna):
    typed_over(shown, anna, street="Lange Gasse 3", city="Neustadt").take_own.click()
    shown.settle()
    after = shown.read().customer
    assert (after.street, after.city) == ("Neue Straße 7", "Musterstadt")


def test_keeping_theirs_leaves_the_record_as_it_is(shown, anna):
    dialog = typed_over(shown, anna, street="Lange Gasse 3", city="Neustadt")
    before = records.record_history(shown.desk, shown.controller.customer_id)
    dialog.keep_theirs.click()
    shown.settle()
    assert shown.read().customer.street == "Lange Gasse 3"
    assert records.record_history(shown.desk, shown.controller.customer_id) == before
    assert not shown.record.master.is_open
    assert not shown.controller.unsaved


def test_the_question_names_who_has_saved_and_when(shown, anna):
    dialog = typed_over(shown, anna, street="Lange Gasse 3")
    assert dialog.accessibleDescription().startswith("Anna Albers hat das um 10:22 Uhr gespeichert")
    dialog.reject()


def test_a_version_that_came_while_one_looked_is_asked_about_too(shown, anna):
    dialog = typed_over(shown, anna, street="Lange Gasse 3")
    master(anna, shown.controller.customer_id, street="Am Markt 1")
    dialog.take_own.click()
    shown.settle()
    second = shown.record.master.versions.meeting.shown
    assert words(second)["street"] == ("Neue Straße 7", "Am Markt 1", Side.OWN)
    second.take_own.click()
    assert shown.read().customer.street == "Neue Straße 7"


def test_what_others_wrote_elsewhere_in_the_record_asks_nothing(shown, anna):
    shown.record.master.open()
    shown.fill(shown.cards.master.form, "street", "Neue Straße 7")
    records.save_contact(anna, shown.controller.customer_id, None, contact_draft(Contact(0, "Neu Hier")))
    shown.control(Qt.Key.Key_Return)
    assert shown.record.master.versions.meeting.shown is None
    assert shown.read().customer.street == "Neue Straße 7"


def test_news_of_the_other_version_does_not_make_ones_own_the_newer_one(shown, anna):
    """The page reads the record anew while one types: saving asks all the same."""
    shown.record.master.open()
    shown.fill(shown.cards.master.form, "street", "Neue Straße 7")
    master(anna, shown.controller.customer_id, street="Lange Gasse 3")
    shown.record.reload()
    assert shown.cards.master.form.text("street") == "Neue Straße 7"
    shown.control(Qt.Key.Key_Return)
    dialog = shown.record.master.versions.meeting.shown
    assert words(dialog)["street"][:2] == ("Neue Straße 7", "Lange Gasse 3")
    dialog.reject()


def test_a_person_whom_somebody_else_changed_is_asked_about(shown, anna):
    (person,) = shown.read().contacts
    shown.record.contacts.open(person.id)
    shown.fill(shown.cards.contacts.form, "role", "Leitung")
    other = records.ContactDraft(
        **(vars(contact_draft(person)) | {"role": "Empfang", "mobile": "01761234567"})
    )
    records.save_contact(anna, shown.controller.customer_id, person.id, other)
    shown.control(Qt.Key.Key_Return)
    dialog = shown.record.contacts.versions.meeting.shown
    dialog.choose("role", Side.THEIRS)
    dialog.save.click()
    shown.settle()
    (after,) = shown.read().contacts
    assert (after.role, after.mobile) == ("Empfang", "+491761234567")


def test_the_same_words_from_both_ask_nothing(shown, anna):
    assert typed_over(shown, anna, street="Neue Straße 7") is None
    assert not shown.record.master.is_open
