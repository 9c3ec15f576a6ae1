"""Every service test finds a real desk, and real mail servers where it wants them."""

from __future__ import annotations

import pytest

from tests.support.billing_desks import billing_desk  # noqa: F401 (a fixture)
from tests.support.desks import bohrer, clock, desk  # noqa: F401 (fixtures)
from tests.support.engines import on_each_engine, using
from tests.support.kept_desks import drop_passing
from tests.support.mail_fixtures import certificates, smtp_server  # noqa: F401 (fixtures)

pytest_generate_tests = on_each_engine


@pytest.fixture(autouse=True)
def engine(request):
    """Which engine keeps the desks."""
    with using(request.param):
        yield request.param
    drop_passing()
