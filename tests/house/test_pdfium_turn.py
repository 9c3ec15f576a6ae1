"""PDFium is never called by two threads at once."""

from __future__ import annotations

import threading

from laverma_desk.pdfium_turn import in_turn


def test_one_after_the_other():
    inside, most = [0], [0]
    together = threading.Barrier(4)

    @in_turn
    def deeper():
        return inside[0]

    @in_turn
    def call():
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        threading.Event().wait(0.002)
        assert deeper() == 1, "the one who has the turn may call on"
        inside[0] -= 1

    def many():
        together.wait()
        for _ in range(5):
            call()

    threads = [threading.Thread(target=many) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == [1]
