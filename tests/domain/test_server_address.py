"""An address says where a desk lies and who asks; what it must not say is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.server_address import ServerAddress, parse_address

KLAUS = ServerAddress("klaus", "server.example", 5432, "laverma")
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("postgresql+psycopg://klaus@server.example/laverma", KLAUS),
        ("postgresql://klaus@server.example:5432/laverma", KLAUS),
        (" postgresql://klaus@server.example/laverma?sslmode=verify-full\n", KLAUS),
        (
            "postgresql://klaus@10.1.2.3:6000/laverma?sslrootcert=/etc/ssl/house.pem",
            ServerAddress("klaus", "10.1.2.3", 6000, "laverma", (("sslrootcert", "/etc/ssl/house.pem"),)),
        ),
        ("postgresql://klaus@[::1]:6000/laverma", ServerAddress("klaus", "::1", 6000, "laverma")),
        (
            "postgresql://klaus@/laverma?host=/run/postgresql",
            ServerAddress("klaus", "/run/postgresql", 5432, "laverma"),
        ),
        ("postgresql://k%40s@localhost/a%2Fb", ServerAddress("k@s", "localhost", 5432, "a/b")),
    ],
)
def test_an_address_names_server_database_and_role(typed, address):
    assert parse_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "postgresql://klaus:geheim@server.example/laverma",
        "postgresql://klaus:@server.example/laverma",
        "postgresql://klaus@server.example/laverma?password=geheim",
    ],
)
def test_a_password_in_it_is_refused_and_not_repeated(typed):
    with pytest.raises(RuleBroken) as refused:
        parse_address(typed)
    assert refused.value.code is Rule.SERVER_ADDRESS_PASSWORD
    assert "geheim" not in repr(refused.value) + str(refused.value.parameters)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "server.example",
        "mysql://klaus@server.example/laverma",
        "postgresql://server.example/laverma",
        "postgresql://klaus@server.example",
        "postgresql://klaus@/laverma",
        "postgresql://klaus@server.example:0x10/laverma",
        "postgresql://klaus@server.example:65536/laverma",
        "postgresql://klaus@[::1/laverma",
        "postgresql://klaus@server.example/laverma#here",
        "postgresql://klaus@server.example/laverma?options=-csearch_path%3Delsewhere",
        "postgresql://klaus@server.example/laverma?sslmode=disable",
        "postgresql://klaus@server.example/laverma?sslmode=require",
        "postgresql://klaus@server.example/la\0verma",
    ],
)
def test_what_is_no_address_or_weakens_the_connection_is_refused(typed):
    with pytest.raises(RuleBroken) as refused:
        parse_address(typed)
    assert refused.value.code is Rule.SERVER_ADDRESS_INVALID
    assert refused.value.field == "database"


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True), ("127.0.0.1", True), ("::1", True), ("/run/postgresql", True),
        ("server.example", False), ("10.0.0.1", False), ("localhost.example", False), ("::2", False),
    ],
)  # fmt: skip
def test_only_this_machine_is_local(host, local):
    assert ServerAddress("klaus", host, 5432, "laverma").is_local is local


@given(NAMES, NAMES, st.sampled_from(["server.example", "::1", "/run/postgresql"]), st.integers(1, 65535))
def test_what_is_kept_is_read_back(user, database, host, port):
    address = ServerAddress(user, host, port, database, (("sslrootcert", "/etc/a b/ä&=?.pem"),))
    assert parse_address(address.url) == address


def test_it_is_shown_without_what_nobody_asks_for():
    assert KLAUS.shown == "laverma · server.example"
    assert ServerAddress("klaus", "server.example", 6000, "laverma").shown == "laverma · server.example:6000"
    assert KLAUS.key == "klaus@server.example:5432/laverma"
