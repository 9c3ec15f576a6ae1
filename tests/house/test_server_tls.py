"""Beyond this machine a server proves who it is before it hears a word; the keyring alone has passwords."""

from __future__ import annotations

import ssl

import pytest
import trustme

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.explain import explain
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.server_login import ServerLogin, change_own_password, try_and_keep
from laverma_desk.services.server_people import prepare_server
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.postgresql.watching import cut
from tests.support.desks import memory_secrets
from tests.support.memory_keyring import MemoryKeyring
from tests.support.servers import RealServer
from tests.support.tls_wire import TlsWire

NAME, PASSWORD = "desk.example", "ein sehr langes Wort"
GUARDED = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def real():
    """A server of its own that asks for passwords."""
    server = RealServer({"log_statement": "all"})
    (server.data / "pg_hba.conf").write_text(GUARDED, encoding="ascii")
    server.say(f"ALTER ROLE postgres PASSWORD '{PASSWORD}'")
    server.restart()
    server.desk_name = server.create()
    prepare_server(server.address(server.desk_name), memory_secrets())
    yield server
    server.remove()


@pytest.fixture
def wire(real):
    made = TlsWire(real.port)
    yield made
    made.close()


@pytest.fixture
def show(wire):
    """Let the server show a certificate for a name."""

    def chosen(issuer: trustme.CA, name: str = NAME) -> None:
        wire.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        issuer.issue_cert(name).configure_cert(wire.context)

    return chosen


@pytest.fixture
def address(real, wire, authority, tmp_path, monkeypatch):
    """The server by a name that is not this machine's: the certificate has to prove it."""
    monkeypatch.setenv("PGHOSTADDR", "127.0.0.1")
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    return ServerAddress("postgres", NAME, wire.port, real.desk_name, (("sslrootcert", str(trusted)),))


def _refusal(address: ServerAddress, password: str = PASSWORD) -> Trouble:
    secrets = Secrets(MemoryKeyring())
    with pytest.raises(OutsideTrouble) as refused:
        try_and_keep(address, password, secrets)
    assert secrets.read(address.key) is None
    sentence = explain(refused.value)
    assert address.shown in sentence
    assert password not in sentence + repr(refused.value)
    return refused.value.code


def test_the_right_paper_opens_the_desk(show, authority, address, tmp_path):
    show(authority)
    secrets = Secrets(MemoryKeyring())
    try_and_keep(address, PASSWORD, secrets)
    assert secrets.read(address.key) == PASSWORD
    login = ServerLogin(DataDir(tmp_path / "desk"), address, secrets)
    desk = login.open()
    with desk.database.read() as connection:
        assert connection.connection.driver_connection.pgconn.ssl_in_use
    desk.close()


def test_a_wrong_password_is_told_from_a_wrong_paper(show, authority, address):
    show(authority)
    assert _refusal(address, "ein ganz anderes Wort") is Trouble.SERVER_LOGIN


def test_a_line_that_ends_is_a_server_that_is_away_and_no_wrong_paper(show, authority, address):
    """Encrypted, the end of a line is told in words of TLS; what goes on without a server has to go on."""
    show(authority)
    for ends_before_commit in (True, False):
        store = Server(address, lambda: PASSWORD)
        with pytest.raises(OutsideTrouble) as caught, store.write() as connection:  # noqa: PT012
            driver = connection.connection.driver_connection
            assert driver.pgconn.ssl_in_use
            cut(driver)
            if ends_before_commit:
                connection.exec_driver_sql("SELECT 1")
        store.close()
        assert caught.value.code is Trouble.SERVER_AWAY


def test_another_authority_proves_nothing(show, address):
    show(trustme.CA())
    assert _refusal(address) is Trouble.SERVER_CERTIFICATE


def test_the_paper_of_another_server_proves_nothing(show, authority, address):
    show(authority, "other.example")
    assert _refusal(address) is Trouble.SERVER_CERTIFICATE


def test_an_authority_of_the_house_counts_only_where_it_is_named(show, authority, address):
    show(authority)
    plain = ServerAddress(address.user, address.host, address.port, address.database)
    assert _refusal(plain) is Trouble.SERVER_CERTIFICATE


def test_without_encryption_nothing_is_said(address):
    assert _refusal(address) is Trouble.SERVER_CERTIFICATE


def test_a_new_password_counts_at_once_and_the_server_logs_none(
    real, show, authority, address, tmp_path, monkeypatch
):
    show(authority)
    secrets = Secrets(MemoryKeyring())
    try_and_keep(address, PASSWORD, secrets)
    desk = ServerLogin(DataDir(tmp_path / "desk"), address, secrets).open()
    fresh = "ein noch längeres Wort"
    change_own_password(desk, address, fresh)
    desk.close()
    assert secrets.read(address.key) == fresh
    assert _refusal(address) is Trouble.SERVER_LOGIN
    ServerLogin(DataDir(tmp_path / "desk"), address, secrets).open().close()
    log = (real.folder / "log").read_text(encoding="utf-8")
    assert "ALTER ROLE" in log
    assert fresh not in log
    monkeypatch.delenv("PGHOSTADDR")
    real.say(f"ALTER ROLE postgres PASSWORD '{PASSWORD}'")
