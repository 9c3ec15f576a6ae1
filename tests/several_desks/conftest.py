"""Tests of several desks at once: two or more on one server, or two programs on one file."""

from __future__ import annotations

import pytest

from tests.support.desks import bohrer, clock, desk  # noqa: F401 (fixtures)
from tests.support.engines import SERVER, using
from tests.support.kept_desks import drop_passing
from tests.support.mail_fixtures import certificates, smtp_server  # noqa: F401 (fixtures)
from tests.support.neighbours import neighbour  # noqa: F401 (a fixture)


@pytest.fixture(autouse=True)
def engine(request):
    """The server keeps the desks, unless a test asks for a file."""
    with using(getattr(request, "param", SERVER)):
        yield
    drop_passing()
