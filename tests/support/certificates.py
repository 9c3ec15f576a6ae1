"""Certificates for servers of the tests, signed by a certificate authority that lives as long as the run."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import trustme
from trustme import Blob


class Paper(StrEnum):
    """Which certificate a server shows."""

    GOOD = "good"
    WRONG_NAME = "wrong name"
    SELF_SIGNED = "self-signed"
    UNKNOWN_AUTHORITY = "unknown authority"
    EXPIRED = "expired"


class Certificates:
    """One certificate authority, and server contexts for good and bad certificates of 127.0.0.1."""

    def __init__(self) -> None:
        self._authority = trustme.CA()
        self._stranger = trustme.CA()
        self._contexts: dict[Paper, ssl.SSLContext] = {}

    def client_context(self) -> ssl.SSLContext:
        """A verifying context that trusts this authority alone."""
        context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cadata=self.authority_pem())
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def authority_pem(self) -> str:
        """The authority's certificate, for a program that reads it from a file (SSL_CERT_FILE)."""
        return self._authority.cert_pem.bytes().decode("ascii")

    def server_context(self, paper: Paper = Paper.GOOD) -> ssl.SSLContext:
        """A server's context with the given certificate, made once."""
        if paper not in self._contexts:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            if paper is Paper.SELF_SIGNED:
                itself = Blob(self._stranger.private_key_pem.bytes() + self._stranger.cert_pem.bytes())
                with itself.tempfile() as path:
                    context.load_cert_chain(path)
            else:
                self._issue(paper).configure_cert(context)
            self._contexts[paper] = context
        return self._contexts[paper]

    def _issue(self, paper: Paper) -> trustme.LeafCert:
        if paper is Paper.WRONG_NAME:
            return self._authority.issue_cert("mail.elsewhere.example")
        if paper is Paper.UNKNOWN_AUTHORITY:
            return self._stranger.issue_cert("127.0.0.1", "localhost")
        if paper is Paper.EXPIRED:
            yesterday = datetime.now(UTC) - timedelta(days=1)
            return self._authority.issue_cert(
                "127.0.0.1", not_before=yesterday - timedelta(days=9), not_after=yesterday
            )
        return self._authority.issue_cert("127.0.0.1", "localhost", "::1")
