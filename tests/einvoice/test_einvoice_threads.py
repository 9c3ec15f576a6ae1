from __future__ import annotations

import threading

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.einvoice.checking import check_xml
from laverma_desk.einvoice.finding import Finding
from laverma_desk.einvoice.writing import write_xml
from tests.support.invoice_makers import sample_invoice


def test_short_lived_threads_share_the_compiled_rules() -> None:
    """Background jobs come and go in threads of their own, and some check at the same time."""
    good = write_xml(sample_invoice())
    bad = good.replace(b"GrandTotalAmount>176.72", b"GrandTotalAmount>100.00")
    found: list[tuple[bool, tuple[Finding, ...]]] = []

    def check(xml: bytes, right: bool) -> None:
        found.append((right, check_xml(xml, InvoiceFormat.ZUGFERD)))

    for _ in range(10):
        threads = [
            threading.Thread(target=check, args=(good if one % 2 else bad, bool(one % 2))) for one in range(4)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert len(found) == 40
    assert all((findings == ()) is right for right, findings in found)
