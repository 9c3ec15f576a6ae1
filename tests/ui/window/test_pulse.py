"""The second hand ticks only while somebody looks at running time."""

from __future__ import annotations

from laverma_desk.ui.pulse import Pulse


def test_it_ticks_only_while_time_runs_and_is_seen(qtbot):
    pulse = Pulse()
    assert not pulse._timer.isActive()
    pulse.set_running(running=True)
    assert pulse._timer.isActive()
    pulse.set_visible(visible=False)
    assert not pulse._timer.isActive()
    with qtbot.waitSignal(pulse.ticked):
        pulse.set_visible(visible=True)
    assert pulse._timer.isActive()
    pulse.set_running(running=False)
    assert not pulse._timer.isActive()
    pulse.deleteLater()
