"""Before a desk on a server: the password, a server that is away, a login that is nobody's, the way back."""

from __future__ import annotations

import psycopg
import pytest
from PySide6.QtCore import QObject

from laverma_desk import settings
from laverma_desk.domain.errors import Rule, Trouble
from laverma_desk.domain.rights import Right
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.server_login import ServerLogin
from laverma_desk.services.server_people import prepare_server
from laverma_desk.ui.server_login.opening import ServerOpening
from laverma_desk.ui.shell import Shell
from tests.support.desks import memory_secrets
from tests.support.locked_servers import LOCK, killed_in_a_call
from tests.support.memory_keyring import MemoryKeyring
from tests.support.prepared_servers import PASSWORD, PreparedServer
from tests.support.servers import RealServer, free_port

WAITS_MS = 15_000


@pytest.fixture
def server(tmp_path):
    prepared = PreparedServer(tmp_path / "server")
    prepared.add("Anna Arndt", "anna", Right.CALLS)
    yield prepared
    prepared.close()


@pytest.fixture
def opening(dressed, qtbot, tmp_path, monkeypatch):
    """Begin to open the desk at an address; returns the opening, what it told, and what it keeps."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    owner, made = QObject(), []

    def begin(address: ServerAddress):
        shell = Shell()
        qtbot.addWidget(shell)
        shell.show()
        secrets = Secrets(MemoryKeyring())
        one = ServerOpening(ServerLogin(DataDir(tmp_path / "desk"), address, secrets), shell, owner)
        one.desks, one.troubles, one.secrets = [], [], secrets
        one.opened.connect(one.desks.append)
        one.failed.connect(one.troubles.append)
        made.append(one)
        one.begin()
        return one

    yield begin
    for one in made:
        one.close()
        for desk in one.desks:
            desk.close()


def test_a_login_that_is_somebodys_opens_the_desk_without_a_word(opening, server, qtbot):
    one = opening(server.address("anna"))
    qtbot.waitUntil(lambda: one.desks != [])
    assert one.panel is None
    assert one.troubles == [None]


def test_a_server_that_is_away_is_said_and_asked_again(opening, server, qtbot):
    away = ServerAddress("anna", "127.0.0.1", free_port(), "desk")
    one = opening(away)
    qtbot.waitUntil(lambda: one.panel is not None)
    assert one.troubles[-1].code is Trouble.SERVER_AWAY
    assert one.panel.sentence() == (
        f"Der Server {away.shown} antwortet nicht. Das Fenster wartet und versucht es von selbst wieder."
    )
    assert not one.panel.alone.isVisibleTo(one.panel)  # the settings name another desk
    one._login.address = server.address("anna")
    one.panel.again.click()
    qtbot.waitUntil(lambda: one.desks != [])
    assert one.troubles[-1] is None


def test_a_login_that_is_nobodys_stays_outside(opening, server, qtbot):
    at = server.address()
    with psycopg.connect(
        host=at.host, port=at.port, user=at.user, dbname=at.database, autocommit=True
    ) as line:
        line.execute(f"CREATE ROLE {server.login('nobody')} LOGIN IN ROLE {server.name}_calls")
    one = opening(server.address("nobody"))
    qtbot.waitUntil(lambda: one.panel is not None)
    assert one.troubles[-1].code is Rule.SERVER_STRANGER
    assert one.desks == []


def test_working_alone_again_forgets_the_server_of_the_settings(opening, server, qtbot):
    address = server.address("missing")
    settings.change(database=address.url)
    one = opening(address)
    qtbot.waitUntil(lambda: one.panel is not None)
    with qtbot.waitSignal(one.alone_wanted):
        one.panel.alone.click()
    assert settings.load().database == ""


def test_the_password_is_asked_for_and_kept_once_it_is_right(opening, qtbot):
    real = RealServer()
    (real.data / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n", "ascii")
    name = real.create()
    prepare_server(real.address(name), memory_secrets())
    real.say(f"CREATE ROLE anna LOGIN PASSWORD '{PASSWORD}' IN ROLE {name}_calls")
    real.restart()
    one = opening(real.address(name, "anna"))
    qtbot.waitUntil(lambda: one.panel is not None)
    assert one.panel.sentence() == ""  # Nobody has done anything wrong yet.
    one.panel.password.setText("falsch")
    one.panel.log_in.click()
    qtbot.waitUntil(lambda: one.panel.sentence() != "")
    assert one.secrets.read(real.address(name, "anna").key) is None
    one.panel.password.setText(PASSWORD)
    one.panel.log_in.click()
    qtbot.waitUntil(lambda: one.desks != [])
    assert one.secrets.read(real.address(name, "anna").key) == PASSWORD
    one.desks.pop().close()
    real.remove()


def test_a_server_that_comes_back_is_found_by_itself_with_what_was_typed(opening, tmp_path, qtbot):
    with killed_in_a_call(tmp_path) as locked:
        one = opening(locked.address)
        qtbot.waitUntil(lambda: one.panel is not None)
        assert one.panel.again.isVisible()
        locked.wire.mend()
        qtbot.waitUntil(one.panel.password.isVisible, timeout=WAITS_MS)
        locked.wire.cut()
        one.panel.password.setText(LOCK)
        one.panel.log_in.click()
        qtbot.waitUntil(one.panel.again.isVisible)
        locked.wire.mend()
        qtbot.waitUntil(lambda: one.desks != [], timeout=WAITS_MS)
        one.desks.pop().close()
