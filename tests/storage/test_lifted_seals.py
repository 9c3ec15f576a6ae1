"""A seal that is lifted on a server: for one transaction alone, by whoever has the right, and only some."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError, IntegrityError

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage import stored_documents
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.sealing import unsealed
from laverma_desk.storage.tables import document
from tests.support.kept_desks import blank_database
from tests.support.servers import shared_server

SEAL = "document_no_update"
CHANGE = "UPDATE document SET name = 'anders'"


@pytest.fixture
def sealed():
    server = shared_server()
    name = server.create(blank_database())
    opened = Server(server.address(name), lambda: None)
    with opened.write() as connection:
        stored_documents.store(
            connection, kind="agreement", name="AVV.pdf", mime_type="application/pdf", content=b"%PDF",
            at=datetime(2022, 3, 1, tzinfo=UTC),
        )  # fmt: skip
    yield opened
    opened.close()
    server.drop(name)


def _by_psql(sealed, *statements, user="postgres"):
    address = shared_server().address(sealed.address.database, user)
    with psycopg.connect(host=address.host, port=address.port, user=user, dbname=address.database) as other:
        for one in statements:
            other.execute(one)


def test_nobody_else_sees_it_lifted(sealed):
    with sealed.write() as connection, unsealed(connection, SEAL):
        with pytest.raises(psycopg.IntegrityError, match="never changed"):
            _by_psql(sealed, CHANGE)
        connection.execute(update(document).values(name="neu"))
    with pytest.raises(IntegrityError), sealed.write() as connection:
        connection.execute(update(document).values(name="nochmals"))


def test_one_that_was_left_lifted_holds_for_no_other_transaction(sealed):
    _by_psql(sealed, f"SELECT lift_seal('{SEAL}')", CHANGE)
    with pytest.raises(psycopg.IntegrityError):
        _by_psql(sealed, CHANGE)


def test_those_that_keep_no_words_of_persons_are_never_lifted(sealed):
    with (
        pytest.raises(DatabaseError, match="never lifted"),
        sealed.write() as connection,
        unsealed(connection, "session_no_delete"),
    ):
        pytest.fail("it was lifted")


def test_who_has_no_right_lifts_none(sealed):
    server, role = shared_server(), f"guest_{sealed.address.database}"
    server.say(f"CREATE ROLE {role} LOGIN")
    _by_psql(sealed, f"GRANT SELECT, UPDATE ON document TO {role}")
    try:
        for forbidden in (
            f"SELECT lift_seal('{SEAL}')", f"SELECT set_seal('{SEAL}')", "DELETE FROM lifted_seal",
            f"INSERT INTO lifted_seal VALUES ('{SEAL}', pg_current_xact_id())",  # noqa: S608
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                _by_psql(sealed, forbidden, user=role)
        with pytest.raises(psycopg.IntegrityError, match="never changed"):
            _by_psql(sealed, CHANGE, user=role)
        guest = Server(server.address(sealed.address.database, role), lambda: None)
        with pytest.raises(OutsideTrouble) as caught, guest.write() as connection, unsealed(connection, SEAL):
            pytest.fail("it was lifted")
        assert caught.value.code is Trouble.SERVER_RIGHT_MISSING
        guest.close()
    finally:
        _by_psql(sealed, f"DROP OWNED BY {role}")
        server.say(f"DROP ROLE {role}")
