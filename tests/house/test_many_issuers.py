"""Several processes issue at once, on a server and on a file: no gap, no double, nothing left over.

`python -m tests.nothing_lost many_issuers` lets eight issue 500 invoices each.
"""

from __future__ import annotations

import random

import pytest

from tests.nothing_lost.many_issuers import Play, issue_at_once
from tests.nothing_lost.shared_houses import new_database
from tests.support.servers import shared_server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    if request.param == "sqlite":
        yield ""
        return
    server = shared_server()
    name = new_database(server)
    yield server.address(name, tcp=True).url
    server.drop(name)


def test_three_issue_at_once(tmp_path, url):
    seen = issue_at_once(tmp_path, Play(3, 6, random.randrange(10**6), url, with_xml=0))
    assert seen["invoices, numbered without a gap"] == 19
