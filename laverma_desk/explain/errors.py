"""An error becomes its sentence: where the sentences of all rooms come together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from laverma_desk.domain.errors import DeskError, Rule, Trouble
from laverma_desk.explain import (
    bookkeeping,
    calls,
    files,
    invoices,
    logs,
    needs,
    records,
    tools,
)
from laverma_desk.explain.parameters import Parameters, quotable

_BY_CASE: dict[Rule | Trouble, Callable[[Parameters], str]] = {
    **bookkeeping.CASES,
    **calls.CASES,
    **files.CASES,
    **logs.CASES,
    **needs.CASES,
    **tools.CASES,
}


def explain(error: DeskError) -> str:
    """Return in the interface language what is wrong and what to do, on one line."""
    parameters = Parameters({name: quotable(name, value) for name, value in error.parameters.items()})
    by_case = _BY_CASE.get(error.code)
    if by_case is not None:
        return by_case(parameters)
    sentences: dict[Any, str] = {
        **bookkeeping.sentences(),
        **calls.sentences(),
        **files.sentences(),
        **records.sentences(),
        **invoices.sentences(),
        **logs.sentences(),
        **tools.sentences(),
    }
    if error.code not in sentences:
        # Only whoever has a server, or moves to one, hears of it.
        from laverma_desk.explain import moving, servers  # noqa: PLC0415

        sentences = {**moving.sentences(), **servers.sentences()}
    return sentences[error.code] % parameters
