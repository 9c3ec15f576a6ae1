"""Every service test finds a real desk, and real mail servers where it wants them."""

from __future__ import annotations

from tests.support.billing_desks import billing_desk  # noqa: F401 (a fixture)
from tests.support.desks import bohrer, clock, desk  # noqa: F401 (fixtures)
from tests.support.mail_fixtures import certificates, smtp_server  # noqa: F401 (fixtures)
