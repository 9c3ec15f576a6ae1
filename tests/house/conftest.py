"""The house's tests find real mail servers where they want them."""

from __future__ import annotations

from tests.support.mail_fixtures import certificates, smtp_server  # noqa: F401 (fixtures)
