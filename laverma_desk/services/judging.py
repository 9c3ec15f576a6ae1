"""Who holds an e-invoice's XML against the official rules: this process, or in a window one of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from laverma_desk.domain.customer import InvoiceFormat
    from laverma_desk.einvoice.finding import Finding


class Judge(Protocol):
    """Judges one invoice after the other, the same whoever does it."""

    def findings(self, xml: bytes, format: InvoiceFormat) -> tuple[Finding, ...]:  # noqa: A002 (as `check_xml`)
        """Return what `einvoice.checking.check_xml` returns, and raise what it raises."""
        ...

    def warm_up(self) -> None:
        """Get ready for the first invoice if that keeps nobody waiting."""
        ...

    def close(self) -> None:
        """Let go of everything; also what is asked afterwards is judged."""
        ...


class JudgeHere:
    """Judges in this process: whoever asks waits, and nobody else is there who would."""

    def findings(self, xml: bytes, format: InvoiceFormat) -> tuple[Finding, ...]:  # noqa: A002 (as `check_xml`)
        """Return what the official rules find wrong."""
        from laverma_desk.einvoice.checking import check_xml  # noqa: PLC0415 (slow to import)

        return check_xml(xml, format)

    def warm_up(self) -> None:
        """Do nothing: it would keep somebody waiting."""

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""


HERE: Judge = JudgeHere()
