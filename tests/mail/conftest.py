"""The mail room's tests find servers, certificates, a keyring and a report to send."""

from __future__ import annotations

from tests.support.mail_fixtures import certificates, keyring_in_memory, smtp_server  # noqa: F401 (fixtures)
from tests.support.sending import send, send_hastily  # noqa: F401 (fixtures)
